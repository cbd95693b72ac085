import type {Fit} from "../schema/fit.js";
import type {Plan} from "../schema/plan.js";
import type {Objective} from "./constraints.js";
import {lossAt, type Loss} from "./loss.js";
import type {MixFunction} from "./mixFunction.js";

/** What is minimised: one loss; the worst of several; or the mean of the worst share of one loss's draws. */
export interface Goal {
  readonly kind: "loss" | "worst" | "tail";
  readonly losses: readonly Loss[];
  readonly tail: number;
}

/** The objective of a plan as goals, for the fits themselves and for each bootstrap draw. */
export interface Aim {
  readonly goal: Goal;
  /** the goal under a bootstrap draw */
  draw(b: number): Goal;
  /** draws that every benchmark has */
  readonly draws: number;
  /** functions of the benchmarks that the objective reads, the first of them the plan's own */
  readonly functions: readonly MixFunction[];
  /** a goal's value as a reader sees it, from the value that is minimised */
  shown(value: number): number;
  readonly facts: Omit<Plan["objective"], "value" | "lambda">;
}

/**
 * What weights are to be best for, from the objective that a user wrote.
 *
 * One benchmark alone keeps its unit. Several are put on a common scale first: the difference to the baseline, the
 * prediction at the lowest measured synthetic share, in standard deviations between replicates or in the scale given.
 *
 * @throws RangeError for a benchmark without a fit, a weight that is not positive in a worst case, and a benchmark that
 *   has no replicates and no scale where several are put together
 */
export function createAim(objective: Objective, functions: readonly MixFunction[]): Aim {
  const {kind, tail} = objective;
  const weights = named(objective, functions);
  const picked = Object.entries(weights).map(([name, weight]) => {
    const f = functions.find(({fit}) => fit.target === name);
    if (f === undefined)
      throw new RangeError(
        `objective: expected fits of its benchmarks; got none of ${name}, but of ${functions.map(({fit}) => fit.target).join(", ")}`
      );
    if (kind === "worst" && !(weight > 0))
      throw new RangeError(`objective.benchmarks.${name}: expected a positive weight in a worst case, got ${weight}`);
    return {f, name, weight};
  });
  if (kind === "one" && picked.length !== 1)
    throw new RangeError(
      `objective: expected one benchmark for kind one, got ${picked.map(({name}) => name).join(", ")}`
    );
  const alone = picked.length === 1 && kind !== "worst";
  const scaled = picked.map(({f, name, weight}) => {
    const {from, scale, scaleSource} = alone
      ? {from: 0, scale: 1, scaleSource: "its own unit"}
      : scaleOf(f.fit, objective);
    const factor = ((alone ? 1 : weight) * (f.fit.lowerIsBetter ? 1 : -1)) / scale;
    return {f, name, weight, from, scale, scaleSource, factor};
  });
  const made = new Map<number | null, Goal>();
  const goal = (b: number | null): Goal => {
    const known = made.get(b) ?? make(b);
    made.set(b, known);
    return known;
  };
  const make = (b: number | null): Goal => {
    const parts = scaled.map(({f, factor, from}) => ({f: b === null ? f : f.draw(b), factor, from}));
    return kind === "worst"
      ? {kind: "worst", losses: parts.map((part) => ({parts: [part]})), tail}
      : {kind: "loss", losses: [{parts}], tail};
  };
  const draws = Math.min(...scaled.map(({f}) => f.draws));
  if (kind === "quantile" && draws === 0)
    throw new RangeError("objective: expected fits with bootstrap draws for kind quantile, got none");
  const lower = alone && picked[0].f.fit.lowerIsBetter;
  return {
    goal:
      kind === "quantile"
        ? {kind: "tail", losses: Array.from({length: draws}, (_, b) => goal(b).losses[0]), tail}
        : goal(null),
    draw: goal,
    draws,
    functions: scaled.map(({f}) => f),
    shown: (value) => (lower ? value : -value),
    facts: {
      kind,
      benchmarks: Object.fromEntries(
        scaled.map(({name, weight, from, scale, scaleSource}) => [name, {weight, from, scale, scaleSource}])
      ),
      tail: kind === "quantile" ? tail : null,
      unit: alone ? picked[0].name : unitOf(scaled.map(({scaleSource}) => scaleSource)),
      lowerIsBetter: lower
    }
  };
}

/** The value of a goal at a mix. */
export function goalAt({kind, losses, tail}: Goal, w: ArrayLike<number>): number {
  if (kind === "loss") return lossAt(losses[0], w);
  const values = losses.map((loss) => lossAt(loss, w));
  return kind === "tail" ? meanOfWorst(values, tail) : values.reduce((a, b) => Math.max(a, b));
}

/**
 * The mean of the worst share of losses, the last of them counted in part where the share is no whole number of them.
 *
 * Source: Rockafellar & Uryasev (2002), doi:10.1016/S0378-4266(02)00271-6, proposition 8.
 */
export function meanOfWorst(losses: ArrayLike<number>, tail: number): number {
  const sorted = Float64Array.from(losses).sort();
  const count = tail * sorted.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.min(1, count - i) * sorted[sorted.length - 1 - i];
  return sum / count;
}

function named({kind, benchmarks}: Objective, functions: readonly MixFunction[]): Record<string, number> {
  const all = kind === "sum" || kind === "worst" ? functions : functions.slice(0, 1);
  const names = benchmarks ?? all.map(({fit}) => fit.target);
  if (typeof names === "string") return {[names]: 1};
  return Array.isArray(names) ? Object.fromEntries(names.map((name) => [name, 1])) : names;
}

function scaleOf({target, baseline}: Fit, {scales}: Objective) {
  const given = scales[target];
  if (given !== undefined) return {from: baseline.value, scale: given, scaleSource: "given"};
  const sd = baseline.replicateSd;
  if (sd === null || !(sd > 0))
    throw new RangeError(
      `objective: expected a scale for ${target}, set objective.scales: no mix was run more than once, so that its standard deviation between replicates is not known`
    );
  return {from: baseline.value, scale: sd, scaleSource: `standard deviation of ${baseline.replicates} replicates`};
}

function unitOf(sources: readonly string[]): string {
  return sources.every((source) => source === "given")
    ? "given scales, above the baseline"
    : "standard deviations between replicates, above the baseline";
}
