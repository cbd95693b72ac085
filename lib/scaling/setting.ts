import type {Context, Law, Variable} from "./law.js";
import type {Mix} from "./mixes.js";
import type {Objective} from "./objective.js";
import {carried, tiersFor, valuesAt, type Role} from "./variables.js";
import {rowOf} from "./rows.js";
import {tierOf} from "./tierOf.js";

/** What all candidates of one fit share. */
export interface Setting {
  /** in the order in which runs hold their values, see variablesOf */
  readonly inputs: readonly {readonly name: string; readonly role: Role}[];
  readonly lowerIsBetter: boolean;
  readonly knot?: number;
  /** generated tokens over all tokens within each tier, by tier */
  readonly syntheticByTier?: Readonly<Record<string, number>> | null;
  readonly objective: Objective;
}

/** What a law is told of runs: which of their variables vary is read off the runs themselves. */
export function contextFor(
  law: Law,
  {inputs, lowerIsBetter, knot, syntheticByTier}: Omit<Setting, "objective">,
  mixes: readonly Pick<Mix, "x">[]
): Context {
  const varies = new Set<Variable>();
  for (const [j, {role}] of inputs.entries()) if (mixes.some(({x}) => x[j] !== mixes[0].x[j])) varies.add(role);
  // One share that varies makes the two shares vary that it stands for, and shares or tokens that vary make repeats of
  // one supply vary.
  if (varies.has("share") && law.reads.includes("shares")) varies.add("shares");
  const repeats = varies.has("shares") || varies.has("d");
  if (repeats && inputs.some(({role}) => role === "supplies")) varies.add("supplies");
  const tiers = tiersFor(law, inputs);
  // Runs of one tier have its supply as their distinct tokens.
  if (tiers.length === 1 && (varies.has("u") || varies.has("d"))) varies.add("supplies");
  const synthetic = syntheticOf(tiers, syntheticByTier);
  return {tiers, varies, lowerIsBetter, ...(knot !== undefined && {knot}), ...(synthetic !== null && {synthetic})};
}

/** Generated share of each tier; null where not every tier is known. */
function syntheticOf(
  tiers: readonly string[],
  byTier: Readonly<Record<string, number>> | null | undefined
): number[] | null {
  const found = tiers.map((tier) => byTier?.[tier] ?? byTier?.[tierOf(tier)]);
  return tiers.length > 0 && found.every((v) => v !== undefined) ? found : null;
}

/** The rows that a law reads, one a mix: views of one array, as a million arrays take six times its memory. */
export function rowsFor(law: Law, {inputs}: Setting, mixes: readonly Pick<Mix, "x">[]): Float64Array[] {
  let all = new Float64Array(0);
  return mixes.map(({x}, i) => {
    const row = rowOf(law, valuesAt(inputs, x));
    if (i === 0) all = new Float64Array(row.length * mixes.length);
    all.set(row, i * row.length);
    return all.subarray(i * row.length, (i + 1) * row.length);
  });
}

/** Whether squares of plain residuals are minimised: the mean of a mix then says all that its runs do. */
export function averages({loss, residuals}: Objective): boolean {
  return loss === "squares" && residuals === "raw";
}

/** The variables that runs carry. */
export function has({inputs}: Setting): ReadonlySet<Variable> {
  return carried(inputs);
}
