import {createRandom} from "../text/random.js";
import {createEstimator} from "./estimator.js";
import type {Context, Law} from "./law.js";
import type {Mix} from "./mixes.js";

/**
 * Predicts each run by a fit to the other folds. All replicates of a mix are in one fold: a law is asked for mixes
 * that it has not seen.
 *
 * @param options.folds at most; as many as there are mixes leaves one out
 * @returns one prediction a run in the order of the mixes; null where a fold would leave too few mixes for the law
 */
export function crossValidate(
  law: Law,
  mixes: readonly Mix[],
  context: Context,
  {folds, seed}: {folds: number; seed: number}
): number[] | null {
  const count = Math.min(folds, mixes.length);
  if (count < 2) return null;
  const whole = createEstimator(law, mixes, context).k;
  const fold = new Map(
    createRandom("folds", seed)
      .shuffle(mixes)
      .map((mix, i) => [mix, i % count])
  );
  const predicted = new Map<Mix, number>();
  for (let f = 0; f < count; f++) {
    const train = mixes.filter((mix) => fold.get(mix) !== f);
    const estimator = createEstimator(law, train, context);
    if (estimator.k < whole) return null;
    const {coefficients} = estimator.solve(train.map((mix) => mix.mean));
    for (const mix of mixes) if (fold.get(mix) === f) predicted.set(mix, law.predict(coefficients, mix.x));
  }
  return mixes.flatMap((mix) => mix.runs.map(() => predicted.get(mix)!));
}
