import type {Scored} from "./candidate.js";
import type {Mix} from "./mixes.js";
import type {RolloutSplits, Split} from "./splits.js";

/** The law that was chosen, and what decided, in words. */
export interface Choice {
  readonly best: Scored;
  /** all candidates, the best first */
  readonly ranked: readonly Scored[];
  readonly chosenBy: string;
}

/**
 * The law with the least error on runs that its fit had not seen: on larger runs where there is a scale to roll out
 * over, else in cross-validation. Candidates within one standard error of the best, in pairs by run, are a tie, and
 * the one with the fewest coefficients wins it; of equals the one with the least error.
 *
 * The error of a run is relative where all runs are positive, else plain. Errors of one level of the scale go together
 * (a law that bends wrongly misses them all alike) and are one pair.
 *
 * @throws RangeError if no candidate could be fitted, with each one's reason
 */
export function choose(
  scored: readonly Scored[],
  mixes: readonly Mix[],
  {folds, rollout}: {folds: readonly Split[]; rollout: RolloutSplits | null}
): Choice {
  const few = scored.filter(({fitted}) => fitted !== null && fitted.estimate.rank < mixes.length);
  if (few.length === 0) throw new RangeError(reasons(scored, mixes));
  // A law with as many coefficients as there is evidence fits everything: it is chosen only where nothing else can be.
  const modest = few.filter(({candidate}) => candidate.aicc !== null);
  const able = modest.length > 0 ? modest : few;
  const rolled = able.filter(({rolled}) => rolled !== null);
  const folded = able.filter(({folded}) => folded !== null);
  const [evidence, members, errors] =
    rolled.length > 0
      ? (["rollout", rolled, (s: Scored) => byLevel(s.rolled!, rollout!, mixes)] as const)
      : (["folds", folded, (s: Scored) => byMix(s.folded!, folds, mixes)] as const);
  if (members.length === 0) {
    const ranked = rank(able, scored, byAicc);
    return {best: ranked[0], ranked, chosenBy: "AICc: the runs are too few to leave some out"};
  }
  const found = members.map((s) => ({s, errors: errors(s), error: 0}));
  for (const one of found) one.error = mean(one.errors);
  found.sort((a, b) => a.error - b.error || byAicc(a.s, b.s));
  const [top] = found;
  const tied = found.filter((one) => one === top || one.error - top.error <= standardError(one.errors, top.errors));
  tied.sort((a, b) => a.s.candidate.k - b.s.candidate.k || a.error - b.error);
  const best = tied[0].s;
  const order = new Map(found.map((one, i) => [one.s, i]));
  const ranked = [
    best,
    ...rank(able, scored, (a, b) => (order.get(a) ?? Infinity) - (order.get(b) ?? Infinity) || byAicc(a, b)).filter(
      (s) => s !== best
    )
  ];
  const over = evidence === "rollout" ? `rollout over ${rollout!.over}` : `cross-validation in ${folds.length} folds`;
  const rivals = tied.filter(({s}) => s !== best).map(({s}) => s.candidate.law);
  const decision =
    rivals.length === 0
      ? "the least error"
      : `the fewest coefficients of ${rivals.length + 1} laws within one standard error of the least (${rivals.join(", ")})`;
  return {best, ranked, chosenBy: `${over}: ${decision}`};
}

function rank(able: readonly Scored[], scored: readonly Scored[], order: (a: Scored, b: Scored) => number): Scored[] {
  const others = scored.filter((s) => !able.includes(s));
  return [...able.toSorted(order), ...others.toSorted(byAicc)];
}

/** Order by AICc, then by coefficients, then by name. */
export function byAicc({candidate: a}: Pick<Scored, "candidate">, {candidate: b}: Pick<Scored, "candidate">): number {
  const gap = (a.aicc ?? Infinity) - (b.aicc ?? Infinity);
  return (Number.isNaN(gap) || Math.abs(gap) < 1e-9 ? 0 : gap) || a.k - b.k || (a.law < b.law ? -1 : 1);
}

/** Mean error of each mix over the splits that test it. */
function byMix(predicted: readonly (readonly number[])[], splits: readonly Split[], mixes: readonly Mix[]): number[] {
  const relative = mixes.every(({runs}) => runs.every(({y}) => y > 0));
  const sums = new Float64Array(mixes.length);
  const times = new Int32Array(mixes.length);
  for (const [i, {test}] of splits.entries())
    for (const [j, g] of test.entries()) {
      const {runs} = mixes[g];
      const p = predicted[i][j];
      for (const {y} of runs) sums[g] += Math.abs(relative ? p / y - 1 : p - y) / runs.length;
      times[g]++;
    }
  return Array.from(sums, (sum, g) => (times[g] === 0 ? NaN : sum / times[g]));
}

/** Mean error of each level of the scale. */
function byLevel(
  predicted: readonly (readonly number[])[],
  {splits, scale}: RolloutSplits,
  mixes: readonly Mix[]
): number[] {
  const levels = new Map<number, number[]>();
  for (const [g, error] of byMix(predicted, splits, mixes).entries()) {
    if (Number.isNaN(error)) continue;
    const level = levels.get(scale[g]);
    if (level === undefined) levels.set(scale[g], [error]);
    else level.push(error);
  }
  return [...levels].sort(([a], [b]) => a - b).map(([, errors]) => mean(errors));
}

/** Standard error of the mean difference of paired errors; 0 for one pair, which says nothing of its spread. */
function standardError(a: readonly number[], b: readonly number[]): number {
  const gaps = a.map((v, i) => v - b[i]);
  if (gaps.length < 2) return 0;
  const centre = mean(gaps);
  return Math.sqrt(gaps.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (gaps.length - 1) / gaps.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function reasons(scored: readonly Scored[], mixes: readonly Mix[]): string {
  return scored
    .map(({candidate, fitted}) =>
      fitted === null
        ? `${candidate.law}: ${candidate.note}`
        : `${candidate.law}: expected more than ${candidate.k - 1} distinct mixes, got ${mixes.length}`
    )
    .join("; ");
}
