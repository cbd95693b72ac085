import type {MixerState} from "./mixerState.js";

/** What was seen of how mixes move losses: Σ w wᵀ and Σ fall wᵀ over the steps, older ones fading. */
interface Evidence {
  /** tiers × tiers, row by row */
  readonly gram: number[];
  readonly cross: number[];
}

/** The evidence with one more step: the fall of every loss since the last ones, under the mix trained with. */
export function learn({config, weights, losses, gram, cross}: MixerState, now: readonly number[]): Evidence {
  if (losses === null) return {gram, cross};
  const k = weights.length;
  return {
    gram: gram.map((v, at) => config.memory * v + weights[Math.floor(at / k)] * weights[at % k]),
    cross: cross.map((v, at) => {
      const i = Math.floor(at / k);
      return config.memory * v + (losses[i] - now[i]) * weights[at % k];
    })
  };
}

/**
 * By how much the sum of all losses falls a step where the share of tier j is one: the column sums of the matrix A in
 * fall_i = Σ_j A_ij w_j, by ridge regression toward equal effects of all tiers.
 *
 * @param ridge in steps, for each step of evidence
 */
export function effects({gram, cross}: Evidence, k: number, ridge: number): number[] {
  // Shares sum to 1, so that the sum of the Gram matrix counts the steps.
  const steps = gram.reduce((a, b) => a + b, 0);
  const falls = Array.from({length: k}, (_, j) => cross.reduce((sum, v, at) => sum + (at % k === j ? v : 0), 0));
  const mean = falls.reduce((a, b) => a + b, 0) / steps;
  const matrix = gram.map((v, at) => v + (Math.floor(at / k) === at % k ? ridge * steps : 0));
  const rest = falls.map((fall, j) => {
    let seen = 0;
    for (let l = 0; l < k; l++) seen += gram[j * k + l];
    return fall - mean * seen;
  });
  return solve(matrix, rest, k).map((v) => mean + v);
}

/** Solves a positive definite system by Cholesky. */
function solve(matrix: readonly number[], right: readonly number[], k: number): number[] {
  const l = Float64Array.from(matrix);
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) {
      let sum = l[i * k + j];
      for (let m = 0; m < j; m++) sum -= l[i * k + m] * l[j * k + m];
      l[i * k + j] = i === j ? Math.sqrt(sum) : sum / l[j * k + j];
    }
  const x = [...right];
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) x[i] -= l[i * k + j] * x[j];
    x[i] /= l[i * k + i];
  }
  for (let i = k - 1; i >= 0; i--) {
    for (let j = i + 1; j < k; j++) x[i] -= l[j * k + i] * x[j];
    x[i] /= l[i * k + i];
  }
  return x;
}
