import {incompleteBeta} from "../stats/incompleteBeta.js";
import {normalProbability, probit} from "../stats/probit.js";
import {studentTQuantile} from "../stats/studentT.js";
import {deviance} from "./deviance.js";
import type {Problem} from "./problem.js";

/** What turns a rise of the objective above its minimum into standard errors. */
export interface Calibration {
  /** degrees of freedom of the error's size; Infinity where it is known; 0 where nothing is left to tell it from */
  readonly df: number;
  /** estimated variance of an observation of weight 1, in units of the residual */
  readonly variance: number;
  /** The rise of an objective in units of Student's t: exact for a law that is linear, with normal errors. */
  root(objective: number): number;
  /** The quantile that such a root is held against. */
  quantile(p: number): number;
  /** The probability that such a root is below t. */
  probability(t: number): number;
}

/**
 * The calibration of a problem's objective at its minimum.
 *
 * Squares: root² = (S − S_min) / error, so that S ≤ S_min (1 + t² / (n − k)) where no point was run twice. Replicates:
 * a law that bends wrongly misses all runs of a point alike, and counted one by one they would call the misfit certain.
 * The error is then the lack of fit, how far the points' means lie from the law, on points − k degrees of freedom; the
 * spread within points does not enter, as for the bootstrap of laws over shares (see coefficientDraws). Where there are
 * no more points than coefficients the spread within them is all there is, and the law is taken as right.
 *
 * Huber's and the asymmetric loss: a density ∝ exp(−weight · loss / φ), φ profiled as well, on n − k runs; for squares
 * this is the rule above. It assumes that errors are as heavy in the tails as the loss is linear: errors that are nearly
 * normal beside a small Huber threshold make the interval too wide, heavier ones too narrow. Replicates count one by one.
 *
 * @param options.known whether weights are 1 / variance, so that no size is estimated (squares only)
 * @param options.cluster "run" counts replicates one by one under squares too
 * Source: Bates & Watts (1988), Nonlinear Regression Analysis, sections 3.3 and 6.1; Pawitan (2001), In All
 * Likelihood, section 3.5.
 */
export function calibrate(
  problem: Problem,
  minimum: number,
  {known = false, cluster = "mix"}: {known?: boolean; cluster?: "mix" | "run"} = {}
): Calibration {
  const n = problem.rows.length;
  const k = problem.free.length;
  if (problem.objective.loss !== "squares") return likelihood(problem, minimum, n - k);
  const floor = 1e-24 * sizeOf(problem);
  if (known) return squares(minimum, 1, Infinity);
  const {points, within} = cluster === "mix" ? spread(problem) : {points: n, within: 0};
  if (points > k) return squares(minimum, Math.max(floor, 2 * minimum - within) / (points - k), points - k);
  return squares(minimum, Math.max(floor, within) / Math.max(1, n - points), n - points);
}

function squares(minimum: number, variance: number, df: number): Calibration {
  return {
    df,
    variance,
    root: (objective) => (df === 0 ? 0 : Math.sqrt(Math.max(0, (2 * (objective - minimum)) / variance))),
    ...studentT(df)
  };
}

function likelihood(problem: Problem, minimum: number, df: number): Calibration {
  if (df <= 0) return {df: 0, variance: 0, root: () => 0, ...studentT(0)};
  const {objective, weight} = problem;
  // As many runs as degrees of freedom, in equal parts of all.
  const runs = {weight, count: new Float64Array(weight.length).fill(df / weight.length)};
  const best = deviance(objective, minimum, runs);
  return {
    df,
    variance: best.scale,
    root(value) {
      const rise = Math.max(0, deviance(objective, value, runs).value - best.value);
      return Math.sqrt(df * Math.expm1(Math.min(700, rise / df)));
    },
    ...studentT(df)
  };
}

function studentT(df: number): Pick<Calibration, "quantile" | "probability"> {
  if (!Number.isFinite(df) || df <= 0) return {quantile: probit, probability: normalProbability};
  return {
    quantile: (p) => studentTQuantile(p, df),
    probability(t) {
      if (t === Infinity || t === -Infinity) return t > 0 ? 1 : 0;
      const tail = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2;
      return t > 0 ? 1 - tail : tail;
    }
  };
}

/** Distinct rows, and the weighted sum of squares around their means. */
function spread({rows, weight, y, objective}: Problem): {points: number; within: number} {
  const groups = new Map<string, {weight: number; mean: number; within: number}>();
  for (const [i, row] of rows.entries()) {
    const key = row.join();
    const value = objective.residuals === "log" ? Math.log(y[i]) : y[i];
    const group = groups.get(key);
    if (group === undefined) groups.set(key, {weight: weight[i], mean: value, within: 0});
    else {
      // Welford's update: no difference of large sums.
      const total = group.weight + weight[i];
      const step = value - group.mean;
      group.within += (step * step * group.weight * weight[i]) / total;
      group.mean += (step * weight[i]) / total;
      group.weight = total;
    }
  }
  let within = 0;
  for (const group of groups.values()) within += group.within;
  return {points: groups.size, within};
}

function sizeOf({y, weight, objective}: Problem): number {
  let sum = Number.MIN_VALUE;
  for (const [i, v] of y.entries()) sum += weight[i] * (objective.residuals === "log" ? Math.log(v) : v) ** 2;
  return sum;
}
