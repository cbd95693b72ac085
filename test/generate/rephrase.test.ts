import {expect, test} from "vitest";
import type {Question} from "../../lib/endpoints/languageModel.js";
import {rephrase} from "../../lib/generate/rephrase.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel, type Said} from "./speakingModel.js";

const seed = seedOf("In 1871 the mill had 12 looms. Each of them wove 25 yards of cloth a day, and it burned in 1890.");

const texts: Record<string, string> = {
  "rephrase-faq": "**How many looms were there?**\nThere were 12.\n\n**When did it burn?**\nIn 1890.",
  "rephrase-tutorial": "# How a mill works\n\n1. Set up 12 looms.\n2. Weave 25 yards a day.\n3. Beware of fire.",
  "rephrase-table":
    "| Year | What |\n| --- | --- |\n| 1871 | 12 looms |\n| 1890 | fire |\n\nQuestion: When was the fire?\nAnswer: 1890.",
  "rephrase-mathematics":
    "Problem: 12 looms weave 25 yards each a day. How many yards in all?\n\nSolution: 12 × 25 = 300 yards.\n\nAnswer: 300"
};
const good = ({prompt}: Question): Said => texts[prompt.id];
const reasons = async (said: Said, format: string) => {
  const formats = {faq: 0, tutorial: 0, table: 0, mathematics: 0, [format]: 1};
  const drafts = await draftsOf(rephrase, seed, {models: [speakingModel(() => said)], options: {formats}});
  return drafts.map(({failed}) => failed?.reason ?? "");
};

test("every format is drawn as often as its weight says, and its text is kept", async () => {
  const options = {formats: {table: 2, faq: 1, tutorial: 1, mathematics: 0}};
  const drafts = await draftsOf(rephrase, seed, {models: [speakingModel(good)], count: 400, options});
  expect(drafts.filter(({failed}) => failed !== undefined)).toEqual([]);
  const count = (format: string) => drafts.filter(({payload}) => payload.format === format).length;
  expect(count("mathematics")).toBe(0);
  // Binomial of 400 draws: 5 standard deviations are 50 at a half and 43 at a quarter.
  expect(Math.abs(count("table") - 200)).toBeLessThan(50);
  expect(Math.abs(count("faq") - 100)).toBeLessThan(43);
  for (const {text, payload} of drafts) expect(text).toBe(texts[`rephrase-${payload.format as string}`]);
});

test("numbers that were changed are refused, and those that are calculated in the text are not", async () => {
  expect(await reasons(texts["rephrase-mathematics"], "mathematics")).toEqual([""]);
  expect(await reasons(texts["rephrase-mathematics"].replace("12 × 25 = 300", "12 × 25 = 310"), "mathematics")).toEqual(
    ["wrong-arithmetic"]
  );
  expect(await reasons(texts["rephrase-faq"].replace("1890", "1891"), "faq")).toEqual(["changed-number"]);
  expect(await reasons(texts["rephrase-table"].replace("12 looms", "thirteen looms"), "table")).toEqual([
    "changed-number"
  ]);
});

test("a text of another shape is refused", async () => {
  expect(await reasons("It had 12 looms.", "faq")).toEqual(["wrong-format"]);
  expect(await reasons("It had 12 looms.", "tutorial")).toEqual(["wrong-format"]);
  expect(await reasons("It had 12 looms.", "mathematics")).toEqual(["wrong-format"]);
  expect(await reasons("| a | b |\n| --- | --- |\n| 12 | 25 | 1871 |\nHow many?", "table")).toEqual(["wrong-format"]);
  expect(await reasons("| a | b |\n| 12 | 25 |\nHow many?", "table")).toEqual(["wrong-format"]);
  expect(await reasons({verdict: "truncated"}, "faq")).toEqual(["truncated"]);
});

test("what models put around their text is left out", async () => {
  const formats = {faq: 1, tutorial: 0, table: 0, mathematics: 0};
  const wrapped = `<think>12? or 13?</think>\nSure! Here is the FAQ:\n\n\`\`\`markdown\n${texts["rephrase-faq"]}\n\`\`\``;
  const [draft] = await draftsOf(rephrase, seed, {models: [speakingModel(() => wrapped)], options: {formats}});
  expect(draft.text).toBe(texts["rephrase-faq"]);
});

test("no weight above 0 is told", async () => {
  const formats = {faq: 0, tutorial: 0, table: 0, mathematics: 0};
  await expect(draftsOf(rephrase, seed, {models: [speakingModel(good)], options: {formats}})).rejects.toThrow(
    /options\.formats: expected a weight above 0/
  );
});
