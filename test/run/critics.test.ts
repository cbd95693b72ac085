import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {artefacts} from "../../lib/run/artefacts.js";
import {criticErrors, type CriticErrors} from "../../lib/run/criticErrors.js";
import {critics} from "../../lib/run/critics.js";
import {readDataCard} from "../../lib/run/datasetConstraints.js";
import {votePatterns} from "../../lib/stats/votePatterns.js";
import {createRandom} from "../../lib/text/random.js";
import {writeDataset} from "../pages/fixture.js";
import {writeJudged} from "../pages/judgedFixture.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-critics-"));
const data = join(folder, "data");
beforeAll(async () => {
  mkdirSync(data);
  await writeDataset(data);
  await writeJudged(data);
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const read = async (path: string, text: boolean) => {
  const found = await artefacts({data: path});
  return critics(found, {card: found.card === null ? null : await readDataCard(path), text});
};

test("votes, agreement and disagreements of a data set are counted", async () => {
  const found = (await read(data, true))!;
  expect(found.votes).toMatchObject({
    drafts: 44,
    judges: [
      {judge: "ada", pass: 40, fail: 4, abstain: 0, void: 0},
      {judge: "bee", pass: 30, fail: 14, abstain: 0, void: 0},
      {judge: "yes", pass: 36, fail: 0, abstain: 0, void: 8}
    ],
    voids: [{judge: "yes", reason: "quote-not-found", votes: 8}]
  });
  // ada and bee differ on each fourth sample; yes, where its vote counts, on those and the 4 rejects.
  expect(found.votes!.critics[0].pairs.map(({a, b, same}) => [a, b, same.value! * same.cases, same.cases])).toEqual([
    ["ada", "bee", 34, 44],
    ["ada", "yes", 32, 36],
    ["bee", "yes", 24, 36]
  ]);
  expect(found.verdicts).toEqual([
    {critic: "critic-support", reason: "", drafts: 30},
    {critic: "critic-support", reason: "disagreement", drafts: 10}
  ]);
  const {cases, drafts, queue, shown} = found.disagreements!;
  expect([cases, drafts, queue, shown.length]).toEqual([14, 14, 10, 14]);
  const {votes, text, source, ...about} = shown.find(({origin}) => origin === "teacher-3/T2/12")!;
  expect(about).toMatchObject({tier: "T2", reason: "", verdict: {reason: "disagreement", score: 0.6}});
  expect(votes.map(({judge, answer, reason}) => [judge, answer, reason])).toEqual([
    ["ada", "pass", ""],
    ["bee", "fail", ""],
    ["yes", "pass", ""]
  ]);
  // Its text is 30,000 letters long, and the quote is at its end.
  expect(text).toContainEqual({text: "hostile T2 12", quotes: [1]});
  expect(text!.some((part) => "left" in part)).toBe(true);
  expect(source).not.toBeNull();
  expect(shown.find(({origin}) => origin === "teacher-3/1")).toMatchObject({tier: null, reason: "too-short"});
  expect(found.reports.map(({gold, n, named}) => [gold, n, named])).toEqual([["theirs", 40, false]]);
  expect(await read(data, true)).toEqual(found);
});

test("where text may not be published no word of a text, a source or a judge comes out", async () => {
  const {disagreements} = (await read(data, false))!;
  for (const {text, source, votes} of disagreements!.shown)
    expect([text, source, ...votes.flatMap(({quote, detail}) => [quote, detail])].join("")).toBe("");
  expect(JSON.stringify(disagreements)).not.toContain("elsewhere.invalid");
});

test("a report alone is read, and one that is none names file and field", async () => {
  const own = join(folder, "own");
  mkdirSync(own);
  const path = join(own, "calibration.json");
  writeFileSync(path, '{"version": 1, "reports": [{"gold": "mine"}]}');
  await expect(read(own, true)).rejects.toThrow(/calibration\.json: .*: reports\.0\./);
  writeFileSync(path, '{"version": 1,');
  await expect(read(own, true)).rejects.toThrow(`${path}: expected JSON`);
  copyFileSync(join(data, "calibration.json"), path);
  const {reports, ...rest} = (await read(own, true))!;
  expect(reports).toMatchObject([{gold: "theirs", right: 26, wrong: 14, judges: [{judge: "ada"}, {judge: "bee"}, {}]}]);
  expect(rest).toEqual({votes: null, verdicts: [], disagreements: null, card: null, audit: null});
});

test("errors are estimated from votes alone, and are those of independent judges", () => {
  const random = createRandom("votes");
  const rates = [0.95, 0.85, 0.75];
  const votes = Array.from({length: 3000}, () => {
    const right = random() < 0.7;
    return rates.map((rate) => (random() < rate === right ? "pass" : "fail"));
  });
  const found = criticErrors("critic-support", ["a", "b", "c"], votePatterns(votes))!;
  // Three times as far as its interval reaches: about six standard errors of the estimate.
  const close = ({value, interval: [low, high]}: CriticErrors["right"], truth: number) =>
    value - 3 * (value - low) < truth && truth < value + 3 * (high - value);
  for (const [i, {sensitivity, specificity}] of found.judges.entries()) {
    expect([close(sensitivity!, rates[i]), close(specificity!, rates[i])]).toEqual([true, true]);
    for (const {interval} of [sensitivity!, specificity!]) expect(interval[1] - interval[0]).toBeLessThan(0.15);
  }
  expect(close(found.right, 0.7)).toBe(true);
  expect(criticErrors("critic-support", ["a", "b"], votePatterns(votes.map((words) => words.slice(0, 2))))).toBeNull();
});
