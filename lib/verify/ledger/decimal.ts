const places = 18n;

/** 1 as an exact amount: amounts are whole numbers of 10^−18, so that products of two with nine decimals are exact. */
export const one = 10n ** places;

/** Reads a decimal of at most 15 digits before and 9 after the point, thousands parted by commas or not; null if it is none. */
export function decimal(text: string): bigint | null {
  const match = /^([+-]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,9}))?$/.exec(text);
  if (match === null) return null;
  const [, sign, whole, fraction = ""] = match;
  const value = BigInt(whole.replaceAll(",", "") + fraction.padEnd(Number(places), "0"));
  return sign === "-" ? -value : value;
}

/** a × b, exact where both have at most nine decimals. */
export function times(a: bigint, b: bigint): bigint {
  return (a * b) / one;
}

/** An amount as text, without zeros at its end. */
export function show(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(Number(places) + 1, "0");
  const fraction = digits.slice(-Number(places)).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -Number(places))}${fraction === "" ? "" : `.${fraction}`}`;
}
