import type {Law, Variable} from "./law.js";
import {laws} from "./laws.js";

/** A law for people who choose one: what it says, what it reads, what it estimates. */
export interface LawDescription {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  readonly reads: readonly Variable[];
  /** of those, the ones that runs may lack */
  readonly optional: readonly Variable[];
  readonly of: Law["of"];
  /** with shares of two tiers, T0 and T2, where the law reads shares */
  readonly parameters: readonly {name: string; unit: string; bounds: readonly [number, number]}[];
  readonly source: string;
}

/** All laws, in the order of their list. Parameters are those of a loss, where every variable varies. */
export function describeLaws(): LawDescription[] {
  return laws.map((law) => {
    const {id, title, formula, reads, optional = [], of, source} = law;
    const context = {
      tiers: reads.includes("shares") ? ["T0", "T2"] : [],
      varies: new Set<Variable>([...reads, ...optional]),
      lowerIsBetter: true,
      knot: 0.5
    };
    const parameters = law
      .parameters(context)
      .filter(({fixed}) => fixed === undefined)
      .map(({name, unit, bounds}) => ({name, unit, bounds}));
    return {id, title, formula, reads, optional, of, parameters, source};
  });
}
