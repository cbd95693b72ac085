import {scoreInterval} from "./proportion.js";

/** A proportion of trials that come in clusters, with its interval. */
export interface ClusteredProportion {
  successes: number;
  trials: number;
  clusters: number;
  /** null without a trial */
  proportion: number | null;
  interval: [number, number] | null;
}

/**
 * Adds up a proportion over clusters of trials that may go together (mutants of one task). Its interval is Wilson's for
 * the effective number of trials, p (1 − p) / v, where v is the variance of the ratio between clusters; at most the trials
 * there are, and the number of clusters where every trial or none succeeds, since the variance then says nothing.
 *
 * Source: Korn & Graubard (1998), Survey Methodology 24, 193-201 (effective sample size); Cochran (1977), section 6.
 */
export function createClusteredProportion(level = 0.95): {
  add(successes: number, trials: number): void;
  result(): ClusteredProportion;
} {
  let [clusters, k, n, kk, kn, nn] = [0, 0, 0, 0, 0, 0];
  return {
    add(successes, trials) {
      if (!(successes >= 0 && successes <= trials))
        throw new RangeError(`expected 0 to ${trials} successes, got ${successes}`);
      if (trials === 0) return;
      clusters++;
      k += successes;
      n += trials;
      kk += successes * successes;
      kn += successes * trials;
      nn += trials * trials;
    },
    result() {
      const found = {successes: k, trials: n, clusters};
      if (n === 0) return {...found, proportion: null, interval: null};
      const p = k / n;
      const spread = Math.max(0, kk - 2 * p * kn + p * p * nn);
      const variance = clusters < 2 ? 0 : ((clusters / (clusters - 1)) * spread) / (n * n);
      const effective = variance > 0 ? Math.min(n, (p * (1 - p)) / variance) : clusters;
      return {...found, proportion: p, interval: scoreInterval(p, effective, level)};
    }
  };
}
