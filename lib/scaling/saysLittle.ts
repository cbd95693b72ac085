import type {Parameter} from "./law.js";

/** An interval of a coefficient in units of the target may be as wide as this many measured ranges of the target. */
const ranges = 100;

/** An interval of a positive coefficient may span this factor: three decades. */
const span = 1000;

/**
 * Why an interval, closed as it may be, says too little for its coefficient to be called identified: in units of the
 * target it is wider than 100 times the range that was measured, or of a coefficient that multiplies (one that is
 * searched by its logarithm) it spans more than three decades, so that not even its order of magnitude is known. Empty
 * where it says enough. A rule of what is of use, not of chance: intervals that pass cover as before.
 *
 * @param y what was measured
 */
export function saysLittle(
  {unit, scale}: Pick<Parameter, "unit" | "scale">,
  [low, high]: readonly [number, number],
  y: ArrayLike<number>
): string {
  if (unit === "target") {
    let [least, most] = [Infinity, -Infinity];
    for (let i = 0; i < y.length; i++) [least, most] = [Math.min(least, y[i]), Math.max(most, y[i])];
    if (most > least && high - low > ranges * (most - least))
      return `its interval is wider than ${ranges} times the range that was measured`;
  }
  if (scale === "log" && high > span * low) return "its interval spans more than three decades";
  return "";
}
