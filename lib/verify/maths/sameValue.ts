import type {BigNumber} from "mathjs";
import {createRandom} from "../../text/random.js";
import {equal, rational, type Rational} from "../../text/rational.js";
import {exactValue} from "./exact.js";
import {namesOf, some, type Expression} from "./expression.js";
import {numericValue, type Value} from "./numeric.js";
import {doubles, type Reals} from "./reals.js";

/** Whether two things are the same; "undecided" where no way that we have can tell. */
export type Sameness = "equal" | "different" | "undecided" | "too-large";

const maxNames = 12;
const exactPoints = 3;
const numericPoints = 6;
const tries = 24;

/**
 * Whether two formulas have the same value wherever both have one.
 *
 * Fractions are compared as such. Rational functions, with π and e as two more variables, are compared in exact
 * fractions at random points (Schwartz and Zippel: two that differ agree at a point with a chance of degree / 10^6). All
 * else is compared at seeded real points, those where neither is real or finite passed over: in doubles, which may say
 * "different", and, where these agree to 7 digits, in decimals of 64, which alone may say "equal": to 40 digits. Where a
 * formula is real and the other is not, they differ: ln x² is not 2 ln x. A logarithm that names no base may have e or 10.
 *
 * It does not prove anything: formulas that agree to 40 digits at six points are taken to be one.
 */
export function sameValue(a: Expression, b: Expression, decimals: Reals<BigNumber>): Sameness {
  if (hasInfinity(a) || hasInfinity(b))
    return infinite(a) !== null && infinite(a) === infinite(b) ? "equal" : "different";
  const names = [...namesOf(b, namesOf(a))].sort();
  if (names.length > maxNames) return "undecided";
  const exact = exactly(a, b, names);
  if (exact !== null) return exact;
  const bare = [a, b].some((side) => some(side, (part) => part.op === "call" && part.name === "log"));
  const natural = numerically(a, b, names, decimals, "e");
  return bare && natural !== "equal" ? numerically(a, b, names, decimals, "10") : natural;
}

/** +∞ or −∞ where a formula is that and nothing else. */
function infinite(a: Expression): 1 | -1 | null {
  if (a.op === "constant" && a.name === "infinity") return 1;
  if (a.op === "call" && a.name === "negate" && infinite(a.args[0]) !== null) return infinite(a.args[0]) === 1 ? -1 : 1;
  return null;
}

function hasInfinity(a: Expression): boolean {
  return some(a, (part) => part.op === "constant" && part.name === "infinity");
}

function exactly(a: Expression, b: Expression, names: readonly string[]): Sameness | null {
  const free = (side: Expression) =>
    some(side, (part) => part.op === "name" || (part.op === "constant" && part.name !== "i"));
  if (!free(a) && !free(b)) {
    const [x, y] = [exactValue(a, new Map()), exactValue(b, new Map())];
    if (x === "too-large" || y === "too-large") return "too-large";
    if (x === "undefined" || y === "undefined") return x === y ? "undecided" : "different";
    if (typeof x === "string" || typeof y === "string") return null;
    return equal(x, y) ? "equal" : "different";
  }
  const random = createRandom("exact points", ...names);
  let seen = 0;
  for (let i = 0; i < tries && seen < exactPoints; i++) {
    const values = new Map([...names, "pi", "e"].map((name) => [name, wholePoint(random.int, i)]));
    const x = exactValue(a, values);
    const y = exactValue(b, values);
    // Symbolic exponents grow too large at these points and not at those of the numeric way.
    if (x === "irrational" || y === "irrational" || x === "too-large" || y === "too-large") return null;
    if (x === "undefined" || y === "undefined") continue;
    if (!equal(x, y)) return "different";
    seen++;
  }
  return seen === exactPoints ? "equal" : null;
}

function wholePoint(int: (n: number) => number, i: number): Rational {
  const size = int(1_000_000) + 2;
  return rational(i % 2 === 0 ? size : -size);
}

function numerically(
  a: Expression,
  b: Expression,
  names: readonly string[],
  decimals: Reals<BigNumber>,
  log: "e" | "10"
): Sameness {
  if (names.length === 0) return atPoint(a, b, new Map(), decimals, log, true) ?? tooLarge(a, b);
  const complex = [a, b].some((side) => some(side, (part) => part.op === "constant" && part.name === "i"));
  const random = createRandom("numeric points", ...names);
  let seen = 0;
  for (let i = 0; i < tries && seen < numericPoints; i++) {
    const values = new Map(names.map((name) => [name, point(random.int, i)]));
    const same = atPoint(a, b, values, decimals, log, complex);
    if (same === "different" || same === "undecided") return same;
    if (same === "equal") seen++;
  }
  return seen >= 2 ? "equal" : "undecided";
}

/** Within (0, 1), around 2, up to 8 and negative in turn: where powers vanish, roots are real, logarithms too. */
function point(int: (n: number) => number, i: number): Rational {
  const [from, to] = [
    [150, 950],
    [1050, 2900],
    [2000, 7900],
    [-2900, -100]
  ][i % 4];
  return rational(from + int(to - from), 1000);
}

/** What has no double for being large is refused; what has none for being undefined cannot be told. */
function tooLarge(a: Expression, b: Expression): Sameness {
  const [x, y] = [a, b].map((side) => exactValue(side, new Map()));
  return x === "too-large" || y === "too-large" ? "too-large" : "undecided";
}

/** Null where the point says nothing. */
function atPoint(
  a: Expression,
  b: Expression,
  values: ReadonlyMap<string, Rational>,
  decimals: Reals<BigNumber>,
  log: "e" | "10",
  complex: boolean
): Sameness | null {
  const x = numericValue(a, values, doubles, log);
  const y = numericValue(b, values, doubles, log);
  if (x === null || y === null) return null;
  if (!complex) {
    const [realX, realY] = [isReal(x), isReal(y)];
    if (!realX && !realY) return null;
    if (realX !== realY) return "different";
  }
  const apart = Math.hypot(x.re - y.re, x.im - y.im);
  if (apart > 1e-7 * (Math.hypot(x.re, x.im) + Math.hypot(y.re, y.im)) + 1e-12 * (x.peak + y.peak)) return "different";
  const finely = [a, b].map((side) => numericValue(side, values, decimals, log));
  const [p, q] = finely;
  if (p === null || q === null) {
    // Gamma functions have doubles only.
    return apart <= 1e-10 * (x.peak + y.peak) ? "equal" : "undecided";
  }
  const far = Math.hypot(decimals.subtract(p.re, q.re).toNumber(), decimals.subtract(p.im, q.im).toNumber());
  return far <= 1e-40 * (size(p) + size(q)) + 1e-55 * (p.peak + q.peak) ? "equal" : "different";
}

function size({re, im}: Value<BigNumber>): number {
  return Math.hypot(re.toNumber(), im.toNumber());
}

function isReal({re, im, peak}: Value<number>): boolean {
  return Math.abs(im) <= 1e-10 * Math.max(Math.abs(re), 1e-6 * peak, 1e-12);
}
