import {score} from "../../lib/scaling/candidate.js";
import {choose} from "../../lib/scaling/choose.js";
import {objectiveFor} from "../../lib/scaling/fit.js";
import {heldOut, type HeldOut} from "../../lib/scaling/heldOut.js";
import {laws} from "../../lib/scaling/laws.js";
import {objectives} from "../../lib/scaling/objective.js";
import {observe, type Observation, type Observations} from "../../lib/scaling/observations.js";
import {canRead} from "../../lib/scaling/rows.js";
import {has, rowsFor, type Setting} from "../../lib/scaling/setting.js";
import {foldSplits, rolloutSplits} from "../../lib/scaling/splits.js";
import type {RunTasks} from "../../lib/scaling/task.js";
import {variablesOf} from "../../lib/scaling/variables.js";
import {weighted} from "../../lib/scaling/weighted.js";

/** Runs of one target: `holdout` marks those that are predicted. */
export interface Target {
  readonly name: string;
  readonly columns: Observations;
  /** what else the same mixes measured: predictions are ranked against it */
  readonly ranked?: readonly number[];
}

/** A question that laws are held to: fitted on some runs, they predict others. */
export interface Study {
  readonly id: string;
  readonly title: string;
  readonly set: string;
  readonly files: readonly string[];
  /** which runs are fitted and which predicted, in one sentence */
  readonly split: string;
  readonly lowerIsBetter: boolean;
  targets(file: (name: string) => string): Promise<Target[]>;
}

/** One law on one target: its evidence on the runs that were fitted, and its error on those that were not. */
export interface Outcome {
  readonly law: string;
  readonly k: number;
  readonly heldOut: HeldOut;
  /** Spearman's rank correlation with `ranked` */
  readonly ranks: number | null;
}

/**
 * What every law that can read a target's runs makes of it, and which one `--law auto` takes: the steps of `fit` up to
 * its choice, without the intervals.
 */
export async function outcomes(
  {columns, ranked}: Target,
  {lowerIsBetter, run}: {lowerIsBetter: boolean; run: RunTasks}
): Promise<{pick: string; chosenBy: string; laws: Outcome[]}> {
  const inputs = variablesOf(columns).map(({name, role}) => ({name, role}));
  const objective = objectives[objectiveFor(columns, lowerIsBetter)];
  const setting: Setting = {inputs, lowerIsBetter, objective};
  const runs = observe(columns);
  const logs = objective.residuals === "log";
  const {mixes} = weighted(
    runs.filter(({holdout}) => !holdout),
    columns,
    {logs, notes: []}
  );
  const out = runs.filter(({holdout}) => holdout);
  const place = new Map(columns.target.map((y, i) => [keyOf(columns, i, y), i]));
  const others = ranked === undefined ? null : out.map((one) => ranked[place.get(keyOfRun(one))!]);
  const splits = {
    folds: foldSplits(mixes.length, {folds: mixes.length <= 20 ? mixes.length : 10, seed: 1}),
    rollout: rolloutSplits(setting, mixes)
  };
  const able = laws.filter((law) => canRead(law, has(setting)));
  const scored = [];
  for (const law of able) scored.push(await score(law, setting, mixes, {...splits, run, starts: 6}));
  const {best, chosenBy} = choose(scored, mixes, splits);
  const measured = out.map(({y}) => y);
  const made = scored.flatMap(({candidate, fitted}): Outcome[] => {
    if (fitted === null) return [];
    const {law} = fitted.estimator;
    const predicted = rowsFor(law, setting, out).map((row) => law.predict(fitted.estimate.theta, row));
    if (!predicted.every(Number.isFinite)) return [];
    const ranks = others === null ? null : heldOut(predicted, others).spearman;
    return [{law: law.id, k: candidate.k, heldOut: heldOut(predicted, measured), ranks}];
  });
  return {pick: best.candidate.law, chosenBy, laws: made};
}

/** Runs are sorted when they are checked: what was measured tells them apart. */
function keyOf({holdout}: Observations, i: number, y: number): string {
  return `${holdout?.[i] === true} ${y}`;
}

function keyOfRun({holdout, y}: Observation): string {
  return `${holdout} ${y}`;
}
