import {webb} from "../stats/webb.js";
import {createRandom} from "../text/random.js";
import type {Estimate, Estimator} from "./estimator.js";
import type {Mix} from "./mixes.js";

/** What varies together: the runs of one mix, the runs of one seed, or each run by itself. */
export type Cluster = "mix" | "seed" | "run";

/**
 * Draws of a law's coefficients: residuals are multiplied by random weights, one a cluster, and the law is fitted
 * again, shape included.
 *
 * Why the default is the mix: a law that bends wrongly misses all replicates of a mix alike, and the interval then
 * widens by the misfit, where runs drawn one by one would call it certain. The design stays as it was run, so that no
 * draw lacks an end of the range. A mix's mean residual is divided by 1 − leverage (CR3), which for few mixes comes
 * close to Student's t. Seeds are usually too few to be the clusters.
 *
 * @param options.draws how many
 * @throws RangeError if every mix is met exactly, which leaves nothing to say about error
 * Source: Cameron, Gelbach & Miller (2008), doi:10.1162/rest.90.3.414; CR3: Bell & McCaffrey (2002).
 */
export function wildBootstrap(
  estimator: Estimator,
  estimate: Estimate,
  mixes: readonly Mix[],
  {draws, seed, cluster = "mix"}: {draws: number; seed: number; cluster?: Cluster}
): number[][] {
  const fitted = mixes.map((mix) => estimator.law.predict(estimate.coefficients, mix.x));
  if (estimator.k >= mixes.length)
    throw new RangeError(
      `${estimator.law.id}: expected more than ${estimator.k} distinct mixes to say anything about error, got ${mixes.length}`
    );
  const residuals = mixes.map((mix, g) => {
    const miss = mix.mean - fitted[g];
    // A mix that alone holds up a coefficient has leverage 1 and no residual: nothing to scale.
    const free = 1 - estimate.design.leverage[g];
    const scaled = free < 1e-9 ? 0 : miss / free;
    return mix.runs.map((run) => run.y - mix.mean + scaled);
  });
  const labels = mixes.map((mix, g) =>
    mix.runs.map((run, i) => (cluster === "mix" ? `${g}` : cluster === "seed" ? run.seed : `${g} ${i}`))
  );
  const clusters = [...new Set(labels.flat())];
  const random = createRandom("wild-bootstrap", seed);
  return Array.from({length: draws}, () => {
    const weights = new Map(clusters.map((label) => [label, webb(random)]));
    const means = mixes.map((mix, g) => {
      let shift = 0;
      for (let i = 0; i < mix.runs.length; i++)
        shift += mix.runs[i].weight * weights.get(labels[g][i])! * residuals[g][i];
      return fitted[g] + shift / mix.weight;
    });
    return estimator.solve(means).coefficients;
  });
}

/** Draws of a law's coefficients where each run's standard deviation is known: normal noise of that size is added. */
export function noiseBootstrap(
  estimator: Estimator,
  estimate: Estimate,
  mixes: readonly Mix[],
  {draws, seed}: {draws: number; seed: number}
): number[][] {
  const random = createRandom("noise-bootstrap", seed);
  const fitted = mixes.map((mix) => estimator.law.predict(estimate.coefficients, mix.x));
  return Array.from({length: draws}, () => {
    const means = mixes.map((mix, g) => fitted[g] + random.normal() / Math.sqrt(mix.weight));
    return estimator.solve(means).coefficients;
  });
}
