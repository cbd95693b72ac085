import type {Law, Variable} from "./law.js";

/** A run's values by variable; shares and supplies in the order of the tiers. */
export type Values = Readonly<Partial<Record<Exclude<Variable, "shares" | "supplies">, number>>> & {
  readonly shares?: readonly number[];
  readonly supplies?: readonly number[];
};

/**
 * Whether runs with these variables can be fitted with a law. One share stands for two: what is left of 1, and it. Runs
 * without shares are of one tier, whose supply is u, for a law whose shares are optional.
 */
export function canRead(law: Law, has: ReadonlySet<Variable>): boolean {
  return law.reads.every((v) => {
    if (has.has(v)) return true;
    if (v !== "shares") return law.optional?.includes(v) === true;
    return law.optional !== undefined && (has.has("share") || (law.optional.includes(v) && has.has("u")));
  });
}

/**
 * A run as the row that a law reads.
 *
 * @throws RangeError if the run lacks a variable that is not optional
 */
export function rowOf(law: Law, values: Values): Float64Array {
  const whole = values.share === undefined && values.u !== undefined && law.optional?.includes("shares");
  const shares = values.shares ?? (values.share === undefined ? undefined : [1 - values.share, values.share]);
  const row: number[] = [];
  for (const variable of law.reads) {
    if (variable === "shares") {
      if (shares === undefined && !whole) throw missing(law, variable);
      row.push(...(shares ?? [1]));
    } else if (variable === "supplies") {
      row.push(...(values.supplies ?? shares?.map(() => Infinity) ?? [values.u ?? Infinity]));
    } else {
      const value = values[variable];
      if (value === undefined && !law.optional?.includes(variable)) throw missing(law, variable);
      row.push(value ?? (variable === "n" || variable === "u" ? Infinity : 1));
    }
  }
  return Float64Array.from(row);
}

/** Names of what the shares are of: the given inputs; for one share, human and synthetic; for none, all. */
export function tierNames(law: Law, inputs: readonly string[]): readonly string[] {
  if (!law.reads.includes("shares")) return [];
  return inputs.length === 1 ? ["human", "synthetic"] : inputs.length === 0 ? ["all"] : inputs;
}

function missing(law: Law, variable: Variable): RangeError {
  return new RangeError(`${law.id}: expected runs with ${variable}, got none`);
}
