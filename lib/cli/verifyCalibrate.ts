import {readFile} from "node:fs/promises";
import {writeAtomic} from "../io/atomic.js";
import {progress} from "../io/progress.js";
import {judgeGold} from "../run/calibration.js";
import {readGold} from "../run/calibrationGold.js";
import {calibrationReport} from "../run/calibrationReport.js";
import type {Judges} from "../run/calibrationJudges.js";
import {criticBasis} from "../run/criticBasis.js";
import type {Calibrations} from "../schema/calibration.js";
import type {Verifier} from "../verify/verifier.js";
import {calibrateInWords} from "./calibrateInWords.js";

/** Calibrates critics on gold sets, and tells it: words or one JSON document on stdout, the same document in a file. */
export async function verifyCalibrate(
  paths: readonly string[],
  critics: readonly Verifier[],
  judges: Judges,
  {json, out, family}: {json: boolean; out?: string; family?: string}
): Promise<void> {
  const reports = [];
  for (const path of paths) {
    const gold = await readGold(path);
    for (const {pictures = []} of gold.rows)
      for (const one of pictures) await judges.pictures.put(one.picture, await readFile(one.path));
    for (const critic of critics) {
      const bar = progress(`calibrating ${critic.id}: texts`, gold.rows.length);
      const judged = await judgeGold(gold, critic, {...judges, family, progress: (done) => bar.update(done)});
      bar.end();
      reports.push(calibrationReport(gold, await criticBasis(critic, judges.critics), judged, judges.judges));
    }
  }
  const document: Calibrations = {version: 1, reports};
  if (out !== undefined) await writeAtomic(out, `${JSON.stringify(document, null, 1)}\n`);
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : reports.map(calibrateInWords).join("\n"));
}
