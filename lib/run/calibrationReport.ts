import type {Vote} from "../schema/vote.js";
import {judgeRates, rate, type Confusion, type Rate} from "../stats/judgeRates.js";
import {krippendorff, type Alpha} from "../stats/krippendorff.js";
import {reliability, type Reliability} from "../stats/reliability.js";
import {roganGladen, type CorrectedPrevalence} from "../stats/roganGladen.js";
import {votePatterns} from "../stats/votePatterns.js";
import {createRandom} from "../text/random.js";
import type {JudgedGold} from "./calibration.js";
import type {Gold} from "./calibrationGold.js";

/** How one judge did. */
export interface CalibratedJudge {
  judge: string;
  model: string;
  family: string;
  /** share of texts on which its vote counts */
  counted: Rate;
  votes: Record<Vote["answer"], number>;
  /** void votes by reason */
  voids: Record<string, number>;
  confusion: Confusion;
  /** of the votes that count: right texts passed, wrong ones failed */
  sensitivity: Rate;
  specificity: Rate;
  reliability: Reliability | null;
}

/** How a panel and its judges did on texts whose truth is known. "Positive" is a text that is right. */
export interface Calibration {
  gold: string;
  critic: string;
  /** texts, right and wrong, and those left out by reason */
  n: number;
  right: number;
  wrong: number;
  left: Gold["left"];
  judges: CalibratedJudge[];
  /** as a gate: right texts accepted, wrong ones not, whatever the reason */
  panel: {
    confusion: Confusion;
    sensitivity: Rate;
    specificity: Rate;
    reasons: Record<string, number>;
    /** texts on which counted votes stand on both sides */
    disagreements: number;
  };
  /** Krippendorff's alpha of votes that count */
  alpha: Alpha;
  /** share of texts of which two judges say the same, where both count */
  pairs: {a: string; b: string; same: Rate}[];
}

const counts = (answer: Vote["answer"]) => answer === "pass" || answer === "fail";

/** Figures of a calibration; the same for the same votes, in whatever order they came. */
export function calibrationReport({set, rows, left}: Gold, critic: string, judged: readonly JudgedGold[]): Calibration {
  const ids = [...new Set(judged.flatMap(({votes}) => votes.map(({judge}) => judge)))].sort();
  const random = (what: string) => createRandom("calibration", set, critic, what);
  const answers = judged.map(({votes}) =>
    ids.map((id) => {
      const answer = votes.find(({judge}) => judge === id)?.answer;
      return answer !== undefined && counts(answer) ? answer : null;
    })
  );
  const gate = confusionOf(judged.map(({row, verdict}) => ({label: row.label, passed: verdict.ok})));
  return {
    gold: set,
    critic,
    n: rows.length,
    right: rows.filter(({label}) => label).length,
    wrong: rows.filter(({label}) => !label).length,
    left,
    judges: ids.map((id) => judgeFigures(id, judged, random(id))),
    panel: {
      confusion: gate,
      ...judgeRates(gate),
      reasons: tallied(judged.flatMap(({verdict}) => (verdict.ok ? [] : [verdict.reason]))),
      disagreements: answers.filter((said) => said.includes("pass") && said.includes("fail")).length
    },
    alpha: krippendorff(votePatterns(answers), {random: random("alpha")}),
    pairs: ids.flatMap((a, i) =>
      ids.slice(i + 1).map((b, j) => {
        const both = answers.filter((said) => said[i] !== null && said[i + 1 + j] !== null);
        return {a, b, same: rate(both.filter((said) => said[i] === said[i + 1 + j]).length, both.length)};
      })
    )
  };
}

function judgeFigures(
  id: string,
  judged: readonly JudgedGold[],
  random: ReturnType<typeof createRandom>
): CalibratedJudge {
  const own = judged.flatMap(({row, votes}) => votes.filter(({judge}) => judge === id).map((vote) => ({row, vote})));
  const counted = own.filter(({vote}) => counts(vote.answer));
  const confusion = confusionOf(counted.map(({row, vote}) => ({label: row.label, passed: vote.answer === "pass"})));
  const votes = {pass: 0, fail: 0, abstain: 0, void: 0};
  for (const {vote} of own) votes[vote.answer]++;
  const stated = counted.flatMap(({row, vote}) =>
    vote.confidence === null ? [] : [{confidence: vote.confidence, right: (vote.answer === "pass") === row.label}]
  );
  const [{vote}] = own;
  return {
    ...{judge: id, model: vote.model, family: vote.family},
    counted: rate(counted.length, own.length),
    votes,
    voids: tallied(own.flatMap(({vote}) => (vote.answer === "void" ? [vote.reason] : []))),
    confusion,
    ...judgeRates(confusion),
    reliability: reliability(stated, {random})
  };
}

/** How often what is right was passed, and what is wrong was not. */
export function confusionOf(cases: readonly {label: boolean; passed: boolean}[]): Confusion {
  const confusion = {truePositive: 0, falseNegative: 0, trueNegative: 0, falsePositive: 0};
  for (const {label, passed} of cases)
    confusion[label ? (passed ? "truePositive" : "falseNegative") : passed ? "falsePositive" : "trueNegative"]++;
  return confusion;
}

/**
 * The share of right texts among all that a panel judged, of which it accepted some, corrected by how it did on the gold
 * set; null where the gold set lacks right or wrong texts.
 */
export function correctedYield(
  {panel}: Pick<Calibration, "panel">,
  {accepted, of}: {accepted: number; of: number}
): CorrectedPrevalence | null {
  if ([panel.sensitivity, panel.specificity].some(({cases}) => cases === 0) || of === 0) return null;
  return roganGladen({positives: accepted, trials: of}, panel.confusion);
}

/** A row of a data card: how a judge did on a gold set. */
export interface CalibrationRow {
  critic: string;
  judge: string;
  model: string;
  family: string;
  gold: string;
  /** texts on which its vote counted, right and wrong */
  n: number;
  sensitivity: number | null;
  specificity: number | null;
  /** exact, 95 % */
  intervals: {sensitivity: [number, number] | null; specificity: [number, number] | null};
}

/** What a card says of the judges of a calibration, and of the panel as a whole: judge "panel", families joined. */
export function calibrationRows({gold, critic, judges, panel, n}: Calibration): CalibrationRow[] {
  const row = (
    judge: string,
    model: string,
    family: string,
    of: Pick<CalibratedJudge, "sensitivity" | "specificity">,
    counted: number
  ): CalibrationRow => ({
    ...{critic, judge, model, family, gold, n: counted},
    sensitivity: of.sensitivity.value,
    specificity: of.specificity.value,
    intervals: {sensitivity: of.sensitivity.exact, specificity: of.specificity.exact}
  });
  const families = [...new Set(judges.flatMap(({family}) => family.split("+")))].sort().join("+");
  return [
    ...judges.map((one) => row(one.judge, one.model, one.family, one, one.votes.pass + one.votes.fail)),
    row("panel", judges.map(({model}) => model).join(", "), families, panel, n)
  ];
}

function tallied(names: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const name of names.toSorted()) counted[name] = (counted[name] ?? 0) + 1;
  return counted;
}
