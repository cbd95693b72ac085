import {expect, test} from "vitest";
import {readGold} from "../../lib/run/calibrationGold.js";
import {coverage} from "../../scripts/calibration/coverage.js";
import {standIns} from "../../scripts/calibration/panels.js";
import {hasPublicData, publicFile} from "../publicData.js";

const sets = [
  ["mts_dialog", "automatic_summaries_validation.csv"],
  ["pubmedqa", "ori_pqal.json"]
] as const;

// Of 1,000 seeds an interval that covers 95 % holds in 930 to 970 with probability 0.996 (exact binomial); Wilson's own
// coverage at these rates and sizes is 0.946 to 0.966 (summed over the binomial), Clopper and Pearson's 0.953 to 0.976.
test.skipIf(!hasPublicData).each(sets)(
  "over 1,000 seeds the intervals of %s hold the known rates",
  async (set, file) => {
    const {rates} = await coverage(await readGold(publicFile(set, file)), standIns, 1000);
    for (const {judge, rate, wilson, exact} of rates) {
      expect(wilson, `${judge} ${rate}`).toBeGreaterThanOrEqual(930);
      expect(wilson, `${judge} ${rate}`).toBeLessThanOrEqual(980);
      expect(exact, `${judge} ${rate}`).toBeGreaterThanOrEqual(wilson);
    }
  }
);
