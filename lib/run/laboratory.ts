import {sha256} from "../io/sha256.js";
import {Constraints} from "../mix/constraints.js";
import {optimize, tiersOf} from "../mix/optimize.js";
import {benchmarkOf} from "../scaling/benchmark.js";
import type {Fit} from "../schema/fit.js";
import type {Plan} from "../schema/plan.js";
import {meanInterval, type Interval} from "../stats/meanInterval.js";
import {groupBy} from "../stats/groupBy.js";
import type {Artefacts} from "./artefacts.js";
import {datasetFacts} from "./datasetConstraints.js";
import {readFit, readPlan, resultJson} from "./fitFile.js";
import {fitRuns} from "./fitRuns.js";
import {loadHighs} from "./loadHighs.js";
import {readRunsTable, type TableRun} from "./runsTable.js";

/** What the mixer works with. */
export interface Laboratory {
  /** the fit that the weights are chosen on; null where there is none, and `note` says why */
  fit: Fit | null;
  /** fits of other benchmarks over the same runs */
  others: Fit[];
  constraints: Constraints;
  plan: Plan | null;
  choice: Choice | null;
  note: string;
}

/** The mix that is best on one benchmark, seen on another, seed by seed against mixes by name. */
interface Choice {
  chosenOn: string;
  reportedOn: string;
  mix: string;
  /** mean of the benchmark it is reported on */
  value: number;
  against: {mix: string; value: number; difference: Interval | null}[];
}

const known = new WeakMap<Artefacts, Promise<Laboratory>>();

/** Fit, plan and what belongs to them: the files of a data set, or made here from its runs table, once. */
export function laboratory(found: Artefacts): Promise<Laboratory> {
  const made = known.get(found) ?? make(found);
  known.set(found, made);
  return made;
}

async function make(found: Artefacts): Promise<Laboratory> {
  const table = found.runs === null ? [] : await readRunsTable(found.runs);
  const notes: string[] = [];
  const fit = found.fit === null ? await fitTable(found, table, notes) : (await readFit(found.fit)).fit;
  const facts = found.card === null ? {syntheticByTier: {T0: 0, T2: 1}} : await factsOf(found, fit);
  const constraints = Constraints.parse(facts);
  const choice = choose(table);
  if (fit === null) return {fit, others: [], constraints, plan: null, choice, note: notes.join(" ")};
  const saved = found.plan === null ? null : (await readPlan(found.plan)).plan;
  const others = await otherFits(found, fit, saved === null ? benchmarks(table) : Object.keys(saved.predicted));
  const plan = saved ?? (await planOf(fit, others, constraints, notes));
  return {fit, others, constraints, plan, choice, note: notes.join(" ")};
}

async function factsOf(found: Artefacts, fit: Fit | null): Promise<Partial<Constraints>> {
  return datasetFacts(found.source, fit === null ? null : tiersOf(fit));
}

function benchmarks(table: readonly TableRun[]): string[] {
  return [...new Set(table.flatMap((run) => Object.keys(run.benchmarks)))].sort();
}

/** Fits the runs over the tiers where they vary apart, else over the synthetic share of the arm with most runs. */
async function fitTable({runs}: Artefacts, table: readonly TableRun[], notes: string[]): Promise<Fit | null> {
  if (runs === null) {
    notes.push("There is no runs table, so nothing was fitted.");
    return null;
  }
  const tiers = table.some((run) => run.experiment === "tiers") ? "experiment = 'tiers'" : null;
  const members = tiers === null ? table : table.filter((run) => run.experiment === "tiers");
  const [target] = benchmarks(members);
  const {lowerIsBetter} = benchmarkOf(target);
  const arms = [...groupBy(table, (run) => `${run.experiment}\n${run.arm}`).values()];
  const [largest] = arms.sort((a, b) => b.length - a.length);
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const one =
    arms.length > 1 ? `experiment = ${quoted(largest[0].experiment)} AND arm = ${quoted(largest[0].arm)}` : null;
  const ways = [{shares: "share_T*", where: tiers}, {where: one}];
  for (const way of ways) {
    try {
      return (await fitRuns(runs, {target, lowerIsBetter, ...way})).fit;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      if (way === ways.at(-1)) notes.push(`The runs were not fitted: ${error.message}.`);
    }
  }
  return null;
}

async function otherFits({runs}: Artefacts, fit: Fit, targets: readonly string[]): Promise<Fit[]> {
  if (runs === null) return [];
  const over = fit.inputs.length > 1 ? {shares: "share_T*"} : {};
  const made: Fit[] = [];
  for (const target of targets) {
    if (target === fit.target) continue;
    try {
      const {lowerIsBetter} = benchmarkOf(target);
      made.push((await fitRuns(runs, {target, lowerIsBetter, where: fit.data.where, ...over})).fit);
    } catch (error) {
      // A benchmark that these runs did not measure has no fit.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return made;
}

async function planOf(
  fit: Fit,
  others: readonly Fit[],
  constraints: Constraints,
  notes: string[]
): Promise<Plan | null> {
  try {
    return await optimize(fit, {highs: loadHighs, constraints, others, sha256: sha256(resultJson(fit))});
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    notes.push(`There is no plan: ${error.message}.`);
    return null;
  }
}

/** Experiment D: weights chosen on dev, reported on test against the mixes that go by a name. */
function choose(table: readonly TableRun[]): Choice | null {
  const [chosenOn, reportedOn] = ["bpb_dev", "bpb_test"];
  const runs = table.filter(
    (run) => run.experiment === "tiers" && chosenOn in run.benchmarks && reportedOn in run.benchmarks
  );
  if (runs.length === 0) return null;
  const mixes = [...groupBy(runs, (run) => run.arm)].map(([mix, members]) => ({mix, members}));
  const mean = (members: readonly TableRun[], name: string) =>
    members.reduce((sum, run) => sum + run.benchmarks[name], 0) / members.length;
  const best = mixes.reduce((a, b) => (mean(b.members, chosenOn) < mean(a.members, chosenOn) ? b : a));
  const test = new Map(best.members.map((run) => [run.seed, run.benchmarks[reportedOn]]));
  return {
    chosenOn,
    reportedOn,
    mix: best.mix,
    value: mean(best.members, reportedOn),
    against: mixes
      .filter(({mix}) => mix === "drop-T3" || mix === "natural")
      .map(({mix, members}) => ({
        mix,
        value: mean(members, reportedOn),
        difference: meanInterval(
          members.flatMap((run) => {
            const value = test.get(run.seed);
            return value === undefined ? [] : [value - run.benchmarks[reportedOn]];
          })
        )
      }))
  };
}
