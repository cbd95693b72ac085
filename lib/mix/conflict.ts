import {linearProgram} from "./linearProgram.js";
import {rowOf, type Rule} from "./rules.js";

/** Rules in the program that asks whether any weights meet them: on the simplex. */
export function feasible(rules: readonly Rule[], n: number): boolean {
  return linearProgram(new Array<number>(n).fill(0), [simplexRow(n), ...rules.map(rowOf)]) !== null;
}

/** The weights sum to 1. */
export function simplexRow(n: number) {
  return {a: new Array<number>(n).fill(1), bound: 1, equal: true};
}

/**
 * The smallest set of rules that no mix can keep together; empty where all can be kept.
 *
 * Sets of up to three are tried all, so that none smaller exists; larger ones are thinned until each rule is needed.
 */
export function smallestConflict(rules: readonly Rule[], n: number): Rule[] {
  if (feasible(rules, n)) return [];
  const apart = rules.map((rule) => [rule]);
  let sets: Rule[][] = apart;
  for (let size = 1; size <= 3; size++) {
    const found = sets.find((set) => !feasible(set, n));
    if (found !== undefined) return found;
    sets = sets.flatMap((set) => rules.slice(rules.indexOf(set[set.length - 1]) + 1).map((rule) => [...set, rule]));
  }
  return rules.reduce((kept, rule) => {
    const without = kept.filter((r) => r !== rule);
    return feasible(without, n) ? kept : without;
  }, rules as Rule[]);
}
