/** A value that physics expects, and how far a correct simulation may be from it. */
export interface Expected {
  value: number;
  /** from the integrator, before rounding for print */
  error: number;
}

/** A quantity that the motion keeps, as a function of a row's values. */
export interface Invariant {
  name: string;
  of(row: readonly number[]): number;
  /** derivative with respect to each value: what errors of the row do to it */
  slope(row: readonly number[]): readonly number[];
  /** what it is at time t */
  expected(t: number): number;
  /** whether an impact, too, leaves it as it was, or makes it the same whenever it comes */
  through?: true;
}

/** What an integrator needs of a scene; arrays are changed in place. */
export interface Dynamics {
  positions: readonly number[];
  velocities: readonly number[];
  accelerations: readonly number[];
  /** the impact, or the moment of rest, at the first step where the gap is closed */
  event?: {
    gap(x: Float64Array, v: Float64Array): number;
    pass(x: Float64Array, v: Float64Array, a: Float64Array): void;
  };
  /** the columns' values */
  row(x: Float64Array, v: Float64Array): number[];
  /** columns of the position and the velocity of each body, along each axis */
  bodies: readonly (readonly [number, number])[];
}

/** The closed form of a scene, and the same scene for an integrator. */
export interface Motion {
  dynamics: Dynamics;
  /** name and unit of each column beside time */
  columns: readonly string[];
  /** each column at a time in seconds, or why nothing can be said then */
  at(t: number): readonly Expected[] | string;
  invariants: readonly Invariant[];
  /** answers by question, with units */
  answers: Readonly<Record<string, readonly [number, string]>>;
}

/** How it was integrated: seconds a step, and steps of the solver within it. */
export interface Integration {
  step: number;
  substeps: number;
}

/** Numbers of a caption by name. */
export type Given = Readonly<Record<string, number>>;

/** m; how near bodies may come before the simulator lets a contact act */
const slop = 0.002;
/** unit roundoff of 32-bit floats */
const single = 2 ** -24;

/**
 * Positions, then velocities, under accelerations that were constant until t, with the bounds on their errors.
 *
 * The bounds come from the integrator, semi-implicit Euler with h = step / substeps: v(n+1) = v(n) + a h, then
 * x(n+1) = x(n) + v(n+1) h. After n = t / h steps v is exact and x(n) = x0 + v0 t + a t² / 2 + a h t / 2, so a position is off
 * by |a| h t / 2. Each addition in 32-bit floats rounds by at most 2^-24 of the sum: n of them by n 2^-24 times the largest
 * value, and a velocity's error adds up in the position over t.
 */
export function flight(
  positions: readonly number[],
  velocities: readonly number[],
  accelerations: readonly number[],
  t: number,
  {step, substeps}: Integration,
  largest: number
): Expected[] {
  const h = step / substeps;
  const rounding = (t / h) * single * largest;
  return [
    ...positions.map((value, i) => ({value, error: (Math.abs(accelerations[i]) * h * t) / 2 + rounding * (1 + t)})),
    ...velocities.map((value) => ({value, error: rounding}))
  ];
}

/** Height and speed exchange energy, per kg. */
export function energy(g: number, expected: (t: number) => number): Invariant {
  return {name: "energy", of: ([y, v]) => g * y + (v * v) / 2, slope: ([, v]) => [g, v], expected};
}

/** A velocity: momentum for each kg, which a constant force changes in proportion to time. */
export function momentum(column: number, expected: (t: number) => number): Invariant {
  return {
    name: "momentum",
    of: (row) => row[column],
    slope: (row) => row.map((_, i) => (i === column ? 1 : 0)),
    expected
  };
}

/**
 * How much an impact may be shifted in time, in seconds: it is seen at the start of the step after it and solved within
 * that step, or seen up to 2 mm before bodies touch. What follows is shifted with it: positions by the change of velocity
 * times this, and velocities, where gravity acts, by (1 + e) g times this.
 *
 * @param speed at which bodies approach, m/s
 */
export function impactShift({step}: Integration, speed: number): number {
  return Math.max(2 * step, slop / speed);
}
