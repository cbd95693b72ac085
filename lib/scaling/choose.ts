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
 * over, else in cross-validation. Candidates within one standard error of the best, in pairs by run, are a tie; one of
 * the rollout is decided by cross-validation, and what is tied there as well is won by the fewest coefficients, of equals
 * by the least error.
 *
 * Laws that the fitted runs themselves rule out do not compete: those whose AICc lies above the best one's by more than
 * 10, or by more than half the number of runs where these are many (a residual a quarter larger). With few runs the
 * cuts of a rollout are fits to very few, which a law with one coefficient less wins whether it holds or not.
 *
 * The error of a run is relative where all runs are positive, else plain. Errors of one level of the scale go together
 * (a law that bends wrongly misses them all alike) and are one pair.
 *
 * Compared before choosing, on 67 hold-outs from public sets (the largest models, the most tokens, extreme shares), by
 * the error on those runs over that of the best candidate, in the geometric mean: 24 curves of 10 runs 1.08 (1.24 without
 * AICc's word, 1.11 by cross-validation alone), 28 sets of many runs 1.16, 15 sets without a scale 1.42 (1.59 without
 * AICc's word, 1.81 by AICc alone). Worst: 8 mixes, of which three coefficients are too many for AICc to bear, 7.2.
 *
 * @throws RangeError if no candidate could be fitted, with each one's reason
 */
export function choose(
  scored: readonly Scored[],
  mixes: readonly Mix[],
  {folds, rollout}: {folds: readonly Split[]; rollout: RolloutSplits | null}
): Choice {
  const fitted = scored.filter((s) => s.fitted !== null && s.fitted.estimate.rank < mixes.length);
  if (fitted.length === 0) throw new RangeError(reasons(scored, mixes));
  const able = supported(fitted, mixes);
  const tests: Test[] = [];
  if (rollout !== null) {
    const errors = (s: Scored) => (s.rolled === null ? null : byLevel(s.rolled, rollout, mixes));
    tests.push({name: `rollout over ${rollout.over}`, errors});
  }
  const errors = (s: Scored) => (s.folded === null ? null : byMix(s.folded, folds, mixes));
  tests.push({name: `cross-validation in ${folds.length} folds`, errors});
  let left: readonly Scored[] = able;
  let ordered: readonly Scored[] = able;
  const words: string[] = [];
  for (const {name, errors} of tests) {
    if (left.length === 1 && words.length > 0) break;
    const found = rivals(left, errors);
    if (found === null) continue;
    if (words.length === 0) ordered = found.ordered;
    left = found.tied;
    words.push(
      left.length === 1
        ? `the least error in ${name}`
        : `${left.length} laws within one standard error of the least in ${name} (${left.map(({candidate}) => candidate.law).join(", ")})`
    );
  }
  // Sorting is stable: of laws with as many coefficients the one with the least error comes first.
  const best = left.toSorted(words.length === 0 ? byAicc : (a, b) => a.candidate.k - b.candidate.k)[0];
  if (words.length === 0) words.push("the least AICc: the runs are too few to leave some out");
  else if (left.length > 1) words.push("the fewest coefficients of these");
  if (able.length < fitted.length)
    words.unshift(`${able.length} of ${fitted.length} laws that the runs do not rule out`);
  const others = [
    ...ordered.filter((s) => able.includes(s)),
    ...able.filter((s) => !ordered.includes(s)).toSorted(byAicc),
    ...scored.filter((s) => !able.includes(s)).toSorted(byAicc)
  ];
  return {best, ranked: [best, ...others.filter((s) => s !== best)], chosenBy: words.join("; ")};
}

/** Errors on runs that were left out, in pairs with those of other candidates; null: the candidate was not tested. */
interface Test {
  readonly name: string;
  errors(s: Scored): number[] | null;
}

/** The candidates that were tested, the least error first, and those of them that are not apart from the first. */
function rivals(
  candidates: readonly Scored[],
  errors: Test["errors"]
): {ordered: readonly Scored[]; tied: readonly Scored[]} | null {
  const found = candidates.flatMap((s) => {
    const list = errors(s);
    return list === null ? [] : [{s, errors: list, error: mean(list)}];
  });
  if (found.length === 0) return null;
  found.sort((a, b) => a.error - b.error || byAicc(a.s, b.s));
  const [top] = found;
  const tied = found.filter((one) => one === top || one.error - top.error <= standardError(one.errors, top.errors));
  return {ordered: found.map(({s}) => s), tied: tied.map(({s}) => s)};
}

/** The candidates that the fitted runs do not rule out; a law with too many coefficients for AICc only where all are. */
function supported(fitted: readonly Scored[], mixes: readonly Mix[]): readonly Scored[] {
  const known = fitted.filter(({candidate}) => candidate.aicc !== null);
  if (known.length === 0) return fitted;
  const n = mixes.reduce((sum, mix) => sum + mix.runs.length, 0);
  const least = Math.min(...known.map(({candidate}) => candidate.aicc!));
  return known.filter(({candidate}) => candidate.aicc! <= least + Math.max(10, n / 2));
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
