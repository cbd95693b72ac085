import {rational, type Rational} from "../../text/rational.js";
import type {CallName, Expression} from "./expression.js";
import type {Reals} from "./reals.js";

/** A complex number over some reals. */
interface Complex<T> {
  re: T;
  im: T;
}

/** A formula's value at a point, and the largest size that any part of it had: what its rounding errors are relative to. */
export interface Value<T> extends Complex<T> {
  peak: number;
}

/** What only doubles can do: gamma functions of what is not whole. */
class Unsupported extends Error {}

/**
 * The value of a formula at a point, with principal branches; the odd root of a negative real number is real. Null where
 * it is not defined or beyond the reals' range, and where these cannot tell (gamma functions, of which only doubles have
 * an approximation).
 *
 * @param log the base of logarithms that name none
 */
export function numericValue<T>(
  expression: Expression,
  values: ReadonlyMap<string, Rational>,
  reals: Reals<T>,
  log: "e" | "10"
): Value<T> | null {
  let peak = 0;
  const zero = reals.of(rational(0));
  const one = reals.of(rational(1));
  const size = ({re, im}: Complex<T>) => Math.hypot(reals.size(re), reals.size(im));
  const isReal = (z: Complex<T>) =>
    Math.abs(reals.size(z.im)) <= 1e3 * reals.epsilon * Math.max(size(z), reals.epsilon);
  const real = (re: T): Complex<T> => ({re, im: zero});
  const minus = (z: Complex<T>): Complex<T> => ({re: reals.subtract(zero, z.re), im: reals.subtract(zero, z.im)});
  const plus = (a: Complex<T>, b: Complex<T>): Complex<T> => ({re: reals.add(a.re, b.re), im: reals.add(a.im, b.im)});
  const times = (a: Complex<T>, b: Complex<T>): Complex<T> => ({
    re: reals.subtract(reals.multiply(a.re, b.re), reals.multiply(a.im, b.im)),
    im: reals.add(reals.multiply(a.re, b.im), reals.multiply(a.im, b.re))
  });
  const over = (a: Complex<T>, b: Complex<T>): Complex<T> => {
    if (isReal(b) && reals.size(b.im) === 0) return {re: reals.divide(a.re, b.re), im: reals.divide(a.im, b.re)};
    const square = reals.add(reals.multiply(b.re, b.re), reals.multiply(b.im, b.im));
    const top = times(a, {re: b.re, im: reals.subtract(zero, b.im)});
    return {re: reals.divide(top.re, square), im: reals.divide(top.im, square)};
  };
  const modulus = ({re, im}: Complex<T>): T =>
    reals.size(im) === 0
      ? reals.size(re) < 0
        ? reals.subtract(zero, re)
        : re
      : reals.sqrt(reals.add(reals.multiply(re, re), reals.multiply(im, im)));
  const exp = ({re, im}: Complex<T>): Complex<T> => {
    const scale = reals.exp(re);
    if (reals.size(im) === 0) return real(scale);
    return {re: reals.multiply(scale, reals.cos(im)), im: reals.multiply(scale, reals.sin(im))};
  };
  const ln = (z: Complex<T>): Complex<T> => ({re: reals.ln(modulus(z)), im: reals.atan2(z.im, z.re)});
  const sqrt = (z: Complex<T>): Complex<T> => {
    if (isReal(z)) {
      const root = reals.sqrt(modulus(real(z.re)));
      return reals.size(z.re) < 0 ? {re: zero, im: root} : real(root);
    }
    return exp(over(ln(z), real(reals.of(rational(2)))));
  };
  const whole = (base: Complex<T>, n: number): Complex<T> => {
    let result = real(one);
    let factor = base;
    for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result = times(result, factor);
      factor = times(factor, factor);
    }
    return n < 0 ? over(real(one), result) : result;
  };
  const power = (base: Complex<T>, exponent: Complex<T>, exact: Rational | null): Complex<T> => {
    if (exact !== null && exact.d === 1n) {
      const n = Number(exact.n);
      if (Math.abs(n) <= 1_000_000) return whole(base, n);
    }
    if (size(base) === 0) return reals.size(exponent.re) > 0 ? real(zero) : real(reals.divide(one, zero));
    if (exact !== null && exact.d % 2n === 1n && isReal(base) && reals.size(base.re) < 0) {
      const value = exp(times(ln(real(modulus(base))), exponent));
      return exact.n % 2n === 0n ? value : minus(value);
    }
    return exp(times(ln(base), exponent));
  };
  const i = {re: zero, im: one};
  const sin = (z: Complex<T>): Complex<T> =>
    reals.size(z.im) === 0
      ? real(reals.sin(z.re))
      : {
          re: reals.multiply(reals.sin(z.re), reals.cosh(z.im)),
          im: reals.multiply(reals.cos(z.re), reals.sinh(z.im))
        };
  const cos = (z: Complex<T>): Complex<T> =>
    reals.size(z.im) === 0
      ? real(reals.cos(z.re))
      : {
          re: reals.multiply(reals.cos(z.re), reals.cosh(z.im)),
          im: minus(real(reals.multiply(reals.sin(z.re), reals.sinh(z.im)))).re
        };
  const half = real(reals.of(rational(1, 2)));
  const arctan = (z: Complex<T>): Complex<T> => {
    if (reals.size(z.im) === 0) return real(reals.atan2(z.re, one));
    const iz = times(i, z);
    return times(times(half, i), plus(ln(plus(real(one), minus(iz))), minus(ln(plus(real(one), iz)))));
  };
  const arcsin = (z: Complex<T>): Complex<T> => {
    const root = sqrt(plus(real(one), minus(times(z, z))));
    if (isReal(z) && isReal(root) && reals.size(root.im) === 0) return real(reals.atan2(z.re, root.re));
    return minus(times(i, ln(plus(times(i, z), root))));
  };

  const walk = (node: Expression): Complex<T> => {
    const value = walkUnchecked(node);
    const now = size(value);
    if (!Number.isFinite(now)) throw new RangeError("not finite");
    if (now > peak) peak = now;
    return value;
  };
  const walkUnchecked = (node: Expression): Complex<T> => {
    if (node.op === "number") return real(reals.of(node.value));
    if (node.op === "name") {
      const value = values.get(node.name);
      if (value === undefined) throw new RangeError(`no value for ${node.name}`);
      return real(reals.of(value));
    }
    if (node.op === "constant") {
      if (node.name === "pi") return real(reals.pi);
      if (node.name === "e") return real(reals.exp(one));
      if (node.name === "i") return i;
      throw new RangeError("infinity");
    }
    if (node.op === "bound") throw new RangeError(`${node.name} has no value here`);
    const {name, args} = node;
    if (name === "^") {
      if (args[0].op === "constant" && args[0].name === "e") return exp(walk(args[1]));
      return power(walk(args[0]), walk(args[1]), constantOf(args[1]));
    }
    const [a, b, ...rest] = args.map(walk);
    return apply(name, a, b, rest, args);
  };
  const apply = (
    name: CallName,
    a: Complex<T>,
    b: Complex<T>,
    rest: readonly Complex<T>[],
    args: readonly Expression[]
  ): Complex<T> => {
    switch (name) {
      case "+":
        return plus(a, b);
      case "-":
        return plus(a, minus(b));
      case "*":
        return times(a, b);
      case "/":
        return over(a, b);
      case "negate":
        return minus(a);
      case "sqrt":
        return sqrt(a);
      case "root": {
        const degree = constantOf(args[1]);
        const inverse = degree === null || degree.n === 0n ? null : rational(degree.d, degree.n);
        return power(a, over(real(one), b), inverse);
      }
      case "exp":
        return exp(a);
      case "ln":
        return ln(a);
      case "log":
        return log === "e" ? ln(a) : over(ln(a), ln(real(reals.of(rational(10)))));
      case "abs":
        return real(modulus(a));
      case "sin":
        return sin(a);
      case "cos":
        return cos(a);
      case "tan":
        return over(sin(a), cos(a));
      case "cot":
        return over(cos(a), sin(a));
      case "sec":
        return over(real(one), cos(a));
      case "csc":
        return over(real(one), sin(a));
      case "arcsin":
        return arcsin(a);
      case "arccos":
        return plus(over(real(reals.pi), real(reals.of(rational(2)))), minus(arcsin(a)));
      case "arctan":
        return arctan(a);
      case "sinh":
        return times(half, plus(exp(a), minus(exp(minus(a)))));
      case "cosh":
        return times(half, plus(exp(a), exp(minus(a))));
      case "tanh": {
        const [up, down] = [exp(a), exp(minus(a))];
        return over(plus(up, minus(down)), plus(up, down));
      }
      case "Re":
        return real(a.re);
      case "Im":
        return real(a.im);
      case "conjugate":
        return {re: a.re, im: minus(a).im};
      case "max":
      case "min": {
        const all = [a, b, ...rest].filter((z) => z !== undefined);
        if (!all.every(isReal)) throw new RangeError("complex");
        return all.reduce((best, z) => (reals.size(z.re) > reals.size(best.re) === (name === "max") ? z : best));
      }
      case "floor":
      case "ceil":
      case "mod": {
        if (!isReal(a)) throw new RangeError("complex");
        if (name === "floor") return real(reals.floor(a.re));
        if (name === "ceil") return minus(real(reals.floor(minus(a).re)));
        return plus(a, minus(times(b, real(reals.floor(over(a, b).re)))));
      }
      case "factorial":
        return gamma(plus(a, real(one)));
      case "binomial": {
        const left = gamma(plus(a, real(one)));
        return over(left, times(gamma(plus(b, real(one))), gamma(plus(plus(a, minus(b)), real(one)))));
      }
      default:
        throw new RangeError(`${name} has no value here`);
    }
  };
  const gamma = (z: Complex<T>): Complex<T> => {
    if (reals.epsilon < 1e-20 || !isReal(z)) throw new Unsupported();
    return real(gammaOf(reals.size(z.re)) as T);
  };

  try {
    return {...walk(expression), peak};
  } catch (error) {
    if (error instanceof RangeError || error instanceof Unsupported) return null;
    throw error;
  }
}

/** The fraction that a formula without names writes in the plainest way, such as 3, -1/3. */
function constantOf(node: Expression): Rational | null {
  if (node.op === "number") return node.value;
  if (node.op !== "call") return null;
  if (node.name === "negate") {
    const value = constantOf(node.args[0]);
    return value === null ? null : {n: -value.n, d: value.d};
  }
  if (node.name !== "/") return null;
  const [top, bottom] = node.args.map(constantOf);
  return top === null || bottom === null || bottom.n === 0n ? null : rational(top.n * bottom.d, top.d * bottom.n);
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
];

/** Gamma function of a double. Source: C. Lanczos (1964), SIAM J. Numer. Anal. 1, with g = 7 and nine terms: 1e-13. */
function gammaOf(z: number): number {
  if (z < 0.5) return Math.PI / (Math.sin(Math.PI * z) * gammaOf(1 - z));
  const x = z - 1;
  const t = x + 7.5;
  const sum = lanczos.reduce((total, term, n) => (n === 0 ? term : total + term / (x + n)), 0);
  return Math.sqrt(2 * Math.PI) * t ** (x + 0.5) * Math.exp(-t) * sum;
}
