import type {Fit} from "../schema/fit.js";
import {aicc} from "./aicc.js";
import {attainableRank} from "./attainable.js";
import {crossValidate} from "./crossValidate.js";
import {createEstimator, type Estimate, type Estimator} from "./estimator.js";
import type {Context, Law} from "./law.js";
import type {Mix} from "./mixes.js";

/** A law fitted to the mixes, with what it scored; without an estimator where the runs are not enough for it. */
export interface Scored {
  readonly candidate: Fit["candidates"][number];
  readonly fitted: {estimator: Estimator; estimate: Estimate} | null;
  /** prediction of each run by a fit that had not seen its mix, in the order of the mixes' runs; null: too few mixes */
  readonly predictions: number[] | null;
}

/**
 * Fits one law and scores it: AICc over the runs, and the error on mixes that were left out.
 *
 * @param folds as in crossValidate
 */
export function score(
  law: Law,
  mixes: readonly Mix[],
  context: Context,
  {folds, seed}: {folds: number; seed: number}
): Scored {
  const refuse = (note: string, k: number): Scored => ({
    candidate: {law: law.id, k, objective: null, aicc: null, cvRmse: null, rollout: null, note},
    fitted: null,
    predictions: null
  });
  if (law.linear!.shapes(context).length === 0)
    return refuse("not fitted: needs one common human supply and budget", 0);
  const estimator = createEstimator(law, mixes, context);
  const needed = attainableRank(
    law,
    mixes.map((mix) => mix.x),
    context
  );
  const k = estimator.k + 1;
  const estimate = estimator.solve(mixes.map((mix) => mix.mean));
  if (estimate.design.rank < needed)
    return refuse(`not fitted: ${mixes.length} distinct mixes cannot tell ${needed} coefficients apart`, k);
  const n = mixes.reduce((sum, mix) => sum + mix.runs.length, 0);
  const residual = estimate.residual + mixes.reduce((sum, mix) => sum + mix.within, 0);
  const floor = mixes.reduce((sum, mix) => sum + mix.weight * (1e-12 * (Math.abs(mix.mean) || 1)) ** 2, 0);
  const predictions = crossValidate(law, mixes, context, {folds, seed});
  const runs = runsOf(mixes);
  const squares = predictions?.map((p, i) => (p - runs[i].y) ** 2);
  const value = aicc(residual, n, k, floor);
  return {
    candidate: {
      law: law.id,
      k,
      objective: residual,
      aicc: value,
      cvRmse: squares === undefined ? null : Math.sqrt(squares.reduce((a, b) => a + b, 0) / n),
      rollout: null,
      note: value === null ? `no AICc: ${n} runs for ${k} coefficients` : ""
    },
    fitted: {estimator, estimate},
    predictions
  };
}

/** The runs of mixes, one list. */
export function runsOf(mixes: readonly Mix[]) {
  return mixes.flatMap((mix) => mix.runs);
}
