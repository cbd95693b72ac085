import {rational} from "../../text/rational.js";
import {call, namesOf, substitute, type Expression} from "./expression.js";
import type {Sameness} from "./sameValue.js";

const constants = new Set(["C", "c", "K", "C_1", "c_1"]);
const variables = ["x", "t", "u", "y", "z", "theta", "s", "r"];
const places = [rational(1, 3), rational(3), rational(17, 2)];

/**
 * Whether two formulas that both end in "+ C" differ by a constant; null where one of them does not. Here ln u stands for
 * ln |u|, as tables of integrals write it. The variable is the only one, or else the first of x, t, u, y, z, θ, s, r.
 */
export function sameAntiderivative(
  a: Expression,
  b: Expression,
  same: (x: Expression, y: Expression) => Sameness
): Sameness | null {
  const [f, g] = [withoutConstant(a), withoutConstant(b)];
  if (f === null || g === null) return null;
  const apart = absolute(call("-", f, g));
  const names = namesOf(apart);
  const variable = names.size === 1 ? [...names][0] : variables.find((name) => names.has(name));
  if (variable === undefined) return names.size === 0 ? "equal" : null;
  const words = places.map((value) => same(apart, substitute(apart, new Map([[variable, {op: "number", value}]]))));
  return words.find((word) => word === "equal") ?? words.find((word) => word !== "different") ?? "different";
}

function withoutConstant(expression: Expression): Expression | null {
  const found = terms(expression, 1);
  const at = found.findIndex(({term}) => term.op === "name" && constants.has(term.name));
  if (at < 0 || found.length < 2) return null;
  const rest = found
    .toSpliced(at, 1)
    .map(({term, sign}) => (sign < 0 ? call("negate", term) : term))
    .reduce((sum, term) => call("+", sum, term));
  return namesOf(rest).has((found[at].term as {name: string}).name) ? null : rest;
}

function terms(expression: Expression, sign: number): {term: Expression; sign: number}[] {
  if (expression.op !== "call") return [{term: expression, sign}];
  const [left, right] = expression.args;
  if (expression.name === "negate") return terms(left, -sign);
  if (expression.name !== "+" && expression.name !== "-") return [{term: expression, sign}];
  return [...terms(left, sign), ...terms(right, expression.name === "+" ? sign : -sign)];
}

function absolute(expression: Expression): Expression {
  if (expression.op !== "call") return expression;
  const args = expression.args.map(absolute);
  const log = expression.name === "ln" || expression.name === "log";
  return {...expression, args: log ? [call("abs", args[0])] : args};
}
