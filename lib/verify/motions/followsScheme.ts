import type {Dynamics, Integration, Invariant} from "./motion.js";
import {resimulate, type Scheme} from "./resimulate.js";

/** A row of a table: its number of steps from the start, and what each value may be off by for print. */
export interface PrintedRow {
  steps: number;
  values: readonly number[];
  print: readonly number[];
}

/**
 * Why rows cannot come from one run of a scheme at the stated step; null where they can.
 *
 * Before the impact there is nothing free: a value is the scheme's own to its print and the rounding of 32-bit floats. At the
 * impact simulators differ by a step or two (motion.ts, impactShift). Two runs of one scheme under the same acceleration
 * differ by p + q t in position and q in velocity, exactly, so that after the impact all rows of a body must share one p and
 * one q. What the impact itself keeps is held through it, to print and rounding alone.
 */
export function followsScheme(
  dynamics: Dynamics,
  invariants: readonly Invariant[],
  columns: readonly string[],
  integration: Integration,
  rows: readonly PrintedRow[],
  scheme: Scheme
): {reason: "off-scheme" | "not-conserved"; detail: string} | null {
  const simulated = resimulate(
    dynamics,
    integration,
    rows.map(({steps}) => steps),
    scheme
  );
  const late: {t: number; off: readonly number[]; slack: readonly number[]}[] = [];
  for (const [i, {steps, values, print}] of rows.entries()) {
    const {values: expected, rounding, after} = simulated[i];
    const t = steps * integration.step;
    const slack = print.map((half, j) => half + rounding[j] + 1e-9);
    const off = values.map((value, j) => value - expected[j]);
    // Our impact may come sooner or later than theirs: both must be past it, and rows near it are refused before.
    if (after) late.push({t, off, slack});
    const wrong = after ? -1 : off.findIndex((difference, j) => !(Math.abs(difference) <= slack[j]));
    if (wrong >= 0)
      return {
        reason: "off-scheme",
        detail: `expected ${columns[wrong]} at ${t.toFixed(4)} s to be ${expected[wrong].toFixed(5)} ± ${slack[wrong].toFixed(5)} by ${scheme}, got ${values[wrong]}`
      };
    const widest = values.map((value, j) => Math.abs(value) + slack[j]);
    for (const {name, of, slope, through} of invariants) {
      if (through !== true) continue;
      const tolerance = slope(widest).reduce((sum, rate, j) => sum + Math.abs(rate) * slack[j], 1e-9);
      const [real, got] = [of(expected), of(values)];
      if (!(Math.abs(got - real) <= tolerance))
        return {
          reason: "not-conserved",
          detail: `expected ${name} of ${real.toFixed(5)} ± ${tolerance.toFixed(5)} at ${t.toFixed(4)} s, got ${got.toFixed(5)}`
        };
    }
  }
  for (const [place, speed] of dynamics.bodies) {
    const split = separate(
      late.map(({t, off, slack}) => ({t, p: off[place], dp: slack[place], q: off[speed], dq: slack[speed]}))
    );
    if (split !== null)
      return {
        reason: "off-scheme",
        detail: `${columns[place]} and ${columns[speed]} at ${split.toFixed(4)} s do not continue the rows before by ${scheme}`
      };
  }
  return null;
}

/**
 * The first time from which no p and q satisfy |p + q t − off| ≤ slack and |q − off| ≤ slack of all rows; null where some do.
 * By Fourier–Motzkin: p can be chosen where for each two rows the lower bound of one is not above the upper of the other.
 */
function separate(rows: readonly {t: number; p: number; dp: number; q: number; dq: number}[]): number | null {
  let [least, most] = [-Infinity, Infinity];
  for (const [i, row] of rows.entries()) {
    [least, most] = [Math.max(least, row.q - row.dq), Math.min(most, row.q + row.dq)];
    for (const before of rows.slice(0, i)) {
      const [rise, room, apart] = [row.p - before.p, row.dp + before.dp, row.t - before.t];
      [least, most] = [Math.max(least, (rise - room) / apart), Math.min(most, (rise + room) / apart)];
    }
    if (least > most) return row.t;
  }
  return null;
}
