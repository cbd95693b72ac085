import {expect, test} from "vitest";
import {readGold} from "../../lib/run/calibrationGold.js";
import {coverage} from "../../scripts/calibration/coverage.js";
import {standIns} from "../../scripts/calibration/panels.js";
import {hasPublicData, publicFile} from "../publicData.js";

const sets = [
  ["mts_dialog", "automatic_summaries_validation.csv"],
  ["pubmedqa", "ori_pqal.json"]
] as const;

// Wilson's coverage at these rates and sizes, summed over the binomial, is 0.944 to 0.966, Clopper and Pearson's 0.953 to
// 0.973. The draws are seeded: the counts are those of data/calibration.json, 935 to 971 of 1,000 for Wilson's.
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
