import type {Fit} from "../schema/fit.js";
import {blockDraws} from "./blockDraws.js";
import {clusterNumbers} from "./clusterNumbers.js";
import {coefficientDraws} from "./coefficientDraws.js";
import {createEstimator, type Estimate, type Estimator} from "./estimator.js";
import type {Mix} from "./mixes.js";
import {resampledDraws} from "./resampledDraws.js";
import {sampleOf} from "./sample.js";
import {averages, type Setting} from "./setting.js";
import type {RunTasks} from "./task.js";

/** What the size of residual noise is read from, or what runs are drawn together by. */
export type ClusterOption = "mix" | "run" | "seed" | "group";

/** Of fewer clusters than this a bootstrap errs on the narrow side. Source: Cameron et al. (2008), doi:10.1162/rest.90.3.414. */
const few = 10;

/** The draws of a fit. */
interface Drawn {
  /** whole thetas */
  readonly draws: readonly Float64Array[];
  readonly kind: Fit["bootstrap"]["kind"];
  /** the same law over single runs, made when it is first asked for */
  readonly single: () => Estimator;
}

/**
 * The bootstrap of a fit: of residuals under squares unless cases are asked for, else of cases; of clusters where runs
 * are to be drawn by seed or by group. More runs than `large` are drawn by blocks, one Newton step a draw.
 *
 * @throws RangeError for residual draws under logarithms or a robust loss, and for clusters that are not there
 */
export async function drawsOf(
  {estimator, estimate}: {readonly estimator: Estimator; readonly estimate: Estimate},
  setting: Setting,
  mixes: readonly Mix[],
  {
    resample,
    cluster,
    draws,
    seed,
    known,
    run,
    large,
    notes
  }: {
    resample?: "residual" | "case";
    cluster: ClusterOption;
    draws: number;
    seed: number;
    known: boolean;
    run: RunTasks;
    large: number;
    notes: string[];
  }
): Promise<Drawn> {
  const {law, context, objective, parameters} = estimator;
  let made: Estimator | null = null;
  // Where no means are taken the sample is of single runs already.
  const single = () =>
    (made ??= averages(objective)
      ? createEstimator(law, context, objective, sampleOf(law, setting, mixes, {single: true}), parameters)
      : estimator);
  const together = cluster === "seed" || cluster === "group" ? cluster : null;
  if (resample === "residual" && (together !== null || !averages(objective)))
    throw new RangeError("expected residual draws of single mixes, by squares of plain residuals");
  const residual = resample === undefined ? together === null && averages(objective) : resample === "residual";
  const points = residual ? estimator.sample.y.length : single().sample.y.length;
  if (residual && points <= large) {
    const options = {draws, seed, cluster: cluster === "run" ? "run" : "mix", known, run} as const;
    return {
      draws: enough(await coefficientDraws(estimator, estimate, mixes, options), draws, notes),
      kind: "residual",
      single
    };
  }
  const kind = together === null ? "case" : "cluster";
  const runs = mixes.flatMap((mix) => mix.runs);
  const group = together === null ? undefined : clusterNumbers(runs, single().sample.run, together);
  const clusters = group?.reduce((most, g) => Math.max(most, g + 1), 0) ?? Infinity;
  if (clusters < few)
    notes.push(`the draws are of ${clusters} clusters by ${together}: of so few, intervals are too narrow`);
  if (points > large) {
    notes.push(`the draws are of blocks of runs, one Newton step each: there are more than ${large} distinct points`);
    return {draws: blockDraws(single(), estimate, {draws, seed, group}), kind, single};
  }
  return {
    draws: enough(await resampledDraws(single(), estimate, {draws, seed, group, run}), draws, notes),
    kind,
    single
  };
}

/** Draws, or an error where too many of their searches led nowhere. */
function enough(found: Float64Array[], wanted: number, notes: string[]): Float64Array[] {
  const finite = found.filter((theta) => theta.every(Number.isFinite));
  const lost = wanted - finite.length;
  if (finite.length < 0.9 * wanted)
    throw new RangeError(`expected ${wanted} bootstrap draws, got ${finite.length}: too few runs to draw from`);
  if (lost > 0) notes.push(`${lost} of ${wanted} bootstrap draws could not be fitted and were left out`);
  return finite;
}
