import {readFile} from "node:fs/promises";
import {z} from "zod";

const count = z.int().min(0);
const interval = z.tuple([z.number(), z.number()]).nullable();
const Rate = z.looseObject({value: z.number().nullable(), cases: count, exact: interval});
const Confusion = z.looseObject({truePositive: count, falseNegative: count, trueNegative: count, falsePositive: count});

const Bin = z.looseObject({
  n: count,
  confidence: z.number(),
  right: z.number(),
  interval: z.tuple([z.number(), z.number()])
});

const Judge = z.looseObject({
  judge: z.string(),
  model: z.string(),
  family: z.string(),
  votes: z.looseObject({pass: count, fail: count, abstain: count, void: count}),
  voids: z.record(z.string(), count),
  confusion: Confusion,
  sensitivity: Rate,
  specificity: Rate,
  reliability: z
    .looseObject({bins: z.array(Bin), error: z.number(), interval: z.tuple([z.number(), z.number()])})
    .nullable()
});

const Report = z.looseObject({
  gold: z.string(),
  critic: z.string(),
  n: count,
  right: count,
  wrong: count,
  left: z.record(z.string(), count),
  judges: z.array(Judge),
  panel: z.looseObject({
    confusion: Confusion,
    sensitivity: Rate,
    specificity: Rate,
    reasons: z.record(z.string(), count),
    disagreements: count
  })
});

/** How judges did on gold sets, as far as a page shows it: the reports that `ballast verify GOLD --calibrate` writes. */
export type CriticReport = z.infer<typeof Report>;

const Reports = z.looseObject({reports: z.array(Report)});

/**
 * Reads what `ballast verify GOLD --calibrate --out calibration.json` wrote.
 *
 * @throws TypeError naming file and field where it is not what it writes
 */
export async function criticReports(path: string): Promise<CriticReport[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new TypeError(`${path}: expected JSON: ${(error as Error).message}`, {cause: error});
  }
  const {data, error} = Reports.safeParse(value);
  if (data === undefined) throw new TypeError(`${path}: ${error.issues[0].path.join(".")}: ${error.issues[0].message}`);
  return data.reports;
}
