import type {Rational} from "../../text/rational.js";

/** A formula as a tree. Names stand for variables; decimals are exact. */
export type Expression =
  | {readonly op: "number"; readonly value: Rational}
  | {readonly op: "name"; readonly name: string}
  | {readonly op: "constant"; readonly name: "pi" | "e" | "i" | "infinity"}
  | {readonly op: "call"; readonly name: CallName; readonly args: readonly Expression[]}
  | BoundExpression;

/** A definite integral, a sum or product over whole numbers, or a limit; what it binds is no variable of the formula. */
export interface BoundExpression {
  readonly op: "bound";
  readonly name: "integral" | "sum" | "product" | "limit";
  readonly variable: string;
  readonly body: Expression;
  readonly from: Expression;
  /** of a limit the same as `from`: the place that it goes to, from both sides */
  readonly to: Expression;
}

/** Every operation and function that a formula may hold; all but "max", "min", "gcd" and "lcm" have a fixed number of arguments. */
export type CallName =
  | ("+" | "-" | "*" | "/" | "^" | "negate")
  | ("sqrt" | "root" | "exp" | "ln" | "log")
  | ("abs" | "floor" | "ceil" | "factorial" | "binomial" | "max" | "min" | "gcd" | "lcm" | "mod")
  | ("sin" | "cos" | "tan" | "cot" | "sec" | "csc" | "arcsin" | "arccos" | "arctan")
  | ("sinh" | "cosh" | "tanh" | "Re" | "Im" | "conjugate");

export function call(name: CallName, ...args: Expression[]): Expression {
  return {op: "call", name, args};
}

/** The variables of a formula, in the order in which they come. */
export function namesOf(expression: Expression, names = new Set<string>()): Set<string> {
  if (expression.op === "name") names.add(expression.name);
  else if (expression.op === "call") for (const arg of expression.args) namesOf(arg, names);
  else if (expression.op === "bound") {
    for (const name of namesOf(expression.body)) if (name !== expression.variable) names.add(name);
    namesOf(expression.to, namesOf(expression.from, names));
  }
  return names;
}

/** Whether a formula holds a part for which `test` is true; the ends of what is bound are not looked at. */
export function some(expression: Expression, test: (part: Expression) => boolean): boolean {
  if (test(expression)) return true;
  if (expression.op === "bound") return some(expression.body, test);
  return expression.op === "call" && expression.args.some((arg) => some(arg, test));
}

/** The formula with another in the place of each variable that is given one. */
export function substitute(expression: Expression, by: ReadonlyMap<string, Expression>): Expression {
  if (expression.op === "name") return by.get(expression.name) ?? expression;
  if (expression.op === "call") return {...expression, args: expression.args.map((arg) => substitute(arg, by))};
  if (expression.op !== "bound") return expression;
  const inner = new Map(by);
  inner.delete(expression.variable);
  const [from, to] = [expression.from, expression.to].map((end) => substitute(end, by));
  return {...expression, body: substitute(expression.body, inner), from, to};
}
