import type {Fit} from "../schema/fit.js";
import type {Context} from "./law.js";
import {lawOf} from "./laws.js";
import {contextFor} from "./setting.js";

/** What the law of a fit was told of its runs. */
export function contextOf({law, inputs, roles, fixed, domain, lowerIsBetter, syntheticByTier}: Fit): Context {
  const ends = [0, 1].map((end) => ({x: inputs.map((name) => domain[name][end])}));
  const named = inputs.map((name, j) => ({name, role: roles[j]}));
  return contextFor(lawOf(law), {inputs: named, lowerIsBetter, knot: fixed.knot, syntheticByTier}, ends);
}
