import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {createModels} from "../../lib/endpoints/models.js";
import {judgeGold} from "../../lib/run/calibration.js";
import {readGold, type Gold} from "../../lib/run/calibrationGold.js";
import {calibrationReport} from "../../lib/run/calibrationReport.js";
import {criticBasis} from "../../lib/run/criticBasis.js";
import {Calibration} from "../../lib/schema/calibration.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import {clopperPearson, wilson} from "../../lib/stats/proportion.js";
import {createRandom} from "../../lib/text/random.js";
import {criticSupport} from "../../lib/verify/criticSupport.js";
import {coverage} from "../../scripts/calibration/coverage.js";
import {majority, standIns} from "../../scripts/calibration/panels.js";
import {modelOf, replyOf, shownBy, truthOf, type StandIn} from "../../scripts/calibration/standIns.js";
import {serveModels} from "../endpoints/modelServer.js";
import {hasPublicData, publicFile} from "../publicData.js";

/** Notes of one or two sentences over sources of three, a third of them wrong. */
function madeGold(n: number): Gold {
  const rows = Array.from({length: n}, (_, i) => ({
    name: `note ${i}`,
    text: `Patient number ${i} has a cough.${i % 2 === 0 ? " The cough is dry." : ""}`,
    source: `This is patient number ${i}. There is a dry cough since May. No fever was seen.`,
    label: i % 3 !== 0
  }));
  return {set: "made", rows, left: {}};
}

const basis = await criticBasis(criticSupport, {});
const yesMan: StandIn = {id: "yes-man", family: "phi", sensitivity: 1, specificity: 0};
const liar: StandIn = {id: "liar", family: "falcon", sensitivity: 0.9, specificity: 0.9, liar: true};

async function reportOf(gold: Gold, judges: readonly StandIn[], seed = 1) {
  const truth = truthOf(gold.rows);
  const models = judges.map((judge) => modelOf(judge, truth, seed));
  return calibrationReport(gold, basis, await judgeGold(gold, criticSupport, {judges: models}), models);
}

test("over HTTP the report is what it is without: real client, server, cache, panel", async () => {
  const gold = madeGold(24);
  const truth = truthOf(gold.rows);
  const judges = [...standIns, yesMan, liar];
  const folder = mkdtempSync(join(tmpdir(), "ballast-calibration-"));
  const server = await serveModels(({body}) => {
    const judge = judges.find(({family}) => body.model === `${family}-stand-in`)!;
    return JSON.stringify(replyOf(judge, shownBy(body.messages), truth, 1));
  });
  const output = {train: false, jurisdictions: ["world"], terms: "none"};
  const endpoints = judges.map(({id, family}) =>
    Endpoint.parse({id, url: server.url, model: `${family}-stand-in`, family, output})
  );
  const run = async () => {
    const models = await createModels(endpoints, {cache: await openAnswers(folder), heldOut: () => null, env: {}});
    try {
      const opened = judges.map(({id}) => models.get(id));
      return calibrationReport(gold, basis, await judgeGold(gold, criticSupport, {judges: opened}), opened);
    } finally {
      await models.close();
    }
  };
  try {
    const report = await run();
    expect(report).toEqual(await reportOf(gold, judges));
    expect(server.counts.chat).toBe(24 * 5);
    expect(await run()).toEqual(report);
    expect(server.counts.chat).toBe(24 * 5);
    const of = (id: string) => report.judges.find(({judge}) => judge === id)!;
    expect(of("yes-man")).toMatchObject({sensitivity: {value: 1, cases: 16}, specificity: {value: 0, cases: 8}});
    expect(of("liar")).toMatchObject({votes: {pass: 0, fail: 0, abstain: 0, void: 24}, voids: {"quote-not-found": 24}});
    expect(of("liar")).toMatchObject({counted: {value: 0, cases: 24}, sensitivity: {value: null}, reliability: null});
  } finally {
    server.close();
    rmSync(folder, {recursive: true, force: true});
  }
}, 30_000);

test("a report counts what there is: shares of known counts, disagreements, agreement", async () => {
  const gold = madeGold(90);
  const report = await reportOf(gold, standIns);
  expect(report).toMatchObject({n: 90, right: 60, wrong: 30, gold: "made", critic: "critic-support"});
  for (const {confusion, votes, sensitivity, specificity, reliability} of report.judges) {
    const {truePositive, falseNegative, trueNegative, falsePositive} = confusion;
    expect(truePositive + falsePositive).toBe(votes.pass);
    expect([truePositive + falseNegative, trueNegative + falsePositive]).toEqual([60, 30]);
    expect(sensitivity).toMatchObject({value: truePositive / 60, exact: clopperPearson(truePositive, 60), wilson: wilson(truePositive, 60)}); // prettier-ignore
    expect(specificity.exact).toEqual(clopperPearson(trueNegative, 30));
    expect(reliability!.bins.map(({n}) => n).reduce((a, b) => a + b)).toBe(90);
    expect(reliability!.bins.map(({from}) => from)).toEqual([0.6, 0.9]);
  }
  const split = report.panel.confusion.truePositive + report.panel.confusion.falsePositive;
  const {panel} = report;
  expect(Object.values(panel.reasons).reduce((a, b) => a + b, split)).toBe(90);
  expect(report.pairs.map(({a, b}) => `${a} ${b}`)).toEqual(["judge-a judge-b", "judge-a judge-c", "judge-b judge-c"]);
  // Three judges with two answers: on each text either all pairs agree or one of three does.
  expect(report.pairs.reduce((sum, {same}) => sum + same.value! * 90, 0)).toBeCloseTo(3 * (90 - panel.disagreements) + panel.disagreements, 6); // prettier-ignore
  expect(report.alpha.units).toBe(90);
  expect(report.judges.map(({judge, family, weights}) => [judge, family, weights])).toEqual([["judge-a", "llama", "none-api"], ["judge-b", "gemma", "none-api"], ["judge-c", "mistral", "none-api"]]); // prettier-ignore
  expect(Calibration.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

test("the report is the same in whatever order votes came, and another seed's draws are others", async () => {
  const gold = madeGold(60);
  const report = await reportOf(gold, standIns);
  expect(await reportOf(gold, standIns.toReversed())).toEqual(report);
  expect((await reportOf(gold, standIns, 2)).judges).not.toEqual(report.judges);
});

// The drawn seeds are few here: of 30, a rate covered 95 % of the time is held in fewer than 23 with probability 0.00008
// (exact binomial), and 8 rates are looked at. The 1,000 seeds of the public gold sets are in data/calibration.json.
test("intervals hold the rates by which verdicts were drawn", async () => {
  const {rates} = await coverage(madeGold(45), standIns, 30, 0);
  expect(rates.map(({judge}) => judge)).toContain("panel");
  expect(rates.find(({judge, rate}) => judge === "panel" && rate === "sensitivity")!.known).toBeCloseTo(majority([0.9, 0.85, 0.95]), 12); // prettier-ignore
  for (const {wilson: held, exact, judge, rate} of rates) {
    expect(held, `${judge} ${rate}`).toBeGreaterThanOrEqual(23);
    expect(exact, `${judge} ${rate}`).toBeGreaterThanOrEqual(23);
  }
});

test("three independent judges are right together as often as the majority of them is", () => {
  const random = createRandom("majority");
  const rates = [0.9, 0.85, 0.95];
  let right = 0;
  for (let i = 0; i < 20_000; i++) if (rates.filter((rate) => random() < rate).length >= 2) right++;
  // Four standard errors.
  expect(Math.abs(right / 20_000 - majority(rates))).toBeLessThan(4 * Math.sqrt((0.974 * 0.026) / 20_000));
});

test("gold sets of one's own: rows with labels, each text once, errors by line and field", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ballast-gold-"));
  const write = (name: string, rows: readonly object[]) => {
    writeFileSync(join(folder, name), rows.map((row) => JSON.stringify(row)).join("\n"));
    return join(folder, name);
  };
  try {
    const row = {text: "It rains.", source: "Rain all day.", label: "pass"};
    const read = await readGold(
      write("own.jsonl", [row, {...row, label: "fail", text: "No."}, {...row, text: " It  rains."}, {...row, source: "", text: "x", name: "n"}, {...row, text: "y"}, {...row, text: "y", label: "fail"}]) // prettier-ignore
    );
    expect(read).toEqual({
      set: "own",
      rows: [
        {...row, name: "own.jsonl:1", label: true},
        {...row, name: "own.jsonl:2", label: false, text: "No."},
        {text: "x", source: "", name: "n", label: true}
      ],
      left: {"the same text again": 1, "the same text labelled both ways": 2}
    });
    await expect(readGold(write("bad.jsonl", [row, {...row, label: "yes"}]))).rejects.toThrow(/bad\.jsonl:2: label: /);
    await expect(readGold(write("none.jsonl", []))).rejects.toThrow(/none\.jsonl: expected labelled texts, got none/);
    writeFileSync(join(folder, "automatic.csv"), "a\n");
    await expect(readGold(join(folder, "automatic.csv"))).rejects.toThrow(/expected manual_scores\.csv beside it/);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

test.skipIf(!hasPublicData)("MTS-Dialog's 400 scores and PubMedQA's abstracts are gold sets", async () => {
  publicFile("mts_dialog", "manual_scores.csv");
  const mts = await readGold(publicFile("mts_dialog", "automatic_summaries_validation.csv"));
  expect([mts.rows.length, mts.rows.filter(({label}) => !label).length, mts.left]).toEqual([343, 33, {"the same text again": 57}]); // prettier-ignore
  expect(mts.rows[0].source).toMatch(/^Doctor: When did your pain begin\?/);
  const pubmed = await readGold(publicFile("pubmedqa", "ori_pqal.json"));
  expect([pubmed.rows.length, pubmed.left]).toEqual([890, {"answered maybe": 110}]);
  expect(pubmed.rows.filter(({label}) => label).length).toBe(438);
  expect(pubmed.rows[0].text).toMatch(/^The answer to the question ".*" is (yes|no)\.$/);
  const report = await reportOf({...mts, rows: mts.rows.slice(0, 60)}, standIns);
  expect(report.judges.map(({counted}) => counted.value)).toEqual([1, 1, 1]);
});
