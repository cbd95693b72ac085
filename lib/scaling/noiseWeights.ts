import type {Mix} from "./mixes.js";
import type {Observation} from "./observations.js";
import {digamma, trigamma} from "./digamma.js";

/** Noise that differs from mix to mix, as replicates show it. */
interface NoiseWeights {
  /** by mix: pooled variance over its own, the own one shrunk towards the pooled */
  readonly factors: readonly number[];
  /** degrees of freedom that the pooled variance counts for beside a mix's own */
  readonly prior: number;
}

/** One in a hundred sets of replicates with one noise looks this uneven. */
const gate = 2.326;

/**
 * Weights from replicates, where their spread differs between mixes by more than chance; null where it does not, or
 * where fewer than three mixes were run more than once. The variance of a mix is shrunk towards the pooled one by
 * empirical Bayes, so that three seeds that happen to agree do not rule the fit; a mix without replicates gets the
 * pooled variance.
 *
 * @param options.logs whether residuals are logarithmic
 * Source: the gate is Bartlett (1937), doi:10.1098/rspa.1937.0109; the shrinkage Smyth (2004),
 * doi:10.2202/1544-6115.1027, section 6.2.
 */
export function noiseWeights(mixes: readonly Mix[], {logs = false} = {}): NoiseWeights | null {
  const value = ({y}: Observation) => (logs ? Math.log(y) : y);
  const groups = mixes.map(({runs}) => {
    const mean = runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
    const squares = runs.reduce((sum, run) => sum + (value(run) - mean) ** 2, 0);
    return {df: runs.length - 1, squares};
  });
  const told = groups.filter(({df}) => df > 0);
  const df = told.reduce((sum, g) => sum + g.df, 0);
  const pooled = told.reduce((sum, g) => sum + g.squares, 0) / Math.max(1, df);
  if (told.length < 3 || !(pooled > 0)) return null;
  // Replicates that agree to the last digit are counted as within a thousandth of the pooled noise.
  const logOf = (g: {df: number; squares: number}) => Math.log(Math.max(g.squares / g.df, 1e-6 * pooled));
  const statistic = df * Math.log(pooled) - told.reduce((sum, g) => sum + g.df * logOf(g), 0);
  const correction = 1 + (told.reduce((sum, g) => sum + 1 / g.df, 0) - 1 / df) / (3 * (told.length - 1));
  if (normalScore(statistic / correction, told.length - 1) < gate) return null;
  const centred = told.map((g) => logOf(g) - digamma(g.df / 2) + Math.log(g.df / 2));
  const mean = centred.reduce((a, b) => a + b, 0) / told.length;
  const spread =
    centred.reduce((sum, e) => sum + (e - mean) ** 2, 0) / (told.length - 1) -
    told.reduce((sum, g) => sum + trigamma(g.df / 2), 0) / told.length;
  if (!(spread > 0)) return null;
  const prior = 2 * inverseTrigamma(spread);
  return {
    factors: groups.map((g) => (pooled * (prior + g.df)) / (prior * pooled + g.squares)),
    prior
  };
}

/** χ² with df degrees of freedom as a standard normal score, by Wilson and Hilferty's cube. */
function normalScore(chiSquared: number, df: number): number {
  const width = 2 / (9 * df);
  return (Math.cbrt(chiSquared / df) - (1 - width)) / Math.sqrt(width);
}

/** The x > 0 with ψ′(x) = y, by Newton's steps on 1 / ψ′, which is nearly straight. */
function inverseTrigamma(y: number): number {
  let x = 0.5 + 1 / y;
  for (let i = 0; i < 50; i++) {
    const value = trigamma(x);
    const slope = (trigamma(x * (1 + 1e-6)) - trigamma(x * (1 - 1e-6))) / (2e-6 * x);
    const step = (value * (1 - value / y)) / slope;
    x = Math.max(1e-8, x + step);
    if (Math.abs(step) < 1e-10 * x) break;
  }
  return x;
}
