import {expect, test} from "vitest";
import {redactPii} from "../../lib/curate/pii/redactPii.js";
import {findPii} from "../../lib/curate/pii/findPii.js";
import type {Question} from "../../lib/endpoints/languageModel.js";
import {redactedFacts} from "../../lib/generate/redactedFacts.js";
import {withoutValues} from "../../lib/generate/redactedFacts/withoutValues.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel, valueAfter, type Said} from "./speakingModel.js";

const key = new TextEncoder().encode("a key of sixteen");
const seed = seedOf(
  "Orders for the mill go to hans.maier@example-mill.de and are answered within two days by the office.\n\n" +
    "The mill at the river has 12 looms. Whoever wants to see them writes to Hans.Maier@example-mill.de beforehand."
);

const redact = (text: string) => {
  // The first place alone is found here, as where a finder knows a value by the words before it.
  const spans = findPii(text).slice(0, 1);
  return {
    text: redactPii(text, {key, style: "type", spans}).text,
    values: spans.map(({start, end}) => text.slice(start, end))
  };
};
const good = (question: Question): Said => {
  if (question.prompt.id === "facts") {
    const document = valueAfter(question, "JSON string:");
    return {facts: document.split(/(?<=\.)\s+/).map((quote) => ({fact: quote, quote}))};
  }
  const [fact] = valueAfter<string[]>(question, "as a JSON list:");
  return {question: "What is known of the mill?", answer: fact};
};

test("no prompt and no draft holds what a tag stands for, wherever else in the document it stands", async () => {
  const model = speakingModel(good);
  const avoid = ["Question: Who is hans.maier@example-mill.de?"];
  const drafts = await draftsOf(redactedFacts, seed, {models: [model], count: 6, redact, avoid});
  expect(model.asked).toHaveLength(12);
  expect(valueAfter(model.asked[0], "JSON string:")).toContain("<EMAIL>");
  expect(valueAfter(model.asked[0], "JSON string:")).toContain("<REDACTED>");
  expect(JSON.stringify([model.asked, drafts])).not.toMatch(/maier@/i);
  expect(drafts.filter(({failed}) => failed !== undefined)).toEqual([]);
  // What critics find support in is what the generator was shown.
  expect(drafts.map(({source}) => source)).toEqual(Array(6).fill(valueAfter(model.asked[0], "JSON string:")));
});

test("a model that comes up with a replaced value is refused, and the refusal does not tell it", async () => {
  const said = "Write to HANS.MAIER@example-mill.de.";
  const telling = (question: Question): Said =>
    question.prompt.id === "facts" ? good(question) : {question: "Whom does one write to?", answer: said};
  const [draft] = await draftsOf(redactedFacts, seed, {models: [speakingModel(telling)], redact});
  expect(draft.failed?.reason).toBe("leaked");
  const numbered = (question: Question): Said =>
    question.prompt.id === "facts" ? good(question) : {question: "Whom in 1999?", answer: said};
  const [other] = await draftsOf(redactedFacts, seed, {models: [speakingModel(numbered)], redact});
  expect(other.failed?.reason).toBe("changed-number");
  expect(JSON.stringify([draft, other])).not.toMatch(/maier@/i);
});

test("values are found as words, with any spacing, special characters and all", () => {
  expect(withoutValues("Ann Lee; ann\nLEE; Ann Leeds; (0) 30+1", ["Ann Lee", "(0) 30+1", "x"])).toBe(
    "<REDACTED>; <REDACTED>; Ann Leeds; <REDACTED>"
  );
  expect(withoutValues("nothing", [])).toBe("nothing");
});

test("without a redactor nothing is asked", async () => {
  const model = speakingModel(good);
  await expect(draftsOf(redactedFacts, seed, {models: [model]})).rejects.toThrow(/expected a redactor/);
  expect(model.asked).toEqual([]);
});
