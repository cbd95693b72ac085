import type {Variable} from "./law.js";

/** A variable of a run that is one number and no share. */
export type Scalar = Exclude<Variable, "share" | "shares" | "supplies">;

/** Runs as plain columns of one length. */
export interface Observations {
  /** by input: the synthetic share, or one share a tier; in [0, 1] */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** by variable, e.g. n and d: positive */
  readonly scalars?: Readonly<Partial<Record<Scalar, readonly number[]>>>;
  /** distinct tokens at hand of each input, by the inputs' names */
  readonly supplies?: Readonly<Record<string, readonly number[]>>;
  readonly target: readonly number[];
  /** runs with one seed share their corpus draw */
  readonly seed?: readonly (string | number)[];
  /** known standard deviation of each target value, in its unit; weights are then 1 / sd² */
  readonly sd?: readonly number[];
  /** synthetic share of each run, to find the baseline of a mix */
  readonly synthetic?: readonly number[];
  /** runs that are kept out of the fit and predicted by it */
  readonly holdout?: readonly boolean[];
}

/** One run, checked. */
export interface Observation {
  readonly x: readonly number[];
  readonly y: number;
  readonly seed: string;
  /** 1 / sd², or 1 */
  readonly weight: number;
  readonly synthetic: number | null;
  readonly holdout: boolean;
}

/**
 * The runs as checked rows, in an order that does not depend on theirs. Shares that were rounded to three decimals are
 * scaled to sum to 1.
 *
 * @throws RangeError for columns of different lengths, values that are not finite, shares outside [0, 1], and several
 *   shares whose sum is off by more than rounding (0.0005 for each), by how much and in which row
 */
export function observe(columns: Observations): Observation[] {
  const names = Object.keys(columns.inputs);
  if (names.length === 0) throw new RangeError("expected at least one input, got none");
  const n = columns.target.length;
  for (const [name, values] of [...Object.entries(columns.inputs), ...optional(columns)])
    if (values.length !== n) throw new RangeError(`${name}: expected ${n} values, got ${values.length}`);
  const rows = Array.from({length: n}, (_, i): Observation => {
    let x = names.map((name) => share(columns.inputs[name][i], name, i));
    const sum = x.reduce((a, b) => a + b, 0);
    if (names.length > 1) {
      if (Math.abs(sum - 1) > 0.0005 * names.length + 1e-9)
        throw new RangeError(
          `row ${i + 1}: expected ${names.join(" + ")} to be 1, got ${sum.toFixed(4)} (off by ${(sum - 1).toFixed(4)})`
        );
      x = x.map((v) => v / sum);
    }
    const sd = columns.sd === undefined ? 1 : finite(columns.sd[i], "sd", i);
    if (sd <= 0) throw new RangeError(`row ${i + 1}: sd: expected a positive number, got ${sd}`);
    return {
      x,
      y: finite(columns.target[i], "target", i),
      seed: String(columns.seed?.[i] ?? ""),
      weight: 1 / sd ** 2,
      synthetic: columns.synthetic === undefined ? null : share(columns.synthetic[i], "synthetic share", i),
      holdout: columns.holdout?.[i] ?? false
    };
  });
  return rows.sort(compare);
}

/** The name under which runs with one mix meet: their inputs to nine decimals. */
export function mixKey(x: readonly number[]): string {
  return x.map((v) => v.toFixed(9)).join(" ");
}

function optional({seed, sd, synthetic, holdout}: Observations): [string, readonly unknown[]][] {
  const columns: Record<string, readonly unknown[] | undefined> = {seed, sd, synthetic, holdout};
  return Object.entries(columns).flatMap(([name, values]) => (values === undefined ? [] : [[name, values]]));
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
  return a.y - b.y || a.weight - b.weight || Number(a.holdout) - Number(b.holdout);
}
