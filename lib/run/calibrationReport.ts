import type {LanguageModel} from "../endpoints/languageModel.js";
import {sha256} from "../io/sha256.js";
import type {CalibratedJudge, Calibration, CriticBasis} from "../schema/calibration.js";
import type {Vote} from "../schema/vote.js";
import {judgeRates, rate, type Confusion} from "../stats/judgeRates.js";
import {krippendorff} from "../stats/krippendorff.js";
import {reliability} from "../stats/reliability.js";
import {votePatterns} from "../stats/votePatterns.js";
import {canonicalJson} from "../text/json.js";
import {createRandom} from "../text/random.js";
import type {JudgedGold} from "./calibration.js";
import type {Gold} from "./calibrationGold.js";

const counts = (answer: Vote["answer"]) => answer === "pass" || answer === "fail";

/**
 * Figures of a calibration; the same for the same votes, in whatever order they came.
 *
 * @param judges those that were asked
 */
export function calibrationReport(
  {set, rows, left}: Gold,
  basis: CriticBasis,
  judged: readonly JudgedGold[],
  judges: readonly Pick<LanguageModel, "id" | "weights">[]
): Calibration {
  const {critic} = basis;
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
    goldSha256: sha256(
      canonicalJson(
        rows.map(({text, source, label, pictures}) => ({
          ...{text, source, label},
          pictures: pictures?.map(({picture}) => picture.sha256)
        }))
      )
    ),
    ...basis,
    n: rows.length,
    right: rows.filter(({label}) => label).length,
    wrong: rows.filter(({label}) => !label).length,
    left: {...left},
    judges: ids.map((id) => ({
      ...judgeFigures(id, judged, random(id)),
      weights: judges.find((judge) => judge.id === id)!.weights
    })),
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
): Omit<CalibratedJudge, "weights"> {
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

function tallied(names: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const name of names.toSorted()) counted[name] = (counted[name] ?? 0) + 1;
  return counted;
}
