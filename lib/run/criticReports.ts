import {readFile} from "node:fs/promises";
import {dirname} from "node:path";
import {RunCalibrations, type Calibration} from "../schema/calibration.js";
import {canonicalJson} from "../text/json.js";
import type {Artefacts} from "./artefacts.js";
import {readCalibrations} from "./calibrationFiles.js";

/** How a panel and its judges did on a gold set, as far as a page shows it. */
export type CriticReport = Pick<
  Calibration,
  "gold" | "critic" | "n" | "right" | "wrong" | "left" | "judges" | "panel"
> & {
  /** whether the data set's recipe names the report, so that its card says what of it fits the run */
  named: boolean;
};

/**
 * The reports on judges that a data set's recipe names, and those of a calibration.json beside it, each once.
 *
 * @throws TypeError naming file and field where that is not what `ballast verify GOLD --calibrate` writes
 */
export async function criticReports({
  calibration,
  calibrations
}: Pick<Artefacts, "calibration" | "calibrations">): Promise<CriticReport[]> {
  const named =
    calibrations === null ? [] : RunCalibrations.parse(JSON.parse(await readFile(calibrations, "utf8"))).files;
  const beside = calibration === null ? [] : await readCalibrations([calibration], dirname(calibration));
  const known = new Set<string>();
  return [...named, ...beside].flatMap(({reports}, i) =>
    reports.flatMap((report) => {
      const key = canonicalJson(report);
      if (known.has(key)) return [];
      known.add(key);
      const {gold, critic, n, right, wrong, left, judges, panel} = report;
      return [{gold, critic, n, right, wrong, left, judges, panel, named: i < named.length}];
    })
  );
}
