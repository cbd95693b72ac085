import {probit} from "./probit.js";
import {betaQuantile} from "./incompleteBeta.js";

/**
 * The exact (Clopper–Pearson) interval of a proportion: covers at least `level`, whatever the proportion.
 *
 * @param successes and trials: whole numbers, 0 ≤ successes ≤ trials, trials ≥ 1
 * Source: Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
 */
export function clopperPearson(successes: number, trials: number, level = 0.95): [number, number] {
  check(successes, trials, level);
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  return [
    successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    failures === 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures)
  ];
}

/**
 * Wilson's score interval of a proportion: shorter than the exact one, covers about `level` on average.
 *
 * Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
 */
export function wilson(successes: number, trials: number, level = 0.95): [number, number] {
  check(successes, trials, level);
  return scoreInterval(successes / trials, trials, level);
}

/** Wilson's interval for a proportion p seen in n trials, where n need not be whole (an effective number of trials). */
export function scoreInterval(p: number, n: number, level = 0.95): [number, number] {
  const z = probit((1 + level) / 2);
  const scale = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  // At the ends the exact bound is 0 or 1; rounding would leave 1e-17 there.
  return [p === 0 ? 0 : centre - half, p === 1 ? 1 : centre + half];
}

function check(successes: number, trials: number, level: number): void {
  if (!Number.isInteger(trials) || trials < 1) throw new RangeError(`expected at least one trial, got ${trials}`);
  if (!Number.isInteger(successes) || successes < 0 || successes > trials)
    throw new RangeError(`expected 0 to ${trials} successes, got ${successes}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`expected a level in (0, 1), got ${level}`);
}
