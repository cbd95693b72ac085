import {rational, type Rational} from "../../text/rational.js";

const maxDigits = 400;

/**
 * The exact value of "12", "12.50", ".5" or "1.2e-5"; null where it has more than 400 digits or its exponent is beyond
 * ±400.
 */
export function parseNumeral(text: string): Rational | null {
  const [mantissa, exponent = "0"] = text.split(/[eE]/);
  const [whole, decimals = ""] = mantissa.split(".");
  const power = Number(exponent);
  if (mantissa.length > maxDigits || Math.abs(power) > maxDigits) return null;
  const shift = power - decimals.length;
  const digits = BigInt(whole + decimals);
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
}

/** The value of a decimal with a block of digits that repeats, e.g. ("0.1", "6") for 0.1666…; null where it is too long. */
export function parseRepeating(start: string, block: string): Rational | null {
  if (start.length + block.length > maxDigits) return null;
  const [whole, decimals = ""] = start.split(".");
  const scale = 10n ** BigInt(decimals.length);
  const nines = 10n ** BigInt(block.length) - 1n;
  return rational(BigInt(whole + decimals) * nines + BigInt(block), scale * nines);
}

/** The block that repeats in decimals such as "333" or "142857142857" when dots follow them; null where none does. */
export function repeatedBlock(decimals: string): {start: string; block: string} | null {
  for (let size = 1; size <= 12; size++) {
    const times = size === 1 ? 3 : 2;
    const block = decimals.slice(-size);
    if (decimals.length < size * times || !decimals.endsWith(block.repeat(times))) continue;
    let start = decimals;
    while (start.endsWith(block)) start = start.slice(0, -size);
    return {start, block};
  }
  return null;
}
