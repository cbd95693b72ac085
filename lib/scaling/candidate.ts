import type {Fit} from "../schema/fit.js";
import {aicc} from "./aicc.js";
import {attainableRank} from "./attainable.js";
import {deviance} from "./deviance.js";
import {createEstimator, exactly, type Estimate, type Estimator} from "./estimator.js";
import {heldOut} from "./heldOut.js";
import type {Law} from "./law.js";
import type {Mix} from "./mixes.js";
import {predictSplits} from "./predictSplits.js";
import {sampleOf} from "./sample.js";
import {contextFor, has, type Setting} from "./setting.js";
import type {RolloutSplits, Split} from "./splits.js";
import {heated, shortlist} from "./starts.js";
import {canRead} from "./rows.js";
import {searchFrom} from "./searchFrom.js";
import type {RunTasks} from "./task.js";

/** A law fitted to the mixes, with what it scored; without an estimator where the runs are not enough for it. */
export interface Scored {
  readonly candidate: Fit["candidates"][number];
  readonly fitted: {readonly estimator: Estimator; readonly estimate: Estimate} | null;
  /** by fold: predictions of its mixes; null: some fold left too few mixes */
  readonly folded: readonly number[][] | null;
  /** by cut: predictions of the mixes above it; null: some cut left too few mixes */
  readonly rolled: readonly number[][] | null;
}

/** How all candidates of one fit are scored. */
interface Scoring {
  readonly folds: readonly Split[];
  readonly rollout: RolloutSplits | null;
  readonly run: RunTasks;
  /** starts that a search is run from */
  readonly starts: number;
  /** coefficients that may be searched for */
  readonly limit?: number;
}

/** Starts, of the law's own, that searches choose theirs from. */
const listed = 40;

/** To compare laws this is enough; the chosen one is then run to convergence. */
const comparing = {tolerance: 1e-10, steps: 250};

/** Mixes from which on a fold is searched from the optimum of all. */
const many = 60;

/** Fits one law and scores it: AICc over the runs, errors on mixes that were left out, and on larger runs. */
export async function score(
  law: Law,
  setting: Setting,
  mixes: readonly Mix[],
  {folds, rollout, run, starts: most, limit = Infinity}: Scoring
): Promise<Scored> {
  const refuse = (note: string, k = 0): Scored => ({
    candidate: {law: law.id, k, objective: null, aicc: null, cvRmse: null, rollout: null, note: `not fitted: ${note}`},
    fitted: null,
    folded: null,
    rolled: null
  });
  const unsuited = whyNot(law, setting, mixes);
  if (unsuited !== null) return refuse(unsuited);
  let estimator: Estimator;
  let estimate: Estimate;
  let among: readonly ArrayLike<number>[] = [];
  let needed = 0;
  const plain = exactly(law, setting.objective) && law.linear!.ridge !== true && law.linear!.nonNegative !== true;
  try {
    const context = contextFor(law, setting, mixes);
    const parameters = law.parameters(context);
    if (law.linear !== undefined && law.linear.shapes(context).length === 0)
      return refuse("needs one common human supply and budget");
    // Before a design of many more columns than rows is taken apart.
    if (plain) needed = attainableRank(law, setting, {context, parameters}, mixes);
    if (needed > mixes.length + (law.linear?.shape ?? 0))
      return refuse(`${mixes.length} distinct mixes cannot tell ${needed} coefficients apart`, needed + 1);
    estimator = createEstimator(law, context, setting.objective, sampleOf(law, setting, mixes));
    if (estimator.exact !== null) estimate = estimator.exact();
    else {
      if (estimator.free.length >= mixes.length)
        return refuse(
          `${mixes.length} distinct mixes for ${estimator.free.length} coefficients`,
          estimator.free.length + 1
        );
      if (estimator.free.length > limit)
        return refuse(
          `${estimator.free.length} coefficients, and no more than ${limit} are searched for unasked`,
          estimator.free.length + 1
        );
      among = shortlist(estimator, {most: Math.max(most, listed)});
      const starts = heated(estimator, among, most);
      const found = await searchFrom(estimator.problem, starts, {run, precision: comparing});
      estimate = {...found, rank: estimator.free.length};
    }
  } catch (error) {
    if (error instanceof RangeError) return refuse(error.message);
    throw error;
  }
  const k = Math.ceil(estimate.rank - 1e-9) + 1;
  if (plain && estimate.rank < needed)
    return refuse(`${mixes.length} distinct mixes cannot tell ${needed} coefficients apart`, k);
  const {sample} = estimator;
  const n = sample.count.reduce((a, b) => a + b, 0);
  const objective = estimate.objective + sample.within / 2;
  const one = sample.weight.map((w, i) => w / sample.count[i]);
  const value = aicc(
    deviance(setting.objective, objective, {weight: one, count: sample.count, floor: floorOf(estimator)}).value,
    n,
    estimate.rank + 1
  );
  const options = {needed, run};
  // Where runs are many, a fold hardly moves the optimum, and its search may go on from there. Where they are few, or a
  // cut leaves out all that is large, the search must not have seen what it is asked for.
  const seen = mixes.length > many ? [estimate.theta] : among;
  const folded = whole(await predictSplits(law, setting, mixes, folds, {...options, among: seen}));
  const rolled =
    rollout === null ? null : whole(await predictSplits(law, setting, mixes, rollout.splits, {...options, among}));
  return {
    candidate: {
      law: law.id,
      k,
      objective: setting.objective.loss === "squares" ? 2 * objective : objective,
      aicc: value,
      cvRmse: folded === null ? null : errorOf(folded, folds, mixes).rmse,
      rollout: rolled === null ? null : errorOf(rolled, rollout!.splits, mixes),
      note: value === null ? `no AICc: ${n} runs for ${k} coefficients` : ""
    },
    fitted: {estimator, estimate},
    folded,
    rolled
  };
}

/** Why runs cannot be fitted with a law, whatever they measured; null where they can. */
function whyNot(law: Law, setting: Setting, mixes: readonly Mix[]): string | null {
  if (!canRead(law, has(setting))) return `needs runs with ${law.reads.join(", ")}`;
  const tokens = law.reads.includes("d") ? setting.inputs.findIndex(({role}) => role === "d") : -1;
  const none = tokens < 0 ? 0 : mixes.filter(({x}) => x[tokens] === 0).length;
  if (none > 0 && law.fromZero !== true) return `has no value at d = 0, where ${none} of the mixes are`;
  const moot = law.moot?.(contextFor(law, setting, mixes)) ?? null;
  if (moot !== null || law.of === "any") return moot;
  if (!setting.lowerIsBetter) return "for targets of which less is better; --better lower says so of this one";
  return mixes.some(({runs}) => runs.some(({y}) => y <= 0)) ? "for positive targets" : null;
}

/** Errors of predictions on all runs of the mixes that the splits test; a mix that several splits test counts in each. */
export function errorOf(predicted: readonly (readonly number[])[], splits: readonly Split[], mixes: readonly Mix[]) {
  const pairs = splits.flatMap(({test}, i) =>
    test.flatMap((g, j) => mixes[g].runs.map(({y}): [number, number] => [predicted[i][j], y]))
  );
  return heldOut(
    pairs.map(([p]) => p),
    pairs.map(([, y]) => y)
  );
}

function floorOf({sample, objective}: Estimator): number {
  const {y, weight} = sample;
  return y.reduce(
    (sum, v, i) => sum + (weight[i] * (1e-12 * (objective.residuals === "log" ? 1 : Math.abs(v) || 1)) ** 2) / 2,
    0
  );
}

function whole<T>(parts: readonly (T | null)[]): T[] | null {
  return parts.length === 0 || parts.some((part) => part === null) ? null : (parts as T[]);
}
