import type {Variable} from "./law.js";
import {variablesOf, type Input} from "./variables.js";

/** A variable of a run that is one number and no share. */
export type Scalar = Exclude<Variable, "share" | "shares" | "supplies">;

/** Runs as plain columns of one length. */
export interface Observations {
  /** by input: the synthetic share, or one share a tier; in [0, 1]; none for laws of scale alone */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** by variable, e.g. n and d: positive; a generation may be 0, and d for laws that have a value there */
  readonly scalars?: Readonly<Partial<Record<Scalar, readonly number[]>>>;
  /** distinct tokens at hand of each input, by the inputs' names; of one share: by "human" and "synthetic" */
  readonly supplies?: Readonly<Record<string, readonly number[]>>;
  readonly target: readonly number[];
  /** runs with one seed share their corpus draw */
  readonly seed?: readonly (string | number)[];
  /** what a cluster bootstrap draws as one, e.g. the run that several checkpoints are of */
  readonly group?: readonly (string | number)[];
  /** known standard deviation of each target value, in its unit; weights are then 1 / sd² */
  readonly sd?: readonly number[];
  /** synthetic share of each run, to find the baseline of a mix */
  readonly synthetic?: readonly number[];
  /** runs that are kept out of the fit and predicted by it */
  readonly holdout?: readonly boolean[];
}

/** One run, checked. */
export interface Observation {
  /** in the order of variablesOf */
  readonly x: readonly number[];
  readonly y: number;
  readonly seed: string;
  readonly group: string;
  /** 1 / sd², or 1 */
  readonly weight: number;
  readonly synthetic: number | null;
  readonly holdout: boolean;
}

/** The objective that the runs are checked for: logarithms want positive targets. */
interface Wanted {
  readonly positive?: boolean;
  readonly target?: string;
}

/**
 * The runs as checked rows, in an order that does not depend on theirs. Shares that were rounded to three decimals are
 * scaled to sum to 1.
 *
 * @param options.positive whether every target has to be positive
 * @param options.target its name, for errors
 * @throws RangeError for columns of different lengths, values that are not finite, a size that is not positive, a
 *   number of tokens that is negative, shares outside [0, 1], and several shares whose sum is off by more than rounding (0.0005 for
 *   each), by how much and in which row
 */
export function observe(columns: Observations, {positive = false, target = "target"}: Wanted = {}): Observation[] {
  const variables = variablesOf(columns);
  if (variables.length === 0) throw new RangeError("expected at least one share or scalar to fit against, got none");
  const n = columns.target.length;
  for (const [name, values] of named(columns, variables))
    if (values.length !== n) throw new RangeError(`${name}: expected ${n} values, got ${values.length}`);
  const shares = variables.filter(({role}) => role === "shares").map(({name}) => name);
  const rows = Array.from({length: n}, (_, i): Observation => {
    const x = variables.map((variable) => valueOf(variable, i));
    if (shares.length > 0) close(x, variables, shares, i);
    const sd = columns.sd === undefined ? 1 : finite(columns.sd[i], "sd", i);
    if (sd <= 0) throw new RangeError(`row ${i + 1}: sd: expected a positive number, got ${sd}`);
    const y = finite(columns.target[i], target, i);
    if (positive && y <= 0)
      throw new RangeError(
        `row ${i + 1}: ${target}: expected a positive number for a fit of logarithms, got ${y}; the objective squares takes any`
      );
    return {
      x,
      y,
      seed: String(columns.seed?.[i] ?? ""),
      group: String(columns.group?.[i] ?? ""),
      weight: 1 / sd ** 2,
      synthetic: columns.synthetic === undefined ? null : share(columns.synthetic[i], "synthetic share", i),
      holdout: columns.holdout?.[i] ?? false
    };
  });
  return rows.sort(compare);
}

/** The name under which runs with one mix meet: shares to nine decimals, other values to twelve digits. */
export function mixKey(x: readonly number[]): string {
  return x.map((v) => (Math.abs(v) <= 1 ? v.toFixed(9) : v.toPrecision(12))).join(" ");
}

/** Scales shares of a row to sum to 1, in place. */
function close(x: number[], variables: readonly Input[], names: readonly string[], row: number): void {
  let sum = 0;
  for (const [j, {role}] of variables.entries()) if (role === "shares") sum += x[j];
  if (Math.abs(sum - 1) > 0.0005 * names.length + 1e-9)
    throw new RangeError(
      `row ${row + 1}: expected ${names.join(" + ")} to be 1, got ${sum.toFixed(4)} (off by ${(sum - 1).toFixed(4)})`
    );
  for (const [j, {role}] of variables.entries()) if (role === "shares") x[j] /= sum;
}

function valueOf({name, role, values}: Input, row: number): number {
  if (role === "share" || role === "shares") return share(values[row], name, row);
  const value = finite(values[row], name, row);
  // A generation 0 is the first model; no tokens, d = 0, is a model before it was tuned.
  const fromZero = role === "generation" || role === "d";
  if (fromZero ? value < 0 : value <= 0)
    throw new RangeError(
      `row ${row + 1}: ${name}: expected a ${fromZero ? "number that is not negative" : "positive number"}, got ${value}`
    );
  return value;
}

function named(columns: Observations, variables: readonly Input[]): [string, readonly unknown[]][] {
  const {seed, group, sd, synthetic, holdout} = columns;
  const others: Record<string, readonly unknown[] | undefined> = {seed, group, sd, synthetic, holdout};
  return [
    ...variables.map(({name, values}): [string, readonly unknown[]] => [name, values]),
    ...Object.entries(others).flatMap(([name, values]): [string, readonly unknown[]][] =>
      values === undefined ? [] : [[name, values]]
    )
  ];
}

function finite(value: unknown, name: string, row: number): number {
  if (typeof value !== "number") throw new TypeError(`row ${row + 1}: ${name}: expected a number, got ${typeof value}`);
  if (!Number.isFinite(value)) throw new RangeError(`row ${row + 1}: ${name}: expected a finite number, got ${value}`);
  return value;
}

function share(value: unknown, name: string, row: number): number {
  const number = finite(value, name, row);
  if (number < -1e-9 || number > 1 + 1e-9)
    throw new RangeError(`row ${row + 1}: ${name}: expected a share in [0, 1], got ${number}`);
  return Math.min(1, Math.max(0, number));
}

function compare(a: Observation, b: Observation): number {
  for (let i = 0; i < a.x.length; i++) if (a.x[i] !== b.x[i]) return a.x[i] - b.x[i];
  if (a.seed !== b.seed) return a.seed < b.seed ? -1 : 1;
  if (a.group !== b.group) return a.group < b.group ? -1 : 1;
  return a.y - b.y || a.weight - b.weight || Number(a.holdout) - Number(b.holdout);
}
