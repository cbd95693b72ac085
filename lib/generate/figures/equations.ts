import {add, compare, divide, multiply, rational, subtract, type Rational} from "../../text/rational.js";
import {readNumbers} from "./readNumbers.js";

/** A line of arithmetic as a text shows it, e.g. "3 kg × (4 + 1) = 15 kg". */
export interface Equation {
  shown: string;
  /** numbers on its left, without their signs */
  operands: readonly Rational[];
  /** how many summands a divisor divides the sum of: "(2 + 4) / 2" */
  counted: readonly Rational[];
  value: Rational;
  /** values of its parts, its own among them */
  parts: readonly Rational[];
  /** the number on its right; null where something else stands there, as in a chain */
  result: Rational | null;
  /** whether the result is right, to the decimals it is written with; null where it cannot be told */
  holds: boolean | null;
}

type Token =
  | {kind: "number"; value: Rational; percent: boolean; unit: string}
  | {kind: "operator"; sign: "+" | "-" | "*" | "/"}
  | {kind: "open" | "close"};

const most = 200;
const mostTokens = 80;
const piece =
  /(?<number>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)|(?<word>\p{L}+(?:[-'’]\p{L}+)*)|(?<operator>[-+*/−–×·÷])|(?<open>\()|(?<close>\))|(?<percent>%)|(?<money>[$€£])|(?<space>\s+)|(?<end>[.,;:!?](?=\s|$))|(?<other>[^])/gu;
/** Letters that stand for units; any other letter that stands alone is taken for a variable. */
const unitLetters = /^[mgshlLJNWVAKCFk]$/;
const signs: Record<string, "+" | "-" | "*" | "/"> = {
  "+": "+",
  "-": "-",
  "−": "-",
  "–": "-",
  "*": "*",
  "×": "*",
  "·": "*",
  "/": "/",
  "÷": "/"
};

/**
 * The arithmetic that a text shows: sums, differences, products and quotients of numbers with an equals sign after them.
 * Units after numbers are passed over, and so are money signs; what holds a variable, a power or a function is no
 * arithmetic and is left out.
 */
export function shownEquations(text: string): Equation[] {
  const found: Equation[] = [];
  if (!/[=≈]|\\approx/.test(text)) return found;
  for (const line of plain(text).split("\n")) {
    const marks = [...line.matchAll(/[=≈]/g)].map(({index}) => index);
    for (const [i, at] of marks.entries()) {
      if (found.length >= most) return found;
      const from = i === 0 ? 0 : marks[i - 1] + 1;
      const tokens = lastExpression(line.slice(from, at));
      if (tokens === null) continue;
      const read = evaluate(tokens);
      if (read === null) continue;
      found.push(concluded(line, {from, at, next: marks[i + 1] ?? line.length}, tokens, read));
    }
  }
  return found;
}

/** LaTeX's signs and bold marks as plain ones. */
function plain(text: string): string {
  return text
    .replace(/\\d?frac\{([^{}]*)\}\{([^{}]*)\}/g, "(($1)/($2))")
    .replace(/\\times\b/g, "×")
    .replace(/\\cdot\b/g, "·")
    .replace(/\\div\b/g, "÷")
    .replace(/\\approx\b/g, "≈")
    .replace(/\\(?:text|mathrm)\{([^{}]*)\}/g, "$1")
    .replace(/\\left|\\right|\\[()[\]]|\*\*|\\(?=[$%])/g, "")
    .replace(/\$(?!\d)/g, "");
}

/** The longest expression that ends a piece of a line, with an operator in it; null where none does. */
function lastExpression(line: string): Token[] | null {
  let tokens: Token[] = [];
  let spoilt = false;
  const restart = (first: Token[] = []) => {
    tokens = first;
    spoilt = false;
  };
  for (const match of line.matchAll(piece)) {
    const groups = match.groups!;
    const last = tokens.at(-1);
    const ended = last?.kind === "number" || last?.kind === "close";
    if (groups.space !== undefined || groups.money !== undefined) continue;
    if (groups.number !== undefined) {
      const value = readNumbers(groups.number)[0]?.value;
      if (value === undefined) return null;
      const token: Token = {kind: "number", value, percent: false, unit: ""};
      if (ended && !spoilt) restart([token]);
      else tokens.push(token);
    } else if (groups.percent !== undefined) {
      if (last?.kind === "number") last.percent = true;
    } else if (groups.word !== undefined) {
      const word = groups.word;
      const percented = last?.kind === "number" && last.percent;
      if (/^[xX]$/.test(word) && ended && / [xX] (?=[\d($€£])/.test(around(line, match.index)))
        tokens.push({kind: "operator", sign: "*"});
      else if (percented && word === "of") tokens.push({kind: "operator", sign: "*"});
      else if (/^\p{L}$/u.test(word) && !unitLetters.test(word)) spoilt = true;
      else if (ended) {
        if (last.kind === "number" && last.unit === "") last.unit = word;
      } else if (last === undefined) restart();
      else spoilt = true;
    } else if (groups.operator !== undefined) {
      if (ended) tokens.push({kind: "operator", sign: signs[groups.operator]});
      // A dash and a space before an expression list it; any other is a sign.
      else if (tokens.length > 0 || line.slice(0, match.index).trim() !== "" || line[match.index + 1] !== " ")
        spoilt = true;
    } else if (groups.open !== undefined) {
      if (ended) spoilt = true;
      else if (/\p{L}/u.test(line[match.index - 1] ?? "")) spoilt = true;
      else tokens.push({kind: "open"});
    } else if (groups.close !== undefined) tokens.push({kind: "close"});
    else if (groups.end !== undefined) restart();
    else spoilt = true;
    if (tokens.length > mostTokens) return null;
  }
  if (spoilt || !tokens.some(({kind}) => kind === "operator")) return null;
  return tokens;
}

function around(line: string, at: number): string {
  return line.slice(Math.max(0, at - 1), at + 3);
}

interface Value {
  value: Rational;
  /** summands of a bracket that holds nothing but a sum; 0 else */
  summands: number;
}

function evaluate(
  tokens: readonly Token[]
): {value: Rational; parts: Rational[]; counted: Rational[]; mixed: boolean} | null {
  let at = 0;
  const parts: Rational[] = [];
  const counted: Rational[] = [];
  const unitsOfSums = new Set<string>();
  let failed = false;

  function atom(): Value {
    const token = tokens[at++];
    if (token?.kind === "number") {
      if (token.unit !== "") unitsOfSums.add(token.unit.replace(/s$/, ""));
      return {value: token.percent ? rational(token.value.n, token.value.d * 100n) : token.value, summands: 0};
    }
    if (token?.kind !== "open") {
      failed = true;
      return {value: rational(0), summands: 0};
    }
    const inner = sum();
    if (tokens[at++]?.kind !== "close") failed = true;
    return inner;
  }

  function product(): Value {
    let left = atom();
    for (;;) {
      const token = tokens[at];
      if (failed || token?.kind !== "operator" || (token.sign !== "*" && token.sign !== "/")) return left;
      at++;
      const right = atom();
      if (token.sign === "/" && right.value.n === 0n) failed = true;
      if (failed) return left;
      if (token.sign === "/" && left.summands > 1 && compare(right.value, rational(left.summands)) === 0)
        counted.push(right.value);
      left = {
        value: token.sign === "*" ? multiply(left.value, right.value) : divide(left.value, right.value),
        summands: 0
      };
      parts.push(left.value);
    }
  }

  function sum(): Value {
    let left = product();
    let summands = 1;
    for (;;) {
      const token = tokens[at];
      if (failed || token?.kind !== "operator" || (token.sign !== "+" && token.sign !== "-"))
        return {value: left.value, summands};
      at++;
      const right = product();
      summands = token.sign === "+" ? summands + 1 : -1000;
      left = {
        value: token.sign === "+" ? add(left.value, right.value) : subtract(left.value, right.value),
        summands: 0
      };
      parts.push(left.value);
    }
  }

  const {value} = sum();
  if (failed || at !== tokens.length) return null;
  return {value, parts, counted, mixed: unitsOfSums.size > 1};
}

function concluded(
  line: string,
  {from, at, next}: {from: number; at: number; next: number},
  tokens: readonly Token[],
  {value, parts, counted, mixed}: NonNullable<ReturnType<typeof evaluate>>
): Equation {
  const operands = tokens.flatMap((token) => (token.kind === "number" ? [token.value] : []));
  const right = line.slice(at + 1, next);
  const match = /^\s*[-−–]?\s*[$€£]?\s*((?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)\s*(%?)/.exec(right);
  const after = match === null ? "" : right.slice(match[0].length);
  const shown = line.slice(from, next).trim();
  const open = /^\s*(?:\p{L}+\s*){0,2}[-+*/−–×·÷^(]\s*[\d($€£]/u.test(after) || /^\s?[x:^]\s?\d/.test(after);
  if (match === null || open) return {shown, operands, counted, value, parts, result: null, holds: null};
  const [, digits, percent] = match;
  const result = readNumbers(digits)[0].value;
  const size = value.n < 0n ? rational(-value.n, value.d) : value;
  const readings = percent === "" ? [result] : [result, rational(result.n, result.d * 100n)];
  const decimals = digits.split(".")[1]?.length ?? 0;
  const [exact, rounded] = [0n, 1n].map((half) =>
    readings.some((reading, i) => within(size, reading, half, 10n ** BigInt(decimals) * (i === 0 ? 1n : 100n)))
  );
  // Three digits, or two of a percentage, are taken for a rounded value; "10 / 3 = 3" tells nothing.
  const digitsShown = digits.replace(/[,.]/g, "").replace(/^0+/, "").length;
  const precise = line[at] === "≈" || (percent === "" ? decimals > 0 && digitsShown >= 3 : digitsShown >= 2);
  const variable = /^\s*\p{L}\b/u.test(after.replace(unitAfter, ""));
  const holds = exact || (rounded && precise) ? true : rounded || mixed || variable ? null : false;
  return {shown, operands, counted, value, parts, result, holds};
}

const unitAfter = /^\s*[mgshlLJNWVAKCFk]\b/;

/** Whether two values differ by at most half a step of the given number of steps a unit; by nothing for `half` 0. */
function within(a: Rational, b: Rational, half: bigint, steps: bigint): boolean {
  const {n, d} = subtract(a, b);
  return compare(rational(n < 0n ? -n : n, d), rational(half, 2n * steps)) <= 0;
}
