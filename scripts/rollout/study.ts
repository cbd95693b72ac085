import {fit} from "../../lib/scaling/fit.js";
import {score} from "../../lib/scaling/candidate.js";
import {heldOut, type HeldOut} from "../../lib/scaling/heldOut.js";
import {laws} from "../../lib/scaling/laws.js";
import {mixesOf} from "../../lib/scaling/mixes.js";
import {observe, type Observation, type Observations} from "../../lib/scaling/observations.js";
import {canRead} from "../../lib/scaling/rows.js";
import {has, rowsFor, type Setting} from "../../lib/scaling/setting.js";
import type {RunTasks} from "../../lib/scaling/task.js";
import {variablesOf} from "../../lib/scaling/variables.js";

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

/** What every law that can read a target's runs makes of it, and which one `--law auto` takes. */
export async function outcomes(
  {name, columns, ranked}: Target,
  {lowerIsBetter, run}: {lowerIsBetter: boolean; run: RunTasks}
): Promise<{pick: string; chosenBy: string; laws: Outcome[]}> {
  const found = await fit(columns, {target: name, lowerIsBetter, bootstrap: 2, run});
  const inputs = variablesOf(columns).map(({name, role}) => ({name, role}));
  const setting: Setting = {inputs, lowerIsBetter, objective: found.objectiveForm};
  const place = new Map(columns.target.map((y, i) => [keyOf(columns, i, y), i]));
  const runs = observe(columns);
  const mixes = mixesOf(runs.filter(({holdout}) => !holdout));
  const out = runs.filter(({holdout}) => holdout);
  const others = ranked === undefined ? null : out.map((one) => ranked[place.get(keyOfRun(one))!]);
  const able = laws.filter((law) => canRead(law, has(setting)));
  const made: Outcome[] = [];
  for (const law of able) {
    const {fitted, candidate} = await score(law, setting, mixes, {folds: [], rollout: null, run, starts: 6});
    if (fitted === null) continue;
    const predicted = rowsFor(law, setting, out).map((row) => law.predict(fitted.estimate.theta, row));
    if (!predicted.every(Number.isFinite)) continue;
    const measured = out.map(({y}) => y);
    made.push({
      law: law.id,
      k: candidate.k,
      heldOut: heldOut(predicted, measured),
      ranks: others === null ? null : heldOut(predicted, others).spearman
    });
  }
  return {pick: found.law, chosenBy: found.chosenBy, laws: made};
}

/** Runs are sorted when they are checked: what was measured tells them apart. */
function keyOf({holdout}: Observations, i: number, y: number): string {
  return `${holdout?.[i] === true} ${y}`;
}

function keyOfRun({holdout, y}: Observation): string {
  return `${holdout} ${y}`;
}
