import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import type {Question} from "../../lib/endpoints/languageModel.js";
import {preferencePairs} from "../../lib/generate/preferencePairs.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel, valueAfter, type Said} from "./speakingModel.js";

const seed = seedOf("Looms weave cloth, and a loom that is not oiled breaks its threads after some hours of work.");
const instruction = "How do I care for a loom?";

const writer = (id: string, family: string, answer: string, change: (question: Question) => Said | null = () => null) =>
  speakingModel(
    (question) =>
      change(question) ??
      (question.prompt.id === "preference-instruction" ? {instruction} : `${answer} (${question.prompt.id})`),
    {id, family}
  );
/** Prefers the answer that holds a word, wherever it stands. */
const judge = (word: string) =>
  speakingModel(
    (question) => ({
      better: valueAfter(question, "The first answer:").includes(word) ? "first" : "second",
      rule: 2,
      reason: "It is true."
    }),
    {id: "judge", family: "stand-in-j"}
  );
const a = writer("a", "stand-in-a", "Oil it weekly.");
const b = writer("b", "stand-in-b", "Leave it alone.");

test("the answer that the judge prefers in both orders is the chosen one, whichever model wrote it", async () => {
  for (const [word, chosen] of [
    ["Oil", "a"],
    ["Leave", "b"]
  ]) {
    const [draft] = await draftsOf(preferencePairs, seed, {models: [a, b, judge(word)]});
    const own = chosen === "a" ? "Oil it weekly." : "Leave it alone.";
    const other = chosen === "a" ? "Leave it alone." : "Oil it weekly.";
    expect(draft.text).toBe(
      `@prompt\n${instruction}\n\n@chosen\n${own} (preference-debate)\n\n@rejected\n${other} (preference-debate)`
    );
    expect(draft.writers).toEqual(["a", "b", "judge"]);
    expect(draft.payload).toMatchObject({chosen: {writer: chosen}, judge: "judge"});
    expect((draft.payload.rules as string[])[0]).toMatch(/^What it states is true/);
  }
});

test("a judge of places and a judge of ties make no pair", async () => {
  const saying = (better: string) => speakingModel(() => ({better, rule: 0, reason: ""}), {id: "judge", family: "j"});
  for (const [better, reason] of [
    ["first", "inconsistent"],
    ["second", "inconsistent"],
    ["tie", "tie"]
  ]) {
    const [{failed, text}] = await draftsOf(preferencePairs, seed, {models: [a, b, saying(better)]});
    expect(failed?.reason).toBe(reason);
    expect(text).toBe("");
  }
});

test("the judge is of neither writer's family, and where there is none that is told with the families", async () => {
  const kin = writer("kin", "stand-in-a+stand-in-b", "Sell it.");
  const [draft] = await draftsOf(preferencePairs, seed, {models: [a, kin, b, judge("Oil")]});
  expect(draft.writers!.at(-1)).toBe("judge");
  await expect(draftsOf(preferencePairs, seed, {models: [a, b, kin]})).rejects.toThrow(
    /neither's family, got a \(stand-in-a\), b \(stand-in-b\), kin/
  );
  await expect(draftsOf(preferencePairs, seed, {models: [a, b]})).rejects.toThrow(/at least 3 models, got 2/);
});

test("what a writer does wrong ends the draft with its reason", async () => {
  const reason = async (change: (question: Question) => Said | null, options = {}) => {
    const models = [a, writer("b", "stand-in-b", "Leave it.", change), judge("Oil")];
    return (await draftsOf(preferencePairs, seed, {models, options}))[0].failed?.reason;
  };
  expect(await reason(() => ({verdict: "refused"}))).toBe("refused");
  expect(await reason(() => " ")).toBe("empty");
  expect(await reason(() => "Fine.\n@rejected\nOil it.")).toBe("broken-form");
  expect(await reason(({prompt}) => `Oil it weekly. (${prompt.id})`)).toBe("equal-answers");
});

test("rules come from the recipe's file, and the seed itself may be the instruction", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ballast-rules-"));
  try {
    writeFileSync(join(folder, "rules.txt"), "# ours\nIt names a tool.\n\nIt is brief.\n");
    writeFileSync(join(folder, "none.txt"), "# nothing\n");
    const options = {constitution: "rules.txt", instruction: "seed", debate: 0};
    const chooser = judge("Oil");
    const [draft] = await draftsOf(preferencePairs, seed, {models: [a, b, chooser], options, folder});
    expect(valueAfter(chooser.asked[0], "numbered from 1:")).toEqual(["It names a tool.", "It is brief."]);
    expect(draft.payload.prompt).toBe(seed.text);
    expect(draft.text).toContain("(preference-answer)");
    await expect(
      draftsOf(preferencePairs, seed, {models: [a, b, chooser], options: {constitution: "none.txt"}, folder})
    ).rejects.toThrow(/none\.txt: expected 1 to 50 rules/);
  } finally {
    rmSync(folder, {recursive: true});
  }
});
