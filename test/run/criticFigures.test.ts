import {expect, test} from "vitest";
import {withDuckDB} from "../../lib/io/duckdb.js";
import {criticFigures} from "../../lib/run/criticFigures.js";
import {parseRecipe} from "../../lib/run/recipe.js";
import {Calibration, type CriticBasis} from "../../lib/schema/calibration.js";
import {judgeRates, rate, type Confusion} from "../../lib/stats/judgeRates.js";
import {clopperPearson} from "../../lib/stats/proportion.js";
import {roganGladen} from "../../lib/stats/roganGladen.js";
import {askingRecipe} from "./askedModels.js";

const recipe = parseRecipe(askingRecipe("http://127.0.0.1:1/v1", "perSeed: 1"));
const basis: CriticBasis = {
  critic: "critic-relevance",
  asked: {version: "1", prompts: {}, files: []},
  aggregation: {aggregate: "median", least: 3, pass: 0, rates: null}
};
const models = {j0: ["mistral-small", "mistral"], j1: ["gemma-3-27b", "gemma"], j2: ["phi-4", "phi"]} as const;

/** A report on a panel; its judges did as it did. */
function report(gold: string, ids: readonly (keyof typeof models)[], confusion: Confusion): Calibration {
  const rates = judgeRates(confusion);
  const [right, wrong] = [rates.sensitivity.cases, rates.specificity.cases];
  return Calibration.parse({
    ...basis,
    ...{gold, goldSha256: gold.repeat(64).slice(0, 64), n: right + wrong, right, wrong, left: {}},
    judges: ids.map((judge) => ({
      ...{judge, model: models[judge][0], family: models[judge][1], weights: "none-api"},
      ...{counted: rate(right + wrong, right + wrong), votes: {pass: 0, fail: 0, abstain: 0, void: 0}, voids: {}},
      ...{confusion, ...rates, reliability: null}
    })),
    panel: {confusion, ...rates, reasons: {}, disagreements: 0},
    alpha: {alpha: null, units: 0, values: 0, interval: null, undefinedDraws: 0},
    pairs: []
  });
}

/** Votes and verdicts of drafts: "pff?" is what j0, j1, … say, "?" what does not count, "-" who was not asked. */
async function figures(
  drafts: readonly (readonly [said: string, passed: boolean, times: number])[],
  reports: Calibration[]
) {
  const all = drafts.flatMap(([said, passed, times]) => Array.from({length: times}, () => ({said, passed})));
  const votes = all.flatMap(({said}, i) =>
    [...said].flatMap((mark, j) => {
      const answer = {p: "pass", f: "fail", "?": "void"}[mark];
      return answer === undefined ? [] : [`('d${i}', 'critic-relevance', 'j${j}', '${answer}')`];
    })
  );
  const verdicts = all.map(({passed}, i) => `('d${i}', [{verifier: 'quality', ok: true}, {verifier: 'critic-relevance', ok: ${passed}}])`); // prettier-ignore
  return withDuckDB((connection) =>
    criticFigures(
      connection,
      {
        votes: `(SELECT * FROM (VALUES ${votes.join(", ")}) AS v(origin, critic, judge, answer))`,
        drafts: `(SELECT * FROM (VALUES ${verdicts.join(", ")}) AS v(origin, verdicts))`
      },
      {recipe, calibrations: {critics: [basis], files: [{path: "found.json", sha256: "0".repeat(64), reports}]}}
    )
  );
}

const good = {truePositive: 45, falseNegative: 5, trueNegative: 40, falsePositive: 10};

test("each panel is corrected by what was measured of just it, and by nothing where gold sets do not identify it", async () => {
  const useless = {truePositive: 25, falseNegative: 25, trueNegative: 25, falsePositive: 25};
  const rightAlone = {truePositive: 20, falseNegative: 0, trueNegative: 0, falsePositive: 0};
  const {yields, calibration, warnings} = await figures(
    [["ppp", true, 60], ["pff", false, 20], ["pp?", false, 10], ["-pp", true, 7], ["-fp", false, 3]], // prettier-ignore
    [
      report("a", ["j0", "j1", "j2"], good),
      report("b", ["j0", "j1", "j2"], useless),
      report("c", ["j1", "j2"], rightAlone)
    ]
  );
  expect(yields.map(({judges, drafts, passed}) => [judges, drafts, passed])).toEqual([[["j0", "j1", "j2"], 90, 60], [["j1", "j2"], 10, 7]]); // prettier-ignore
  const [whole, pair] = yields;
  expect(whole).toMatchObject({share: 60 / 90, interval: clopperPearson(60, 90)});
  const {prevalence, interval} = roganGladen({positives: 60, trials: 90}, good);
  // (2/3 + 0.8 − 1) / (0.9 + 0.8 − 1).
  expect(prevalence).toBeCloseTo((2 / 3 - 0.2) / 0.7, 12);
  expect(whole.corrected).toMatchObject([
    {gold: "a", sensitivity: 0.9, specificity: 0.8, share: prevalence, interval},
    {gold: "b", share: null, interval: [0, 1]}
  ]);
  expect(pair.corrected).toMatchObject([{gold: "c", sensitivity: 1, specificity: null, share: null, interval: [0, 1]}]);
  expect(calibration.map(({judge, gold}) => `${judge} ${gold}`)).toEqual(["j0 a", "j0 b", "j1 a", "j1 b", "j1 c", "j2 a", "j2 b", "j2 c"]); // prettier-ignore
  expect(warnings).toEqual([]);
});

test("a panel that passes more drafts than its rates on a gold set allow is told of", async () => {
  const {warnings, yields} = await figures([["ppp", true, 300]], [report("a", ["j0", "j1", "j2"], good)]);
  // Of right texts 45 of 50 were passed, at most 96.7 %; of 300 drafts all, at least 98.8 %.
  expect(warnings).toEqual([
    "critic-relevance: its panel passed 100.0 % of the drafts, which no share of right ones explains by its rates on a (10.0 % to 96.7 %): the drafts are not like these texts"
  ]);
  expect(yields[0].corrected[0].share).toBe(1);
});

test("agreement is of the votes that count, and a gold set that is named twice counts once", async () => {
  const {agreement, calibration, yields, warnings} = await figures(
    [["pp?", false, 4], ["ff?", false, 3], ["pf-", false, 2], ["p??", false, 5]], // prettier-ignore
    [report("a", ["j0", "j1"], good), report("a", ["j0", "j1"], good)]
  );
  // 18 values of 9 pairs, 10 pass and 8 fail: 2 pairs apart, D_o = 4/18, D_e = 2 · 10 · 8 / (18 · 17).
  expect(agreement).toMatchObject([{critic: "critic-relevance", drafts: 9, votes: 18}]);
  expect(agreement[0].alpha).toBeCloseTo(1 - 4 / 18 / (160 / (18 * 17)), 12);
  expect(calibration.map(({judge}) => judge)).toEqual(["j0", "j1"]);
  expect(warnings).toEqual(["critic-relevance: not calibrated on any gold set: j2"]);
  expect(yields.map(({judges, corrected}) => [judges.length, corrected.length])).toEqual([[2, 1], [3, 0]]); // prettier-ignore
});
