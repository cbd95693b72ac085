import type {DuckDBConnection} from "@duckdb/node-api";
import type {Calibration, RunCalibrations} from "../schema/calibration.js";
import type {DataCard} from "../schema/card.js";
import type {Recipe} from "../schema/recipe.js";
import {groupBy} from "../stats/groupBy.js";
import {krippendorff} from "../stats/krippendorff.js";
import {clopperPearson} from "../stats/proportion.js";
import {roganGladen} from "../stats/roganGladen.js";
import {createRandom} from "../text/random.js";
import {fittingCalibrations, type FittingCalibrations, type FittingJudge} from "./calibrationFit.js";
import {panelVotes, type PanelVotes} from "./panelVotes.js";
import {declaredJudges} from "./runCalibrations.js";

type Models = NonNullable<DataCard["models"]>;

/**
 * What a data card says of critics: how their judges did on gold sets, what share of drafts their panels passed and how
 * many are right by that, and how the judges agree. What is missing or does not fit is in the warnings.
 *
 * The corrected share takes the gold set for texts like the drafts; that it is not is not found here.
 *
 * @param tables what a query reads from, as panelVotes takes it
 */
export async function criticFigures(
  connection: DuckDBConnection,
  tables: {votes: string; drafts: string},
  {recipe, calibrations}: {recipe: Recipe; calibrations: Pick<RunCalibrations, "critics" | "files">}
): Promise<Pick<Models, "calibration" | "yields" | "agreement"> & {warnings: string[]}> {
  const counted = await panelVotes(connection, tables);
  const judges = declaredJudges(recipe);
  const fitting = fittingCalibrations(calibrations, judges);
  const judgesOf = (ids: readonly string[]) => judges.filter(({id}) => ids.includes(id));
  const figures = [...counted].map(([critic, {judges: ids, patterns}]) => {
    const calibration = fitting.judges
      .filter(({judge, report}) => report.critic === critic && ids.includes(judge.id))
      .map(rowOf)
      .sort((a, b) => (a.judge < b.judge ? -1 : a.judge > b.judge ? 1 : 0));
    const unknown = ids.filter((id) => !calibration.some(({judge}) => judge === id));
    const words = patterns.map(({words, cases}) => ({
      words: words.map((word) => (word === "none" ? null : word)),
      cases
    }));
    const yields = yieldsOf(critic, patterns, {ids, judges, fitting});
    const unlike = yields.flatMap((one) => unlikeGold(one, fitting.panels(critic, judgesOf(one.judges))));
    const {alpha, interval, units, values} = krippendorff(words, {
      random: createRandom(recipe.seed, "agreement", critic)
    });
    return {
      calibration,
      yields,
      agreement: {critic, alpha, interval, drafts: units, votes: values},
      warnings: [
        ...(unknown.length === 0 ? [] : [`${critic}: not calibrated on any gold set: ${unknown.join(", ")}`]),
        ...unlike
      ]
    };
  });
  return {
    calibration: figures.flatMap((one) => one.calibration),
    yields: figures.flatMap((one) => one.yields),
    agreement: figures.map((one) => one.agreement),
    warnings: [...figures.flatMap((one) => one.warnings), ...fitting.left]
  };
}

function rowOf({judge, report, figures}: FittingJudge): Models["calibration"][number] {
  const {sensitivity, specificity} = figures;
  return {
    ...{critic: report.critic, judge: judge.id, model: judge.model, family: judge.family, weights: judge.weights},
    ...{gold: report.gold, goldSha256: report.goldSha256},
    n: sensitivity.cases + specificity.cases,
    right: sensitivity.cases,
    ...{sensitivity: sensitivity.value, specificity: specificity.value},
    intervals: {sensitivity: sensitivity.exact, specificity: specificity.exact}
  };
}

/** That a panel passed more of the drafts than it may pass of a gold set, or less, whatever share of both is right. */
function unlikeGold({critic, share, interval}: Models["yields"][number], reports: readonly Calibration[]): string[] {
  return reports.flatMap(({gold, panel: {sensitivity, specificity}}) => {
    if (sensitivity.exact === null || specificity.exact === null) return [];
    const [least, most] = [1 - specificity.exact[1], sensitivity.exact[1]];
    if (interval[0] <= most && interval[1] >= least) return [];
    const shown = [share, least, most].map((one) => `${(100 * one).toFixed(1)} %`);
    return [
      `${critic}: its panel passed ${shown[0]} of the drafts, which no share of right ones explains by its rates on ${gold} (${shown[1]} to ${shown[2]}): the drafts are not like these texts`
    ];
  });
}

/** Drafts by the judges that sat in the panel: of each draft those whose family did not write it. */
function yieldsOf(
  critic: string,
  patterns: readonly PanelVotes[],
  {
    ids,
    judges,
    fitting
  }: {ids: readonly string[]; judges: ReturnType<typeof declaredJudges>; fitting: FittingCalibrations}
): Models["yields"] {
  const judged = patterns.filter(({passed}) => passed !== null);
  const panels = groupBy(judged, ({words}) => ids.filter((_, i) => words[i] !== null).join(", "));
  return [...panels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, of]) => {
      const sat = ids.filter((_, i) => of[0].words[i] !== null);
      const sum = (some: readonly PanelVotes[]) => some.reduce((all, {cases}) => all + cases, 0);
      const drafts = sum(of);
      const passed = sum(of.filter((one) => one.passed));
      const reports = fitting.panels(
        critic,
        judges.filter(({id}) => sat.includes(id))
      );
      return {
        ...{critic, judges: sat, drafts, passed},
        ...{share: passed / drafts, interval: clopperPearson(passed, drafts)},
        corrected: reports.map(({gold, goldSha256, panel: {confusion, sensitivity, specificity}}) => {
          const told = sensitivity.cases > 0 && specificity.cases > 0;
          const found = told ? roganGladen({positives: passed, trials: drafts}, confusion) : null;
          return {
            ...{gold, goldSha256, sensitivity: sensitivity.value, specificity: specificity.value},
            ...{share: found?.prevalence ?? null, interval: found?.interval ?? ([0, 1] as [number, number])}
          };
        })
      };
    });
}
