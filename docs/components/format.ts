/** A count in full: 12,345. */
export const count = (value: number): string => Math.round(value).toLocaleString("en");

/** A share as a percentage. */
export function percent(value: number, digits = value !== 0 && Math.abs(value) < 0.0995 ? 1 : 0): string {
  return `${(100 * value).toFixed(digits)} %`;
}

/** A measured value with as many decimals as its scale needs. */
export function measure(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 3 : 3).replace("-", "−");
}

/** A difference with its sign. */
export const signed = (value: number): string => (value > 0 ? "+" : "") + measure(value);

/** An interval in words. */
export const interval = ([low, high]: readonly [number, number]): string => `${measure(low)} to ${measure(high)}`;

/** "a, b and c". */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** "1 row", "2 rows". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** A number of any size, in few characters: 0.348, 2,140, 3.2e9, 1.1e-5. */
export const scalar = (value: number): string => rounded(value, 4);

/** The same to so many digits that count. */
export function rounded(value: number, digits: number): string {
  const size = Math.abs(value);
  const text =
    value === 0
      ? "0"
      : size >= 1e5 || size < 1e-3
        ? value.toExponential(Math.max(1, digits - 3)).replace(/\.?0*e\+?/, "e")
        : Number(value.toPrecision(digits)).toLocaleString("en", {maximumFractionDigits: 9});
  return text.replaceAll("-", "−");
}
