import type {Rational} from "../../text/rational.js";

/** A formula as a tree. Names stand for variables; decimals are exact. */
export type Expression =
  | {readonly op: "number"; readonly value: Rational}
  | {readonly op: "name"; readonly name: string}
  | {readonly op: "constant"; readonly name: "pi" | "e" | "i" | "infinity"}
  | {readonly op: "call"; readonly name: CallName; readonly args: readonly Expression[]};

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
  return names;
}

/** Whether a formula holds a part for which `test` is true. */
export function some(expression: Expression, test: (part: Expression) => boolean): boolean {
  return test(expression) || (expression.op === "call" && expression.args.some((arg) => some(arg, test)));
}
