import type {Dynamics, Integration} from "./motion.js";

/** The first-order and second-order one-step schemes; the velocity that moves a position tells them apart. */
export const schemes = ["semi-implicit Euler", "midpoint", "explicit Euler"] as const;
export type Scheme = (typeof schemes)[number];

/** A row as a scheme gives it. */
export interface Simulated {
  values: readonly number[];
  /** bound on what 32-bit floats may add to each value */
  rounding: readonly number[];
  /** whether the impact, or the rest, came before it */
  after: boolean;
}

/** unit roundoff of 32-bit floats */
const single = 2 ** -24;

/**
 * Integrates a scene from its start, step by step in doubles, with h = step / substeps: v' = v + a h, and x' = x + v' h
 * (semi-implicit Euler), x + v h (explicit Euler) or x + (v + v') h / 2 (midpoint, which leapfrog and velocity Verlet
 * equal where accelerations are constant). An impact is solved at the end of the substep in which it is seen.
 *
 * Rounding: each addition in 32-bit floats is off by 2^-24 of the sum at most, n of them by n 2^-24 of the largest value
 * on the way, and a position gathers its velocity's over t.
 *
 * @param steps whole numbers of steps, ascending
 */
export function resimulate(
  {positions, velocities, accelerations, event, row}: Dynamics,
  {step, substeps}: Integration,
  steps: readonly number[],
  scheme: Scheme
): Simulated[] {
  const h = step / substeps;
  const [x, v, a] = [Float64Array.from(positions), Float64Array.from(velocities), Float64Array.from(accelerations)];
  // Share of the new velocity in the one that moves a position.
  const share = scheme === "semi-implicit Euler" ? 1 : scheme === "midpoint" ? 0.5 : 0;
  const isPlace = row(x.map(() => 1) as Float64Array<ArrayBuffer>, v.map(() => 0) as Float64Array<ArrayBuffer>);
  let after = false;
  let largest = Math.max(...x.map(Math.abs), ...v.map(Math.abs));
  let done = 0;
  return steps.map((at) => {
    for (; done < at * substeps; done++) {
      for (let i = 0; i < x.length; i++) {
        x[i] += (v[i] + share * a[i] * h) * h;
        v[i] += a[i] * h;
        largest = Math.max(largest, Math.abs(x[i]), Math.abs(v[i]));
      }
      if (!after && event !== undefined && event.gap(x, v) <= 0) {
        event.pass(x, v, a);
        after = true;
      }
    }
    const sum = done * single * largest;
    return {values: row(x, v), rounding: isPlace.map((place) => sum * (1 + place * at * step)), after};
  });
}
