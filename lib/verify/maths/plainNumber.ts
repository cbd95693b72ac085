import {parseRational, rational, type Rational} from "../../text/rational.js";

/** A number in plain writing. */
interface PlainNumber {
  value: Rational;
  decimal: boolean;
  percent: boolean;
}

const written = /^([-−]?)\$?([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+|\/\d+)?(%?)\.?$/;

/** Reads "18", "-1,234.50", "$5", "3/4", "50%"; null for whatever else there is, and beyond 15 digits. */
export function plainNumber(text: string): PlainNumber | null {
  const match = written.exec(text);
  if (match === null || match[0].length > 40) return null;
  const [, minus, inner, whole, rest = "", percent] = match;
  const digits = (whole.includes(",") ? whole.replaceAll(",", "") : whole).replace(/^0+(?=\d)/, "");
  if (digits.length > 15) return null;
  const value = plain(digits, rest);
  if (value === null) return null;
  const negative = (minus === "") !== (inner === "");
  return {
    value: negative ? {n: -value.n, d: value.d} : value,
    decimal: rest.startsWith("."),
    percent: percent !== ""
  };
}

function plain(digits: string, rest: string): Rational | null {
  if (rest === "") return {n: BigInt(digits), d: 1n};
  if (rest.startsWith("/")) {
    const below = BigInt(rest.slice(1));
    return below === 0n ? null : rational(BigInt(digits), below);
  }
  return parseRational(digits + (rest.length > 7 ? rest.replace(/0+$/, "").replace(/\.$/, "") : rest));
}
