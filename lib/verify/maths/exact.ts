import {add, compare, divide, multiply, rational, subtract, type Rational} from "../../text/rational.js";
import {some, type BoundExpression, type CallName, type Expression} from "./expression.js";

/** Why a formula has no exact value: it is no fraction, it is not defined, or working it out would take too much. */
type Inexact = "irrational" | "undefined" | "too-large";

const maxWhole = 1n << 131_072n;
const maxPart = 1n << 16_384n;
const maxFactorial = 2000n;
const maxTerms = 1000n;
const one = rational(1);

/**
 * The value of a formula as a fraction.
 *
 * Bounded: whole numbers of 131,072 bits, numerators and denominators of fractions of 16,384, factorials of 2,000, sums of 1,000 terms. A
 * power is measured before it is worked out, so that 10^(10^10) costs nothing.
 *
 * @param values of variables, and of "pi" and "e" where these may be any number
 */
export function exactValue(expression: Expression, values: ReadonlyMap<string, Rational>): Rational | Inexact {
  if (expression.op === "number") return expression.value;
  if (expression.op === "bound") return termByTerm(expression, values);
  if (expression.op !== "call") return values.get(expression.name) ?? "irrational";
  const args: Rational[] = [];
  let stop: Inexact | null = null;
  for (const arg of expression.args) {
    const value = exactValue(arg, values);
    if (value === "too-large" || value === "undefined") return value;
    if (typeof value === "string") stop = value;
    else args.push(value);
  }
  if (stop !== null) return expression.name === "^" ? powerOfInexact(expression.args, values) : stop;
  const value = apply(expression.name, args);
  return typeof value === "string" || bounded(value) ? value : "too-large";
}

/** A sum or product of few terms that are no sums themselves. */
function termByTerm(
  {name, variable, body, from, to}: BoundExpression,
  values: ReadonlyMap<string, Rational>
): Rational | Inexact {
  const [first, last] = [exactValue(from, values), exactValue(to, values)];
  if ((name !== "sum" && name !== "product") || some(body, ({op}) => op === "bound")) return "irrational";
  if (typeof first === "string" || typeof last === "string" || first.d !== 1n || last.d !== 1n) return "irrational";
  if (last.n - first.n >= maxTerms) return "irrational";
  let total = rational(name === "sum" ? 0 : 1);
  const at = new Map(values);
  for (let k = first.n; k <= last.n; k++) {
    const term = exactValue(body, at.set(variable, rational(k)));
    if (typeof term === "string") return term;
    total = name === "sum" ? add(total, term) : multiply(total, term);
    if (!bounded(total)) return "too-large";
  }
  return total;
}

function bounded({n, d}: Rational): boolean {
  const size = n < 0n ? -n : n;
  return d === 1n ? size < maxWhole : size < maxPart && d < maxPart;
}

/** Even where a base has no exact value, an exponent without bounds is not to be tried by anyone. */
function powerOfInexact([, exponent]: readonly Expression[], values: ReadonlyMap<string, Rational>): Inexact {
  const value = exactValue(exponent, values);
  return typeof value !== "string" && (value.n > 1_000_000n || value.n < -1_000_000n) ? "too-large" : "irrational";
}

function apply(name: CallName, args: readonly Rational[]): Rational | Inexact {
  const [a, b] = args;
  switch (name) {
    case "+":
      return add(a, b);
    case "-":
      return subtract(a, b);
    case "*":
      return multiply(a, b);
    case "/":
      return b.n === 0n ? "undefined" : divide(a, b);
    case "negate":
      return {n: -a.n, d: a.d};
    case "^":
      return power(a, b);
    case "sqrt":
      return rootOf(a, 2n);
    case "root":
      return b.d === 1n && b.n > 0n && b.n <= 1000n ? rootOf(a, b.n) : "irrational";
    case "abs":
      return {n: a.n < 0n ? -a.n : a.n, d: a.d};
    case "floor":
      return rational(floor(a));
    case "ceil":
      return rational(-floor({n: -a.n, d: a.d}));
    case "mod":
      return b.n === 0n ? "undefined" : subtract(a, multiply(b, rational(floor(divide(a, b)))));
    case "factorial":
      return a.d !== 1n || a.n < 0n ? "irrational" : a.n > maxFactorial ? "too-large" : rational(factorial(a.n));
    case "binomial":
      return binomial(a, b);
    case "max":
    case "min":
      return args.reduce((best, next) => (compare(next, best) > 0 === (name === "max") ? next : best));
    case "gcd":
    case "lcm":
      return args.every(({d}) => d === 1n)
        ? divisor(
            name,
            args.map(({n}) => (n < 0n ? -n : n))
          )
        : "irrational";
    case "exp":
      return a.n === 0n ? one : "irrational";
    case "ln":
    case "log":
      return a.n === 1n && a.d === 1n ? rational(0) : a.n === 0n ? "undefined" : "irrational";
    case "Re":
    case "conjugate":
      return a;
    case "Im":
      return rational(0);
    default:
      return "irrational";
  }
}

function bits(n: bigint): number {
  return (n < 0n ? -n : n).toString(16).length * 4;
}

function power(base: Rational, exponent: Rational): Rational | Inexact {
  if (exponent.n === 0n) return one;
  if (base.n === 0n) return exponent.n > 0n ? base : "undefined";
  if (base.d === 1n && (base.n === 1n || (base.n === -1n && exponent.d === 1n)))
    return exponent.n % 2n === 0n ? one : base;
  const size = exponent.n < 0n ? -exponent.n : exponent.n;
  const limit = base.d === 1n ? 131_072 : 16_384;
  if (size > 131_072n || (Math.max(bits(base.n), bits(base.d)) - 4) * Number(size) > limit) return "too-large";
  if (exponent.d > 1000n) return "irrational";
  const root = exponent.d === 1n ? base : rootOf(base, exponent.d);
  if (typeof root === "string") return root;
  const [n, d] = [root.n ** size, root.d ** size];
  return exponent.n > 0n ? {n, d} : rational(d, n);
}

/** The real root where it is a fraction; that of a negative number for odd degrees alone. */
function rootOf(a: Rational, degree: bigint): Rational | Inexact {
  if (a.n < 0n) {
    if (degree % 2n === 0n) return "irrational";
    const root = rootOf({n: -a.n, d: a.d}, degree);
    return typeof root === "string" ? root : {n: -root.n, d: root.d};
  }
  const [n, d] = [wholeRoot(a.n, degree), wholeRoot(a.d, degree)];
  return n === null || d === null ? "irrational" : {n, d};
}

function wholeRoot(a: bigint, degree: bigint): bigint | null {
  if (a < 2n) return a;
  if (bits(a) > 16_384) return null;
  // Newton's method from above.
  let x = 1n << BigInt(Math.ceil(bits(a) / Number(degree)) + 1);
  for (;;) {
    const next = ((degree - 1n) * x + a / x ** (degree - 1n)) / degree;
    if (next >= x) break;
    x = next;
  }
  return x ** degree === a ? x : null;
}

function floor({n, d}: Rational): bigint {
  return n >= 0n || n % d === 0n ? n / d : n / d - 1n;
}

function factorial(n: bigint): bigint {
  let product = 1n;
  for (let i = 2n; i <= n; i++) product *= i;
  return product;
}

function binomial(n: Rational, k: Rational): Rational | Inexact {
  if (n.d !== 1n || k.d !== 1n || n.n < 0n || k.n < 0n) return "irrational";
  if (k.n > n.n) return rational(0);
  const few = k.n < n.n - k.n ? k.n : n.n - k.n;
  if (few > maxFactorial || bits(n.n) * Number(few) > 131_072) return "too-large";
  let value = 1n;
  for (let i = 1n; i <= few; i++) value = (value * (n.n - few + i)) / i;
  return rational(value);
}

function divisor(name: "gcd" | "lcm", numbers: readonly bigint[]): Rational {
  const gcd = (a: bigint, b: bigint): bigint => {
    while (b !== 0n) [a, b] = [b, a % b];
    return a;
  };
  return rational(
    numbers.reduce((a, b) => (name === "gcd" ? gcd(a, b) : a === 0n || b === 0n ? 0n : (a / gcd(a, b)) * b))
  );
}
