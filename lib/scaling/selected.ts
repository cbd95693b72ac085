import type {Calibration} from "./calibration.js";

/** A truth that is called identified in fewer samples than these is not covered. */
const rarest = 0.01;

/**
 * The ends, as signed roots, of an interval that covers at its level among the samples in which the parameter was found
 * clear of both its bounds, which is when its interval is read.
 *
 * In the coordinate that makes the profile a parabola the estimate is normal around the truth, z standard errors off.
 * It is written up only if it lies more than `cut` from either bound, so that z is truncated, and where depends on how
 * far the truth itself is from the bounds. A truth is kept if z falls within the middle of that truncated law: at the
 * side that the truncation leaves alone, the end is the profile's own; towards the bound that nearly stopped the verdict
 * it is drawn out where the estimate passed narrowly, and drawn in a little where it passed well, for the truths beyond
 * are those that would not have passed. Far from all bounds nothing changes. Without this, a coefficient that is called
 * identified in one sample of ten would be covered in 75 % of these.
 *
 * Truths so near a bound that they pass in less than `rarest` of samples are not cared for: no end that excludes the
 * bound could cover them.
 *
 * @param margin roots of the best fits at the lower and the upper bound; Infinity where they are out of reach
 * @returns signed roots: negative below the estimate
 * Source: truncation after selection as in Lee, Sun, Sun & Taylor (2016), doi:10.1214/15-AOS1371, with tails that
 * leave the far end alone.
 */
export function selectedRoots(
  margin: readonly [number, number],
  {cut, level, calibration}: {cut: number; level: number; calibration: Calibration}
): [number, number] {
  return [-1, 1].map((side) => {
    const [near, far] = side < 0 ? margin : [margin[1], margin[0]];
    const kept = (size: number) => keeps(size, near, far, {cut, level, calibration});
    let inside = 0;
    const step = 0.05;
    const last = near - cut + calibration.quantile(1 - rarest);
    while (kept(inside + step)) {
      inside += step;
      if (inside + step >= last) return side * last;
    }
    let outside = inside + step;
    for (let i = 0; i < 40; i++) {
      const middle = (inside + outside) / 2;
      if (kept(middle)) inside = middle;
      else outside = middle;
    }
    return side * inside;
  }) as [number, number];
}

/** Whether a truth `size` standard errors from the estimate, towards the bound that is `near` away, is kept. */
function keeps(
  size: number,
  near: number,
  far: number,
  {cut, level, calibration}: {cut: number; level: number; calibration: Calibration}
): boolean {
  // Mirrored so that the near bound is the lower one: then z = size, between these.
  const below = calibration.probability(cut - (near - size));
  const above = calibration.probability(cut - (far + size));
  const out = (1 - level) * (1 - below - above);
  const low = Math.max(0, (1 - level) / 2 - below);
  const high = Math.max(0, (1 - level) / 2 - above);
  const weight = below + above === 0 ? 0.5 : below / (below + above);
  const tail = Math.min(out, Math.max(0, high + weight * (out - low - high)));
  return calibration.probability(-size) - above >= tail;
}
