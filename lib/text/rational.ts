/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const written = /^(-?)(0|[1-9]\d{0,14})(?:\.(\d{1,6})|\/([1-9]\d{0,14}))?$/;

/**
 * The fraction n / d.
 *
 * @throws RangeError if d is 0, or a number is not whole
 */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  const [top, bottom] = [BigInt(n), BigInt(d)];
  if (bottom === 0n) throw new RangeError(`expected a denominator other than 0, got ${top}/0`);
  const sign = bottom < 0n ? -1n : 1n;
  const divisor = gcd(top < 0n ? -top : top, bottom * sign);
  return {n: (sign * top) / divisor, d: (sign * bottom) / divisor};
}

/** Reads "12", "-3", "2.50" or "7/3", with at most 15 digits a part and no leading zeros; null for anything else. */
export function parseRational(text: string): Rational | null {
  const match = written.exec(text);
  if (match === null) return null;
  const [, sign, whole, decimals, denominator] = match;
  const scale = 10n ** BigInt(decimals?.length ?? 0);
  const top = BigInt(whole) * scale + BigInt(decimals ?? 0);
  return rational(sign === "-" ? -top : top, denominator === undefined ? scale : BigInt(denominator));
}

/** Writes "12", "-3" or "7/3"; with `decimal`, "2.5" where at most six places are exact. */
export function formatRational({n, d}: Rational, {decimal = false} = {}): string {
  if (d === 1n) return String(n);
  if (!decimal || 1_000_000n % d !== 0n) return `${n}/${d}`;
  const digits = String(((n < 0n ? -n : n) * 1_000_000n) / d).padStart(7, "0");
  return `${n < 0n ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/0+$/, "");
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d);
}

/** @throws RangeError if b is 0 */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}

/** Negative if a < b, 0 if they are equal, positive if a > b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function equal(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
