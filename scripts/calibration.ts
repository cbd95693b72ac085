import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {asset} from "../lib/io/assets.js";
import {judgeGold} from "../lib/run/calibration.js";
import {readGold} from "../lib/run/calibrationGold.js";
import {calibrationReport} from "../lib/run/calibrationReport.js";
import {criticBasis} from "../lib/run/criticBasis.js";
import {criticSupport} from "../lib/verify/criticSupport.js";
import {coverage} from "./calibration/coverage.js";
import {standIns} from "./calibration/panels.js";
import {modelOf, truthOf, type StandIn} from "./calibration/standIns.js";

// BALLAST_DATA=… npx tsx scripts/calibration.ts [SEEDS]: makes data/calibration.json anew, from public gold sets and judges
// whose rates are known: the report of one run, and in how many of SEEDS runs (1,000) its intervals hold the known rates.
const data = process.env.BALLAST_DATA;
if (data === undefined)
  throw new Error("expected BALLAST_DATA to name the folder of the public data sets, got nothing");
const seeds = Number(process.argv[2] ?? 1000);

/** Judges that a panel should be protected from, shown in the reports beside the others. */
const broken: readonly StandIn[] = [
  {id: "yes-man", family: "phi", sensitivity: 1, specificity: 0},
  {id: "liar", family: "falcon", sensitivity: 0.9, specificity: 0.9, liar: true}
];

const basis = await criticBasis(criticSupport, {});
const reports = [];
const covered = [];
for (const file of ["mts_dialog/automatic_summaries_validation.csv", "pubmedqa/ori_pqal.json"]) {
  const gold = await readGold(join(data, file));
  const truth = truthOf(gold.rows);
  const judges = [...standIns, ...broken].map((judge) => modelOf(judge, truth, 1));
  reports.push(calibrationReport(gold, basis, await judgeGold(gold, criticSupport, {judges}), judges));
  const started = performance.now();
  covered.push({gold: gold.set, seeds, ...(await coverage(gold, standIns, seeds))});
  process.stderr.write(`${gold.set}: ${seeds} seeds in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
}
await writeFile(
  asset("calibration.json"),
  `${JSON.stringify({version: 1, judges: [...standIns, ...broken], reports, coverage: covered}, null, 1)}\n`
);
