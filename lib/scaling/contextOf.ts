import type {Fit} from "../schema/fit.js";
import type {Context, Variable} from "./law.js";
import {lawOf} from "./laws.js";
import {tierNames} from "./rows.js";

/** What the law of a fit was told of its runs. */
export function contextOf({law, inputs, roles, fixed, domain, lowerIsBetter}: Fit): Context {
  const shares = inputs.filter((_, i) => roles[i] === "share" || roles[i] === "shares");
  return {
    tiers: tierNames(lawOf(law), shares),
    varies: new Set(roles.filter((_, i): boolean => domain[inputs[i]][0] < domain[inputs[i]][1])) as Set<Variable>,
    lowerIsBetter,
    ...(fixed.knot !== undefined && {knot: fixed.knot})
  };
}
