import type {Law, Variable} from "./law.js";

/** A run's values by variable; shares and supplies in the order of the tiers. */
export type Values = Readonly<Partial<Record<Exclude<Variable, "shares" | "supplies">, number>>> & {
  readonly shares?: readonly number[];
  readonly supplies?: readonly number[];
};

/** Whether runs with these variables can be fitted with a law. One share stands for two: what is left of 1, and it. */
export function canRead(law: Law, has: ReadonlySet<Variable>): boolean {
  return law.reads.every(
    (v) => has.has(v) || law.optional?.includes(v) || (v === "shares" && law.optional !== undefined && has.has("share"))
  );
}

/**
 * A run as the row that a law reads.
 *
 * @throws RangeError if the run lacks a variable that is not optional
 */
export function rowOf(law: Law, values: Values): Float64Array {
  const shares = values.shares ?? (values.share === undefined ? undefined : [1 - values.share, values.share]);
  const row: number[] = [];
  for (const variable of law.reads) {
    if (variable === "shares") {
      if (shares === undefined) throw missing(law, variable);
      row.push(...shares);
    } else if (variable === "supplies") {
      row.push(...(values.supplies ?? new Array<number>(shares?.length ?? 0).fill(Infinity)));
    } else {
      const value = values[variable];
      if (value === undefined && !law.optional?.includes(variable)) throw missing(law, variable);
      row.push(value ?? (variable === "n" || variable === "u" ? Infinity : 1));
    }
  }
  return Float64Array.from(row);
}

/** Names of what the shares are of: the given inputs, or, for one share, human and synthetic. */
export function tierNames(law: Law, inputs: readonly string[]): readonly string[] {
  if (!law.reads.includes("shares")) return [];
  return inputs.length === 1 ? ["human", "synthetic"] : inputs;
}

function missing(law: Law, variable: Variable): RangeError {
  return new RangeError(`${law.id}: expected runs with ${variable}, got none`);
}
