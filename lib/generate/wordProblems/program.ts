import {add, divide, formatRational, multiply, parseRational, subtract, type Rational} from "../../text/rational.js";
import {vocabulary} from "./vocabulary.js";

const people = new Set(vocabulary.person);

export type Operator = "+" | "-" | "*" | "/";

/** A number of the question, a constant, or the result of an earlier step, counted from 0. */
export type Operand = Rational | number;

export interface Step {
  label: string;
  a: Operand;
  operator: Operator;
  b: Operand;
}

/** A step with its numbers as they are written down. */
export interface Worked {
  label: string;
  a: Rational;
  operator: Operator;
  b: Rational;
  result: Rational;
}

/** Reads a frame's "label: a op b" lines; names are looked up in `numbers`. */
export function readSteps(lines: readonly string[], numbers: ReadonlyMap<string, Rational>): Step[] {
  return lines.map((line) => {
    const [, label, a, operator, b] = /^(.*): (\S+) ([-+*/]) (\S+)$/.exec(line) ?? [];
    const operand = (name: string): Operand => {
      if (name.startsWith("$")) return Number(name.slice(1)) - 1;
      const value = numbers.get(name) ?? parseRational(name);
      if (value === null) throw new RangeError(`expected a number, a name or a result, got ${name} in ${line}`);
      return value;
    };
    return {label, a: operand(a), operator: operator as Operator, b: operand(b)};
  });
}

/** a op b, or null where b is 0 in a division. */
export function apply(operator: Operator, a: Rational, b: Rational): Rational | null {
  if (operator === "+") return add(a, b);
  if (operator === "-") return subtract(a, b);
  if (operator === "*") return multiply(a, b);
  return b.n === 0n ? null : divide(a, b);
}

/**
 * Works steps out in order; null if one divides by 0.
 *
 * @param options.alter may change what is written down as the result of step i
 */
export function work(
  steps: readonly Step[],
  {alter = (_i, result) => result}: {alter?: (i: number, result: Rational) => Rational} = {}
): Worked[] | null {
  const worked: Worked[] = [];
  const value = (operand: Operand) => (typeof operand === "number" ? worked[operand].result : operand);
  for (const [i, {label, a, operator, b}] of steps.entries()) {
    const result = apply(operator, value(a), value(b));
    if (result === null) return null;
    worked.push({label, a: value(a), operator, b: value(b), result: alter(i, result)});
  }
  return worked;
}

/** How a problem's solution is laid out. */
export interface Layout {
  times: string;
  over: string;
  /** what comes before the labels: the first step's, those between, the last one's */
  lead: readonly [string, string, string];
  decimal: boolean;
}

/** The lines of a solution, e.g. "Then speed: 120 / 4 = 30". */
export function writeSteps(worked: readonly Worked[], layout: Layout): string[] {
  const write = (n: Rational) => formatRational(n, layout);
  const sign = {"+": "+", "-": "-", "*": layout.times, "/": layout.over};
  return worked.map(({label, a, operator, b, result}, i) => {
    const lead = layout.lead[i === 0 ? 0 : i === worked.length - 1 ? 2 : 1];
    const head = lead + (/[a-z]/.test(lead) ? lower(label) : label);
    return `${head}: ${write(a)} ${sign[operator]} ${write(b)} = ${write(result)}`;
  });
}

// People keep their capital.
function lower(label: string): string {
  return people.has(label.split(" ")[0]) ? label : label[0].toLowerCase() + label.slice(1);
}
