import type {LanguageModel} from "../endpoints/languageModel.js";
import type {CalibratedJudge, Calibration, RunCalibrations} from "../schema/calibration.js";
import {canonicalJson} from "../text/json.js";

/** Who a judge is, wherever it is served. */
export type Judge = Pick<LanguageModel, "id" | "model" | "family" | "weights">;

/** A judge's figures on one gold set. */
export interface FittingJudge {
  judge: Judge;
  report: Calibration;
  figures: CalibratedJudge;
}

/** What of a run's calibrations says something of the run. */
export interface FittingCalibrations {
  /** of each judge and critic, each gold set once: the first in the recipe's order */
  judges: FittingJudge[];
  /** the report on just this panel of this critic, from each gold set once */
  panels(critic: string, judges: readonly Judge[]): Calibration[];
  /** what was left out and why, in words */
  left: string[];
}

/**
 * The calibrations that fit a run: a judge's figures where the critic's version, prompts and files are the run's, and the
 * judge is of the same model, weights and family; a panel's where all of that holds for each of its judges, no other sat in
 * it, and votes were put together in the same way.
 *
 * That a model behind an API is still what it was when it was measured is not known here: its weights are "none-api" both
 * times.
 */
export function fittingCalibrations(
  {critics, files}: Pick<RunCalibrations, "critics" | "files">,
  judges: readonly Judge[]
): FittingCalibrations {
  const found: FittingJudge[] = [];
  const panels: {report: Calibration; members: string}[] = [];
  const left: string[] = [];
  for (const {path, reports} of files)
    for (const report of reports) {
      const where = `${path}: ${report.critic} on ${report.gold}`;
      const basis = critics.find(({critic}) => critic === report.critic);
      if (basis === undefined) left.push(`${where} is left out: no such critic asks judges here`);
      else if (!same(basis.asked, report.asked))
        left.push(`${where} is left out: measured with another version, prompt or file of the critic`);
      else {
        for (const figures of report.judges) {
          const own = judges.filter((judge) => whoIs(judge) === whoIs(figures));
          if (own.length === 0)
            left.push(
              `${where}: ${figures.judge} (${figures.model}) is left out: no judge here of this model, weights and family`
            );
          for (const judge of own) if (isFirst(judge, report)) found.push({judge, report, figures});
        }
        if (!same(basis.aggregation, report.aggregation))
          left.push(`${where}: the panel is left out: votes were put together in another way`);
        else panels.push({report, members: membersOf(report.judges)});
      }
    }
  return {
    judges: found,
    panels(critic, sat) {
      const members = membersOf(sat);
      const own = panels.filter((one) => one.report.critic === critic && one.members === members);
      const firsts = new Map(own.toReversed().map(({report}) => [report.goldSha256, report]));
      return own.map(({report}) => report).filter((report) => firsts.get(report.goldSha256) === report);
    },
    left
  };

  function isFirst(judge: Judge, {critic, goldSha256}: Calibration): boolean {
    return !found.some(
      (one) => one.judge.id === judge.id && one.report.critic === critic && one.report.goldSha256 === goldSha256
    );
  }
}

function whoIs({model, weights, family}: Pick<Judge, "model" | "weights" | "family">): string {
  return canonicalJson([model, weights, family]);
}

function membersOf(judges: readonly Pick<Judge, "model" | "weights" | "family">[]): string {
  return judges.map(whoIs).sort().join();
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
