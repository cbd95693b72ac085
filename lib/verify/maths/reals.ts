import type {BigNumber} from "mathjs";
import type {Rational} from "../../text/rational.js";

/** Arithmetic on real numbers of some precision. What has no value is NaN or infinite in `size`. */
export interface Reals<T> {
  of(value: Rational): T;
  add(a: T, b: T): T;
  subtract(a: T, b: T): T;
  multiply(a: T, b: T): T;
  divide(a: T, b: T): T;
  sqrt(a: T): T;
  exp(a: T): T;
  ln(a: T): T;
  sin(a: T): T;
  cos(a: T): T;
  sinh(a: T): T;
  cosh(a: T): T;
  atan2(y: T, x: T): T;
  floor(a: T): T;
  pi: T;
  /** as a double */
  size(a: T): number;
  /** relative error of one operation */
  epsilon: number;
}

/** Doubles, 53 bits. */
export const doubles: Reals<number> = {
  of: ({n, d}) => quotient(n, d),
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  sqrt: Math.sqrt,
  exp: Math.exp,
  ln: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  sinh: Math.sinh,
  cosh: Math.cosh,
  atan2: Math.atan2,
  floor: Math.floor,
  pi: Math.PI,
  size: (a) => a,
  epsilon: 2 ** -52
};

function quotient(n: bigint, d: bigint): number {
  const [top, bottom] = [Number(n), Number(d)];
  if (Number.isFinite(top) && Number.isFinite(bottom)) return top / bottom;
  // Both are cut by as many bits as keep them within a double.
  const cut = BigInt(Math.max(0, Math.max(n.toString(16).length, d.toString(16).length) * 4 - 1000));
  return Number(n >> cut) / Number(d >> cut);
}

/**
 * Decimals of 64 digits by mathjs, loaded when first asked for. Arguments of exp, sin and cos beyond ±10,000 have no
 * value: they would take long.
 */
export async function loadDecimals(): Promise<Reals<BigNumber>> {
  const {create, BigNumberDependencies} = await import("mathjs");
  const {BigNumber: Decimal} = create({BigNumberDependencies}, {precision: 64}) as unknown as {
    BigNumber: {
      new (text: string | number): BigNumber;
      atan2(y: BigNumber, x: BigNumber): BigNumber;
      acos(x: number): BigNumber;
    };
  };
  const none = new Decimal(NaN);
  const within = (a: BigNumber, f: () => BigNumber) => (Math.abs(a.toNumber()) <= 10_000 ? f() : none);
  return {
    of: ({n, d}) => new Decimal(String(n)).div(new Decimal(String(d))),
    add: (a, b) => a.plus(b),
    subtract: (a, b) => a.minus(b),
    multiply: (a, b) => a.times(b),
    divide: (a, b) => a.div(b),
    sqrt: (a) => a.sqrt(),
    exp: (a) => within(a, () => a.exp()),
    ln: (a) => a.ln(),
    sin: (a) => within(a, () => a.sin()),
    cos: (a) => within(a, () => a.cos()),
    sinh: (a) => within(a, () => a.sinh()),
    cosh: (a) => within(a, () => a.cosh()),
    atan2: (y, x) => Decimal.atan2(y, x),
    floor: (a) => a.floor(),
    pi: Decimal.acos(-1),
    size: (a) => a.toNumber(),
    epsilon: 1e-63
  };
}
