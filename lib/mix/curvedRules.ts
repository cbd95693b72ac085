import type {Fit} from "../schema/fit.js";
import type {RuleCheck} from "../schema/plan.js";
import {quantile} from "../stats/quantile.js";
import {chainInputs} from "../scaling/chain.js";
import {rootOf} from "./cells.js";
import type {Constraints} from "./constraints.js";
import {divergence} from "./divergence.js";
import type {MixFunction, Smooth} from "./mixFunction.js";
import {lossAt} from "./loss.js";
import {slack} from "./rules.js";
import type {CurvedRule} from "./search.js";

/** A rule that is no linear one, with its words. */
export interface NamedCurvedRule extends CurvedRule {
  readonly rule: string;
  readonly statement: string;
  /** the bound as a reader sees it, and what they compare with it */
  readonly shownBound: number;
  shownValue(w: ArrayLike<number>): number;
}

/**
 * The rules on predictions, divergence and entropy.
 *
 * @throws RangeError for a benchmark without a fit, and for an entropy that no mix of so many weights has
 */
export function curvedRules(
  {minimum, divergence: {most}, entropy}: Constraints,
  functions: readonly MixFunction[],
  reference: Float64Array
): NamedCurvedRule[] {
  const n = reference.length;
  const rules = minimum.map((rule, i) => minimumRule(rule, functions, i, n));
  if (most !== undefined) {
    const f = divergence(reference);
    rules.push({
      rule: "divergence",
      statement: `Σ w log(w / reference) ≤ ${most} nats`,
      loss: {parts: [{f, factor: 1, from: 0}]},
      bound: most,
      shownBound: most,
      shownValue: (w) => f.value(w)
    });
  }
  if (entropy !== undefined) {
    if (entropy > Math.log(n))
      throw new RangeError(
        `entropy: expected at most log ${n} = ${Math.log(n).toFixed(4)} nats for ${n} weights, got ${entropy}`
      );
    const f = divergence(new Float64Array(n).fill(1 / n));
    rules.push({
      rule: "entropy",
      statement: `−Σ w log w ≥ ${entropy} nats`,
      loss: {parts: [{f, factor: 1, from: 0}]},
      bound: Math.log(n) - entropy,
      shownBound: entropy,
      shownValue: (w) => Math.log(n) - f.value(w)
    });
  }
  return rules;
}

function minimumRule(
  {benchmark, value, tolerance, of}: Constraints["minimum"][number],
  functions: readonly MixFunction[],
  i: number,
  cellCount: number
): NamedCurvedRule {
  const f = functions.find(({fit}) => fit.target === benchmark);
  if (f === undefined)
    throw new RangeError(
      `minimum[${i}]: expected a fit of ${benchmark}, got fits of ${functions.map(({fit}) => fit.target).join(", ")}`
    );
  const sign = f.fit.lowerIsBetter ? 1 : -1;
  const goal = value === "baseline" ? atBaseline(f, cellCount) : value;
  const bound = goal + sign * tolerance;
  const read = of === "prediction" ? f : intervalEnd(f, f.fit);
  const words = of === "prediction" ? benchmark : `the worse end of ${benchmark}'s interval`;
  return {
    rule: `minimum ${benchmark}`,
    statement: `${words} ${sign > 0 ? "≤" : "≥"} ${Number(bound.toPrecision(6))}${value === "baseline" ? ", the baseline's" : ""}${tolerance > 0 && value === "baseline" ? ` within ${tolerance}` : ""}`,
    loss: {parts: [{f: read, factor: sign, from: 0}]},
    bound: sign * bound,
    shownBound: bound,
    shownValue: (w) => read.value(w)
  };
}

/** The prediction at the lowest measured synthetic share, at the scale of the mix. */
function atBaseline({fit, predictInputs, inputs}: MixFunction, cellCount: number): number {
  const here = inputs(new Float64Array(cellCount));
  const {roles, baseline} = rootOf(fit);
  return predictInputs(
    chainInputs(fit).map((name, i) => (roles[i] === "share" || roles[i] === "shares" ? baseline.inputs[name] : here[i]))
  );
}

/** The end of the bootstrap interval on the worse side: a quantile over the draws, smooth but for where draws cross. */
function intervalEnd(f: MixFunction, {lowerIsBetter, level}: Fit): Smooth {
  const p = lowerIsBetter ? (1 + level) / 2 : (1 - level) / 2;
  const values = new Float64Array(f.draws);
  const fill = (w: ArrayLike<number>) => {
    for (let b = 0; b < f.draws; b++) values[b] = f.draw(b).value(w);
    return [...values.keys()].sort((a, b) => values[a] - values[b]);
  };
  return {
    curvature: "unknown",
    quadratic: false,
    value(w) {
      fill(w);
      return quantile(values.slice().sort(), p);
    },
    add(w, factor, gradient, hessian, stride) {
      const order = fill(w);
      const position = (f.draws - 1) * p;
      const below = Math.floor(position);
      const part = position - below;
      let sum = (1 - part) * f.draw(order[below]).add(w, factor * (1 - part), gradient, hessian, stride);
      if (part > 0) sum += part * f.draw(order[below + 1]).add(w, factor * part, gradient, hessian, stride);
      return sum;
    }
  };
}

/** What a rule that is not linear sees in a mix. */
export function checkCurved(rule: NamedCurvedRule, w: ArrayLike<number>): RuleCheck {
  const room = rule.bound - lossAt(rule.loss, w);
  const size = 1 + Math.abs(rule.bound);
  return {
    rule: rule.rule,
    statement: rule.statement,
    value: rule.shownValue(w),
    bound: rule.shownBound,
    ok: room >= -slack * size,
    binding: Math.abs(room) <= 10 * slack * size
  };
}
