import type {Context, Law, Variable} from "./law.js";
import type {Mix} from "./mixes.js";
import type {Objective} from "./objective.js";
import {carried, tiersFor, valuesAt, type Role} from "./variables.js";
import {rowOf} from "./rows.js";

/** What all candidates of one fit share. */
export interface Setting {
  /** in the order in which runs hold their values, see variablesOf */
  readonly inputs: readonly {readonly name: string; readonly role: Role}[];
  readonly lowerIsBetter: boolean;
  readonly knot?: number;
  readonly objective: Objective;
}

/** What a law is told of runs: which of their variables vary is read off the runs themselves. */
export function contextFor(
  law: Law,
  {inputs, lowerIsBetter, knot}: Setting,
  mixes: readonly Pick<Mix, "x">[]
): Context {
  const varies = inputs.flatMap(({role}, j) => (mixes.some(({x}) => x[j] !== mixes[0].x[j]) ? [role] : []));
  return {
    tiers: tiersFor(law, inputs),
    varies: variesFor(law, varies),
    lowerIsBetter,
    ...(knot !== undefined && {knot})
  };
}

/** One share that varies makes the two shares vary that it stands for. */
export function variesFor(law: Law, varies: readonly Variable[]): Set<Variable> {
  const twoShares = varies.includes("share") && law.reads.includes("shares");
  return new Set([...varies, ...(twoShares ? (["shares"] as const) : [])]);
}

/** The rows that a law reads, one a mix. */
export function rowsFor(law: Law, {inputs}: Setting, mixes: readonly Pick<Mix, "x">[]): Float64Array[] {
  return mixes.map(({x}) => rowOf(law, valuesAt(inputs, x)));
}

/** Whether squares of plain residuals are minimised: the mean of a mix then says all that its runs do. */
export function averages({loss, residuals}: Objective): boolean {
  return loss === "squares" && residuals === "raw";
}

/** The variables that runs carry. */
export function has({inputs}: Setting): ReadonlySet<Variable> {
  return carried(inputs);
}
