import {Fit} from "../schema/fit.js";
import {benchmarkOf} from "./benchmark.js";
import {errorOf, score} from "./candidate.js";
import {choose} from "./choose.js";
import {coefficientsOf, profilesOf} from "./coefficients.js";
import {drawsOf} from "./drawsOf.js";
import type {FitOptions} from "./fitOptions.js";
import {heldOut} from "./heldOut.js";
import {finalOf} from "./final.js";
import {influential} from "./influential.js";
import {lawOf, laws} from "./laws.js";
import {objectives, type ObjectiveName} from "./objective.js";
import {observe, type Observations} from "./observations.js";
import {rangesOf} from "./ranges.js";
import {refuse} from "./refuse.js";
import {canRead} from "./rows.js";
import {averages, has, rowsFor, type Setting} from "./setting.js";
import {foldSplits, rolloutSplits} from "./splits.js";
import {runHere} from "./task.js";
import {thinned} from "./thinned.js";
import {variablesOf} from "./variables.js";
import {weighted} from "./weighted.js";

/** More distinct points than this are thinned for everything but the chosen law's own fit. */
const large = 20_000;

/**
 * Coefficients that a law may have to be searched for unasked: the work of a step grows with their square, that of
 * all splits by hundreds of steps. Laws that are linear have no limit.
 */
const searched = 100;

export type {FitOptions} from "./fitOptions.js";

/**
 * Fits benchmark values against scale, the synthetic share, or the shares of the tiers: every law that the runs can
 * carry, on the same runs by the same objective, one chosen, its coefficients with intervals.
 *
 * More than 20,000 distinct points: the candidates are compared on 2,000 of them, evenly spread over the sorted runs;
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
  const negative = observed.filter(({y}) => y < 0).length;
  if (lowerIsBetter && negative > 0 && negative < observed.length)
    notes.push(`${negative} of ${observed.length} values of ${target} are negative: no law of a loss was tried`);
  refuse(mixes, setting);
  const runs = mixes.flatMap((mix) => mix.runs);
  const points = averages(objective) ? mixes.length : runs.length;
  const thin = points > large ? thinned(mixes, notes) : mixes;
  const wanted = law === "auto" ? laws.filter((l) => canRead(l, has(setting))) : [named(law, setting)];
  const splits = {
    folds: foldSplits(thin.length, {folds: thin.length <= 20 ? thin.length : folds, seed}),
    rollout: rolloutSplits(setting, thin)
  };
  const limit = law === "auto" ? searched : Infinity;
  const scored = [];
  for (const l of wanted) scored.push(await score(l, setting, thin, {...splits, run, starts, limit}));
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
  if (judged === null)
    notes.push(
      `the influence of single runs was not looked into: ${runs.length > large ? `there are more than ${large}` : "the law has no finite derivatives at the best fit"}`
    );
  const predict = (xs: readonly {readonly x: readonly number[]}[]) =>
    rowsFor(chosen, setting, xs).map((row) => chosen.predict(estimate.theta, row));
  const {baseline, ...ranges} = rangesOf(chosen, setting, mixes);
  const parameters = chosen.parameters(found.estimator.context);
  const estimated = [...parameters.keys()].filter((i) => parameters[i].fixed === undefined);
  return checked({
    version: 1,
    law: chosen.id,
    target,
    lowerIsBetter,
    fixed: Object.fromEntries(parameters.flatMap(({name, fixed}) => (fixed === undefined ? [] : [[name, fixed]]))),
    objectiveForm: objective,
    syntheticByTier: syntheticByTier === null ? null : {...syntheticByTier},
    coefficients: coefficientsOf(found.estimator, estimate, made.draws, {
      profiles,
      jackknife: method === "bca" && judged !== null ? judged.jackknife() : null,
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
    draws: made.draws.map((draw) => estimated.map((i) => Number(draw[i].toPrecision(12)))),
    level,
    seed,
    ...ranges,
    influence: judged?.influence ?? [],
    baseline: {inputs: baseline.inputs, value: predict([baseline.mix])[0], ...baseline.noise},
    data: options.data ?? {source: "", sha256: "", tokenizer: null, where: null},
    notes,
    first: null
  });
}

/** Huber's loss of logarithms for a loss over scale, whose laws are products of powers; squares for all else. */
export function objectiveFor({scalars = {}}: Observations, lowerIsBetter: boolean): ObjectiveName {
  const scaled = scalars.n !== undefined || scalars.d !== undefined || scalars.u !== undefined;
  return scaled && lowerIsBetter ? "huber-log" : "squares";
}

function named(id: string, setting: Setting) {
  const law = lawOf(id);
  if (!canRead(law, has(setting)))
    throw new RangeError(
      `${id}: expected ${law.reads.join(", ")}, got ${setting.inputs.map(({name}) => name).join(", ")}`
    );
  return law;
}

/** A fit in which no number is other than finite: one that is not is our bug, and must not reach a file. */
function checked(made: Fit): Fit {
  const result = Fit.safeParse(made);
  if (result.success) return made;
  const issues = result.error.issues.slice(0, 3).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new TypeError(`${made.law}: ${issues.join("; ")}`);
}
