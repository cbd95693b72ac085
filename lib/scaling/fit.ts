import type {Fit} from "../schema/fit.js";
import {baselineMix} from "./baseline.js";
import {benchmarkOf} from "./benchmark.js";
import {runsOf, score, type Scored} from "./candidate.js";
import {coefficientDraws, type Cluster} from "./coefficientDraws.js";
import {collinear} from "./collinear.js";
import {heldOut} from "./heldOut.js";
import {identify} from "./identify.js";
import type {Context, Law} from "./law.js";
import {lawOf, laws} from "./laws.js";
import {mixesOf, replicateSd, type Mix} from "./mixes.js";
import {objectives} from "./objective.js";
import {observe, type Observations} from "./observations.js";
import {canRead, tierNames} from "./rows.js";
import {tierOf} from "./tierOf.js";

/** How to fit, and what to write down about the runs. */
export interface FitOptions {
  /** id of a law, or "auto": the lowest AICc among the laws that the runs can carry */
  readonly law?: string;
  /** name of the target, e.g. "bpb_test" */
  readonly target: string;
  /** by default what the name of the target says, see benchmarkOf */
  readonly lowerIsBetter?: boolean;
  /** bootstrap draws */
  readonly bootstrap?: number;
  readonly cluster?: Cluster;
  readonly seed?: number;
  /** of the intervals */
  readonly level?: number;
  /** of cross-validation; up to twenty mixes are left out one by one */
  readonly folds?: number;
  /** 1 − supply / budget, where all runs share them */
  readonly knot?: number;
  /** generated tokens over all tokens within each tier, by tier */
  readonly syntheticByTier?: Readonly<Record<string, number>> | null;
  readonly data?: Fit["data"];
}

/**
 * Fits benchmark values against the synthetic share, or against the shares of the tiers: every law that the runs can
 * carry, on the same runs, one chosen, its coefficients with bootstrap intervals.
 *
 * @param columns runs in any order; their order changes nothing
 * @throws RangeError for runs that cannot be fitted: one mix only, inputs that are bound to each other, too few mixes
 *   for the law that was asked for, and whatever `observe` refuses
 */
// eslint-disable-next-line @typescript-eslint/require-await -- awaits its workers once there are any
export async function fit(columns: Observations, options: FitOptions): Promise<Fit> {
  const {
    law = "auto",
    target,
    lowerIsBetter = benchmarkOf(target).lowerIsBetter,
    bootstrap = 1000,
    cluster = "mix",
    seed = 1
  } = options;
  const {level = 0.95, folds = 10, knot, syntheticByTier = null} = options;
  const inputs = Object.keys(columns.inputs);
  const runs = observe(columns);
  const mixes = mixesOf(runs.filter((run) => !run.holdout));
  const out = runs.filter((run) => run.holdout);
  refuse(mixes, inputs);
  const wanted = law === "auto" ? laws.filter((l) => matches(l, inputs)) : [named(law, inputs)];
  const contextFor = (l: Law) => contextOf(l, inputs, {lowerIsBetter, knot});
  const scored = wanted.map((l) =>
    score(l, mixes, contextFor(l), {folds: mixes.length <= 20 ? mixes.length : folds, seed})
  );
  const best = choose(scored, mixes);
  const {estimator, estimate} = best.fitted!;
  const draws = coefficientDraws(estimator, estimate, mixes, {
    draws: bootstrap,
    seed,
    cluster,
    known: columns.sd !== undefined
  });
  const chosen = estimator.law;
  const replicates = replicateSd(mixes);
  const share = (mix: Mix) => syntheticShare(mix, inputs, syntheticByTier);
  const base = baselineMix(mixes, share);
  const seen = runsOf(mixes).map((run) => run.y);
  return {
    version: 1,
    law: chosen.id,
    target,
    lowerIsBetter,
    inputs,
    roles: inputs.map(() => (inputs.length === 1 ? "share" : "shares")),
    fixed: {},
    objectiveForm: objectives.squares,
    syntheticByTier: syntheticByTier === null ? null : {...syntheticByTier},
    coefficients: identify(chosen, estimate, draws, {
      context: contextFor(chosen),
      target,
      level,
      known: chosen.linear!.shapes(contextFor(chosen)).length === 1
    }),
    objective: best.candidate.objective!,
    n: seen.length,
    heldOut:
      out.length > 0
        ? heldOut(
            out.map((run) => chosen.predict(estimate.coefficients, run.x)),
            out.map((run) => run.y)
          )
        : heldOut(best.predictions ?? [], best.predictions === null ? [] : seen),
    candidates: scored.map((s) => s.candidate).sort(byScore),
    chosenBy: law === "auto" ? "lowest AICc" : "asked for by name",
    bootstrap: {kind: "residual", method: "percentile"},
    weighting: columns.sd === undefined ? "equal" : "sd",
    draws: draws.map((row) => row.map((v) => Number(v.toPrecision(12)))),
    level,
    seed,
    domain: Object.fromEntries(inputs.map((name, j) => [name, extent(mixes.map((mix) => mix.x[j]))])),
    hull: mixes.slice(0, 2000).map((mix) => [...mix.x]),
    at: {},
    influence: [],
    baseline: {
      inputs: Object.fromEntries(inputs.map((name, j) => [name, base.x[j]])),
      value: chosen.predict(estimate.coefficients, base.x),
      replicateSd: replicates.sd,
      replicates: replicates.runs
    },
    data: options.data ?? {source: "", sha256: "", tokenizer: null, where: null},
    notes: [],
    first: null
  };
}

function refuse(mixes: readonly Mix[], inputs: readonly string[]): void {
  const n = runsOf(mixes).length;
  if (n < 3) throw new RangeError(`expected at least 3 runs to fit, got ${n}`);
  if (mixes.length < 2)
    throw new RangeError(
      `expected runs at two different mixes or more; all ${n} are at ${inputs.map((name, j) => `${name} = ${mixes[0].x[j]}`).join(", ")}`
    );
  const bound = collinear(
    mixes.map((mix) => mix.x),
    inputs
  );
  if (bound.length > 0)
    throw new RangeError(
      `expected inputs that vary apart; ${bound.join(", ")} move together in every run, and no law can tell them apart`
    );
}

function contextOf(
  law: Law,
  inputs: readonly string[],
  {lowerIsBetter, knot}: {lowerIsBetter: boolean; knot?: number}
): Context {
  const share = inputs.length === 1 ? "share" : "shares";
  return {tiers: tierNames(law, inputs), varies: new Set([share]), lowerIsBetter, ...(knot !== undefined && {knot})};
}

function matches(law: Law, inputs: readonly string[]): boolean {
  return law.linear !== undefined && canRead(law, new Set([inputs.length === 1 ? "share" : "shares"]));
}

function named(id: string, inputs: readonly string[]): Law {
  const law = lawOf(id);
  if (!matches(law, inputs)) throw new RangeError(`${id}: expected ${law.reads.join(", ")}, got ${inputs.join(", ")}`);
  return law;
}

function choose(scored: readonly Scored[], mixes: readonly Mix[]): Scored {
  const able = scored.filter((s) => s.fitted !== null && s.fitted.estimator.k < mixes.length);
  const best = able.toSorted((a, b) => byScore(a.candidate, b.candidate))[0];
  if (best !== undefined) return best;
  const reasons = scored.map(({candidate, fitted}) =>
    fitted === null
      ? `${candidate.law}: ${candidate.note}`
      : `${candidate.law}: expected more than ${fitted.estimator.k} distinct mixes, got ${mixes.length}`
  );
  throw new RangeError(reasons.join("; "));
}

function byScore(a: Scored["candidate"], b: Scored["candidate"]): number {
  const gap = (a.aicc ?? Infinity) - (b.aicc ?? Infinity);
  return (Number.isNaN(gap) || Math.abs(gap) < 1e-9 ? 0 : gap) || a.k - b.k || (a.law < b.law ? -1 : 1);
}

function syntheticShare(
  mix: Mix,
  inputs: readonly string[],
  byTier: Readonly<Record<string, number>> | null
): number | null {
  if (inputs.length === 1) return mix.x[0];
  if (mix.runs[0].synthetic !== null) return mix.runs[0].synthetic;
  if (byTier === null) return null;
  return inputs.reduce((sum, name, j) => sum + (byTier[tierOf(name)] ?? 0) * mix.x[j], 0);
}

function extent(values: readonly number[]): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
