import type {Fit} from "../schema/fit.js";
import type {Law, Variable} from "./law.js";
import type {Observations, Scalar} from "./observations.js";
import {tierNames, type Values} from "./rows.js";

/** What an input of a fit is to a law. */
export type Role = Fit["roles"][number];

/** A column of numbers that a law may read. */
export interface Input {
  readonly name: string;
  readonly role: Role;
  readonly values: readonly number[];
}

/** Variables of one number that are no share, in the order in which runs hold them. */
export const scalars: readonly Scalar[] = ["n", "d", "u", "loss", "generation", "samples", "cut"];

/** The name of the input that holds a tier's supply. */
export function supplyName(input: string): string {
  return `supply ${input}`;
}

/**
 * The columns of runs that laws may read, in a fixed order: scalars, shares, supplies.
 *
 * @throws RangeError for supplies that are not of the inputs
 */
export function variablesOf({inputs, scalars: given = {}, supplies = {}}: Observations): Input[] {
  const shares = Object.entries(inputs);
  const role = shares.length === 1 ? "share" : "shares";
  const owners = shares.length === 1 ? ["human", "synthetic"] : shares.map(([name]) => name);
  const supplied = Object.keys(supplies);
  if (supplied.length > 0 && (supplied.length !== owners.length || owners.some((name) => !(name in supplies))))
    throw new RangeError(`expected supplies of ${owners.join(", ") || "no input"}, got ${supplied.join(", ")}`);
  return [
    ...scalars.flatMap((name): Input[] => {
      const values = given[name];
      return values === undefined ? [] : [{name, role: name, values}];
    }),
    ...shares.map(([name, values]): Input => ({name, role, values})),
    ...(supplied.length === 0 ? [] : owners).map((name): Input => ({
      name: supplyName(name),
      role: "supplies",
      values: supplies[name]
    }))
  ];
}

/** The inputs in the order that a law reads them, then those that it does not read. */
export function orderFor<T extends {readonly role: Role}>(law: Law, inputs: readonly T[]): T[] {
  const place = (role: Role) => {
    const at = law.reads.findIndex((v) => v === role || (v === "shares" && role === "share"));
    return at < 0 ? law.reads.length : at;
  };
  return inputs.toSorted((a, b) => place(a.role) - place(b.role));
}

/** Values of a run, in the order of `inputs`, by what they are to a law. */
export function valuesAt(inputs: readonly {readonly role: Role}[], x: ArrayLike<number>): Values {
  const out: Record<string, number | number[]> = {};
  for (const [i, {role}] of inputs.entries())
    if (role === "shares" || role === "supplies") ((out[role] ??= []) as number[]).push(x[i]);
    else out[role] = x[i];
  return out as Values;
}

/** The variables that runs carry. */
export function carried(inputs: readonly {readonly role: Role}[]): Set<Variable> {
  return new Set(inputs.map(({role}) => role));
}

/** Names of what a law's shares are of. */
export function tiersFor(law: Law, inputs: readonly {readonly name: string; readonly role: Role}[]): readonly string[] {
  return tierNames(
    law,
    inputs.filter(({role}) => role === "share" || role === "shares").map(({name}) => name)
  );
}
