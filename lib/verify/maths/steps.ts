import {add, divide, equal, multiply, parseRational, subtract, type Rational} from "../../text/rational.js";
import {exactValue} from "./exact.js";
import {lex} from "./lex.js";
import {parseFormula} from "./parse.js";

const maxSteps = 200;
const marked = /<<([^<>=]{1,120})=([^<>=]{1,60})>>/g;
const plainStep =
  /(?<![\w.)])(-?[$]?\d[\d,]*(?:\.\d+)?%?)\s*([-+*/x×÷])\s*[$]?(\d[\d,]*(?:\.\d+)?%?)\s*=\s*[$]?(-?\d[\d,]*(?:\.\d+)?%?)(?!\s*[-+*/x×÷^]|\d)/g;

/** How many of a text's written calculations are right, and the first that is not. */
export interface Steps {
  right: number;
  count: number;
  wrong: string;
}

/**
 * Works out the calculations that a text writes as <<a=b>>, or, where it has none of these, as "a op b = c". A result is
 * right when it is exact or rounds to the places written. It is told beside an answer and decides nothing: of right
 * solutions some have a wrong step, of wrong ones few do.
 */
export function checkSteps(text: string): Steps {
  const steps: Steps = {right: 0, count: 0, wrong: ""};
  const source = text.slice(0, 100_000);
  if (source.includes("<<"))
    for (const [, left, right] of source.matchAll(marked)) count(steps, `${left}=${right}`, formula(left), right);
  else
    for (const [whole, a, operator, b, c] of source.matchAll(plainStep))
      count(steps, whole, applied(a, operator, b), c);
  return steps;
}

function count(steps: Steps, written: string, value: Rational | null, result: string): void {
  const given = read(result);
  if (value === null || given === null || steps.count >= maxSteps) return;
  steps.count++;
  if (close(value, given, result)) steps.right++;
  else if (steps.wrong === "") steps.wrong = written.slice(0, 80);
}

function close(value: Rational, given: Rational, written: string): boolean {
  if (equal(value, given)) return true;
  const places = written.split(".")[1]?.replace(/\D/g, "").length ?? 0;
  if (places === 0) return false;
  const apart = subtract(value, given);
  return 2n * (apart.n < 0n ? -apart.n : apart.n) * 10n ** BigInt(places) <= apart.d;
}

function read(written: string): Rational | null {
  const text = written.replace(/[$,\s]/g, "");
  const value = parseRational(text.replace(/%$/, ""));
  return value !== null && text.endsWith("%") ? {n: value.n, d: value.d * 100n} : value;
}

function formula(left: string): Rational | null {
  const tokens = lex(left.replace(/[$,]/g, ""));
  if (tokens === null || tokens.length === 0) return null;
  try {
    const {expression, next} = parseFormula(tokens);
    const value = next === tokens.length ? exactValue(expression, new Map()) : "irrational";
    return typeof value === "string" ? null : value;
  } catch {
    return null;
  }
}

function applied(a: string, operator: string, b: string): Rational | null {
  const [x, y] = [read(a), read(b)];
  if (x === null || y === null) return null;
  if (operator === "+") return add(x, y);
  if (operator === "-") return subtract(x, y);
  if (operator === "/" || operator === "÷") return y.n === 0n ? null : divide(x, y);
  return multiply(x, y);
}
