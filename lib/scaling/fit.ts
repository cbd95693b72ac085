import {Fit} from "../schema/fit.js";
import {baselineMix} from "./baseline.js";
import {benchmarkOf} from "./benchmark.js";
import {errorOf, score} from "./candidate.js";
import {choose} from "./choose.js";
import {coefficientsOf, profilesOf} from "./coefficients.js";
import {collinear} from "./collinear.js";
import {drawsOf, type ClusterOption} from "./drawsOf.js";
import {heldOut} from "./heldOut.js";
import {hullOf} from "./hull.js";
import {finalOf} from "./final.js";
import {influential} from "./influential.js";
import {lawOf, laws} from "./laws.js";
import {mixesOf, replicateSd, type Mix} from "./mixes.js";
import {noiseWeights} from "./noiseWeights.js";
import {objectives, type ObjectiveName} from "./objective.js";
import {observe, type Observation, type Observations} from "./observations.js";
import {canRead} from "./rows.js";
import {averages, has, rowsFor, type Setting} from "./setting.js";
import {foldSplits, rolloutSplits} from "./splits.js";
import {runHere, type RunTasks} from "./task.js";
import {tierOf} from "./tierOf.js";
import {orderFor, variablesOf} from "./variables.js";

/** How to fit, and what to write down about the runs. */
export interface FitOptions {
  /** id of a law, or "auto": the least error on runs left out, among the laws that the runs can carry; see choose */
  readonly law?: string;
  /** name of the target, e.g. "bpb_test" */
  readonly target: string;
  /** by default what the name of the target says, see benchmarkOf */
  readonly lowerIsBetter?: boolean;
  /** what is minimised; by default Huber's loss of logarithms for positive targets of which less is better where n, d
   * or u is given, else squares */
  readonly objective?: ObjectiveName;
  /** bootstrap draws */
  readonly bootstrap?: number;
  /** what draws are made of; by default residuals under squares, else cases */
  readonly resample?: "residual" | "case";
  /** "mix" and "run": what the size of residual noise is read from; "seed" and "group": runs drawn together */
  readonly cluster?: ClusterOption;
  /** how intervals are read from the draws */
  readonly method?: Fit["bootstrap"]["method"];
  readonly seed?: number;
  /** of the intervals */
  readonly level?: number;
  /** of cross-validation; up to twenty mixes are left out one by one */
  readonly folds?: number;
  /** starts that a search runs to convergence, the most promising of the law's own after a few steps from each */
  readonly starts?: number;
  /** 1 − supply / budget, where all runs share them */
  readonly knot?: number;
  /** generated tokens over all tokens within each tier, by tier */
  readonly syntheticByTier?: Readonly<Record<string, number>> | null;
  readonly data?: Fit["data"];
  /** does the searches, e.g. on workers; who does them changes nothing */
  readonly run?: RunTasks;
}

/** More distinct points than this are thinned for everything but the chosen law's own fit. */
const large = 20_000;

/** Points that candidates are compared on, of more than `large`. */
const compared = 4000;

/**
 * Fits benchmark values against scale, the synthetic share, or the shares of the tiers: every law that the runs can
 * carry, on the same runs by the same objective, one chosen, its coefficients with intervals.
 *
 * More than 20,000 distinct points: the candidates are compared on 4,000 of them, evenly spread over the sorted runs;
 * the chosen law is then fitted to all, and its draws are made by blocks of runs. `notes` says so.
 *
 * @param columns runs in any order; their order changes nothing
 * @throws RangeError for runs that cannot be fitted: one mix only, shares that are bound to each other, too few mixes
 *   for the law that was asked for, and whatever `observe` refuses
 */
export async function fit(columns: Observations, options: FitOptions): Promise<Fit> {
  const {
    law = "auto",
    target,
    lowerIsBetter = benchmarkOf(target).lowerIsBetter,
    knot,
    seed = 1,
    syntheticByTier = null
  } = options;
  const {bootstrap = 1000, level = 0.95, folds = 10, starts = 4, method = "percentile", run = runHere} = options;
  if (bootstrap < 2) throw new RangeError(`expected at least 2 bootstrap draws, got ${bootstrap}`);
  const variables = variablesOf(columns);
  const form = options.objective ?? objectiveFor(columns, lowerIsBetter);
  const objective = objectives[form];
  const setting: Setting = {
    inputs: variables.map(({name, role}) => ({name, role})),
    lowerIsBetter,
    knot,
    syntheticByTier,
    objective
  };
  const observed = observe(columns, {positive: objective.residuals === "log", target});
  const notes: string[] = [];
  const {mixes, weighting} = weighted(
    observed.filter((r) => !r.holdout),
    columns,
    {logs: objective.residuals === "log", notes}
  );
  const out = observed.filter((r) => r.holdout);
  refuse(mixes, setting);
  const runs = mixes.flatMap((mix) => mix.runs);
  const points = averages(objective) ? mixes.length : runs.length;
  const thin = points > large ? thinned(mixes, notes) : mixes;
  const wanted = law === "auto" ? laws.filter((l) => canRead(l, has(setting))) : [named(law, setting)];
  const splits = {
    folds: foldSplits(thin.length, {folds: thin.length <= 20 ? thin.length : folds, seed}),
    rollout: rolloutSplits(setting, thin)
  };
  const scored = [];
  for (const l of wanted) scored.push(await score(l, setting, thin, {...splits, run, starts}));
  const {best, ranked, chosenBy} = choose(scored, thin, splits);
  const chosen = best.fitted!.estimator.law;
  const known = columns.sd !== undefined;
  const cluster = options.cluster ?? "mix";
  const size = cluster === "run" ? "run" : "mix";
  const found = await finalOf(best.fitted!, setting, mixes, {whole: thin === mixes, run});
  const profiles = profilesOf(found.estimator, found.estimate, {level, known, cluster: size});
  const estimate =
    profiles === null ? found.estimate : {...found.estimate, theta: profiles.theta, objective: profiles.objective};
  const fitted = {estimator: found.estimator, estimate};
  const made = await drawsOf(fitted, setting, mixes, {
    ...options,
    cluster,
    draws: bootstrap,
    seed,
    known,
    run,
    large,
    notes
  });
  const judged =
    runs.length > large ? null : await influential(made.single(), estimate, runs, {inputs: setting.inputs, run});
  if (judged === null) notes.push(`the influence of single runs was not looked into: there are more than ${large}`);
  const {theta} = estimate;
  const places = orderFor(
    chosen,
    setting.inputs.map((input, j) => ({...input, j}))
  );
  const predict = (xs: readonly {readonly x: readonly number[]}[]) =>
    rowsFor(chosen, setting, xs).map((row) => chosen.predict(theta, row));
  const named1 = (x: readonly number[]) => Object.fromEntries(places.map(({name, j}) => [name, x[j]]));
  const replicates = replicateSd(mixes);
  const base = baselineMix(mixes, (mix) => syntheticShare(mix, setting, syntheticByTier));
  const domain = places.map(({name, j}): [string, [number, number]] => [name, extent(mixes.map((mix) => mix.x[j]))]);
  const {parameters} = found.estimator;
  const roles = places.map(({role}) => role);
  return checked({
    version: 1,
    law: chosen.id,
    target,
    lowerIsBetter,
    inputs: places.map(({name}) => name),
    roles,
    fixed: Object.fromEntries(parameters.flatMap(({name, fixed}) => (fixed === undefined ? [] : [[name, fixed]]))),
    objectiveForm: objective,
    syntheticByTier: syntheticByTier === null ? null : {...syntheticByTier},
    coefficients: coefficientsOf(found.estimator, estimate, made.draws, {
      profiles,
      jackknife: method === "bca" && judged !== null ? judged.jackknife : null,
      target,
      level
    }),
    objective: (objective.loss === "squares" ? 2 : 1) * (estimate.objective + found.estimator.sample.within / 2),
    n: runs.length,
    heldOut:
      out.length > 0
        ? heldOut(
            predict(out),
            out.map((r) => r.y)
          )
        : best.folded === null
          ? heldOut([], [])
          : errorOf(best.folded, splits.folds, thin),
    candidates: ranked.map(({candidate}) => candidate),
    chosenBy: law === "auto" ? chosenBy : "asked for by name",
    bootstrap: {kind: made.kind, method: judged === null ? "percentile" : method},
    weighting,
    draws: made.draws.map((draw) => found.estimator.free.map((i) => Number(draw[i].toPrecision(12)))),
    level,
    seed,
    domain: Object.fromEntries(domain),
    hull: hullOf(
      mixes.map(({x}) => places.map(({j}) => x[j])),
      roles
    ).map((x) => [...x]),
    at: Object.fromEntries(
      domain.filter((_, i) => roles[i] !== "share" && roles[i] !== "shares").map(([name, [, high]]) => [name, high])
    ),
    influence: judged?.influence ?? [],
    baseline: {
      inputs: named1(base.x),
      value: predict([base])[0],
      replicateSd: replicates.sd,
      replicates: replicates.runs
    },
    data: options.data ?? {source: "", sha256: "", tokenizer: null, where: null},
    notes,
    first: null
  });
}

function objectiveFor({scalars = {}, target}: Observations, lowerIsBetter: boolean): ObjectiveName {
  const scaled = scalars.n !== undefined || scalars.d !== undefined || scalars.u !== undefined;
  return scaled && lowerIsBetter && target.every((y) => y > 0) ? "huber-log" : "squares";
}

/** The mixes of runs, weighted by their replicates' noise where that differs. */
function weighted(
  runs: readonly Observation[],
  {sd}: Observations,
  {logs, notes}: {logs: boolean; notes: string[]}
): {mixes: Mix[]; weighting: Fit["weighting"]} {
  const mixes = mixesOf(runs);
  if (sd !== undefined) return {mixes, weighting: "sd"};
  const found = noiseWeights(mixes, {logs});
  if (found === null) return {mixes, weighting: "equal"};
  notes.push(
    "replicates differ in their noise from mix to mix by more than chance: runs are weighted by it, shrunk towards the pooled noise"
  );
  const reweighted = mixes.flatMap((mix, g) => mix.runs.map((r) => ({...r, weight: found.factors[g]})));
  return {mixes: mixesOf(reweighted), weighting: "replicates"};
}

/** Every so many of the mixes, which are sorted. */
function thinned(mixes: readonly Mix[], notes: string[]): readonly Mix[] {
  const step = Math.ceil(mixes.length / compared);
  const kept = mixes.filter((_, g) => g % step === 0);
  notes.push(
    `${mixes.length} distinct points: the laws were compared on ${kept.length} of them, evenly spread, and the chosen one was fitted to all`
  );
  return kept;
}

function refuse(mixes: readonly Mix[], {inputs}: Setting): void {
  const n = mixes.reduce((sum, mix) => sum + mix.runs.length, 0);
  if (n < 3) throw new RangeError(`expected at least 3 runs to fit, got ${n}`);
  if (mixes.length < 2)
    throw new RangeError(
      `expected runs at two different mixes or more; all ${n} are at ${inputs.map(({name}, j) => `${name} = ${mixes[0].x[j]}`).join(", ")}`
    );
  const shares = [...inputs.keys()].filter((j) => inputs[j].role === "shares");
  const bound = collinear(
    mixes.map(({x}) => shares.map((j) => x[j])),
    shares.map((j) => inputs[j].name)
  );
  if (bound.length > 0)
    throw new RangeError(
      `expected inputs that vary apart; ${bound.join(", ")} move together in every run, and no law can tell them apart`
    );
}

function named(id: string, setting: Setting) {
  const law = lawOf(id);
  if (!canRead(law, has(setting)))
    throw new RangeError(
      `${id}: expected ${law.reads.join(", ")}, got ${setting.inputs.map(({name}) => name).join(", ")}`
    );
  return law;
}

function syntheticShare(
  {x, runs}: Mix,
  {inputs}: Setting,
  byTier: Readonly<Record<string, number>> | null
): number | null {
  const one = inputs.findIndex(({role}) => role === "share");
  if (one >= 0) return x[one];
  if (runs[0].synthetic !== null) return runs[0].synthetic;
  if (byTier === null) return null;
  return inputs.reduce((sum, {name, role}, j) => sum + (role === "shares" ? (byTier[tierOf(name)] ?? 0) * x[j] : 0), 0);
}

function extent(values: readonly number[]): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** A fit in which no number is other than finite: one that is not is our bug, and must not reach a file. */
function checked(made: Fit): Fit {
  const result = Fit.safeParse(made);
  if (result.success) return made;
  const issues = result.error.issues.slice(0, 3).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new TypeError(`${made.law}: ${issues.join("; ")}`);
}
