import type {Row} from "./linearProgram.js";
import {rowOf, type Rule} from "./rules.js";
import type {Band, Solver} from "./solver.js";

/** A rule of a conflict, with what it would have to be for the others to be kept. */
interface Conflicting {
  readonly rule: Rule;
  /** the bound nearest to the rule's own, in the rule's shown unit; null where no bound would do */
  readonly would: number | null;
}

/** Rows scaled so that their largest coefficient is 1. */
function band(rule: Rule): Band {
  const {a, bound} = rowOf(rule);
  const size = Math.max(...a.map(Math.abs)) || 1;
  return {a: a.map((v) => v / size), lower: -Infinity, upper: bound / size};
}

function simplex(n: number): Band {
  return {a: new Array<number>(n).fill(1), lower: 1, upper: 1};
}

/** Whether some mix meets all rules. */
function feasible(rules: readonly Rule[], n: number, solver: Solver): boolean {
  return solver.solve({cost: new Float64Array(n), rows: [simplex(n), ...rules.map(band)]}) !== null;
}

/**
 * The smallest set of linear rules that no mix can keep together; empty where all can be kept.
 *
 * Rules are in conflict where some sum of them, each times a weight y ≥ 0, asks for what no mix can give (Farkas). The
 * sum with the fewest rules is found by a program with a whole number for each rule, so that no smaller set exists.
 */
export function smallestConflict(rules: readonly Rule[], n: number, solver: Solver): Rule[] {
  if (feasible(rules, n, solver)) return [];
  const bands = rules.map(band);
  const m = rules.length;
  // Variables: y, which rules take part, and the least value of the summed rules over the simplex, split by sign.
  const unit = (entries: readonly (readonly [number, number])[]) => {
    const a = new Float64Array(2 * m + 2);
    for (const [j, v] of entries) a[j] = v;
    return a;
  };
  const rows: Band[] = [
    {a: unit(rules.map((_, i) => [i, 1])), lower: 1, upper: 1},
    // Each weight of the mix would have to give at least the level, and the bounds give less.
    ...Array.from({length: n}, (_, j) => ({
      a: unit([...bands.map(({a}, i) => [i, a[j]] as const), [2 * m, -1], [2 * m + 1, 1]]),
      lower: 0,
      upper: Infinity
    })),
    {
      a: unit([...bands.map(({upper}, i) => [i, upper] as const), [2 * m, -1], [2 * m + 1, 1]]),
      lower: -Infinity,
      upper: -1e-8
    },
    ...rules.map((_, i) => ({
      a: unit([
        [i, 1],
        [m + i, -1]
      ]),
      lower: -Infinity,
      upper: 0
    }))
  ];
  const found = solver.solve({
    cost: unit(rules.map((_, i) => [m + i, 1])),
    rows,
    upper: Float64Array.from({length: 2 * m + 2}, (_, j) => (j >= m && j < 2 * m ? 1 : Infinity)),
    whole: Array.from({length: 2 * m + 2}, (_, j) => j >= m && j < 2 * m)
  });
  const named = found === null ? [...rules] : rules.filter((_, i) => found.x[m + i] > 0.5);
  const set = feasible(named, n, solver) ? [...rules] : named;
  // Each of them is needed: without any one the others can be kept.
  return set.reduce((kept, rule) => {
    const without = kept.filter((r) => r !== rule);
    return feasible(without, n, solver) ? kept : without;
  }, set);
}

/** What each rule of a conflict would have to be, were the others kept. */
export function wouldBe(conflict: readonly Rule[], n: number, solver: Solver): Conflicting[] {
  return conflict.map((rule) => {
    const others = conflict.filter((other) => other !== rule);
    const sign = rule.sense === "≤" ? 1 : -1;
    const found = solver.solve({
      cost: rule.a.map((v) => sign * v),
      rows: [simplex(n), ...others.map(band)]
    });
    if (found === null) return {rule, would: null};
    if (rule.shown === undefined) return {rule, would: sign * found.value};
    // A shown bound is another unit: what the rule shows of the mix that comes nearest.
    return {rule, would: rule.shown.value(Array.from(found.x))};
  });
}

/** A conflict in words. */
export function inWords(conflict: readonly Conflicting[]): string {
  const names = conflict.map(({rule}) => `${rule.rule} (${rule.statement})`).join(", ");
  const numbers = conflict.flatMap(({rule, would}) =>
    would === null ? [] : [`${rule.rule} would have to be ${rule.sense} ${Number(would.toPrecision(6))}`]
  );
  return `${names}${numbers.length === 0 ? "" : `; with the others kept, ${numbers.join(", or ")}`}`;
}

/** The rules' rows. */
export function rowsOf(rules: readonly Rule[]): Row[] {
  return rules.map(rowOf);
}
