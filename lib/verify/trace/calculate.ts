import {Unsupported} from "./unsupported.js";

/**
 * The value of an expression of numbers, + - * / % ^ (or **), parentheses, sqrt, abs, min, max, round and floor, in doubles.
 *
 * @throws Unsupported for whatever else
 */
export function calculate(text: string): number {
  if (text.length > 500) throw new Unsupported("an expression of more than 500 characters");
  const tokens = text.match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|\*\*|[a-z]+|\S/gi) ?? [];
  let at = 0;
  let depth = 0;
  const functions: Readonly<Record<string, (...args: number[]) => number>> = {
    sqrt: Math.sqrt,
    abs: Math.abs,
    min: Math.min,
    max: Math.max,
    round: Math.round,
    floor: Math.floor
  };
  const fail = (): never => {
    throw new Unsupported(`${JSON.stringify(tokens[at] ?? "the end")} in an expression`);
  };
  const sum = (): number => {
    if (++depth > 60) throw new Unsupported("a deep expression");
    let left = product();
    while (tokens[at] === "+" || tokens[at] === "-") left = tokens[at++] === "+" ? left + product() : left - product();
    depth--;
    return left;
  };
  const product = (): number => {
    let left = sign();
    while (tokens[at] === "*" || tokens[at] === "/" || tokens[at] === "%") {
      const operator = tokens[at++];
      const right = sign();
      left = operator === "*" ? left * right : operator === "/" ? left / right : left % right;
    }
    return left;
  };
  const sign = (): number => {
    let negative = false;
    for (; tokens[at] === "-" || tokens[at] === "+"; at++) if (tokens[at] === "-") negative = !negative;
    const base = atom();
    const raised = tokens[at] === "^" || tokens[at] === "**" ? (at++, base ** sign()) : base;
    return negative ? -raised : raised;
  };
  const atom = (): number => {
    const token = tokens[at] ?? "";
    if (/^\d/.test(token)) {
      at++;
      return Number(token);
    }
    const name = token.toLowerCase();
    const called = Object.hasOwn(functions, name);
    if (called) at++;
    if (tokens[at] !== "(") return fail();
    at++;
    const args = [sum()];
    while (called && tokens[at] === ",") {
      at++;
      args.push(sum());
    }
    if (tokens[at++] !== ")") return fail();
    return called ? functions[name](...args) : args[0];
  };
  const out = sum();
  if (at < tokens.length) fail();
  if (!Number.isFinite(out)) throw new Unsupported("a result that is no finite number");
  return out;
}
