import {expect, test} from "vitest";
import type {Question} from "../../lib/endpoints/languageModel.js";
import {backTranslation} from "../../lib/generate/backTranslation.js";
import {chrf} from "../../lib/text/chrf.js";
import {checkSpans} from "../../lib/curate/spans.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel, valueAfter} from "./speakingModel.js";

const passage = "The old mill at the river burned down in 1890, and nobody has built another one there since that day.";
const german = "Die alte Mühle am Fluss brannte 1890 ab, und seither hat dort niemand eine andere gebaut.";
const seed = seedOf(passage);

/** Translates into German, and back as it is told. */
const translator = (returned: string, there = german) =>
  speakingModel((question: Question) =>
    valueAfter(question, "Put it into the language") === "German" ? there : returned
  );
const reason = async (returned: string, options = {}, there = german) => {
  const [{failed}] = await draftsOf(backTranslation, seed, {models: [translator(returned, there)], options});
  return failed?.reason ?? "";
};

test("a passage and its translation, with the chrF of what the next model made of it", async () => {
  const returned = passage.replace("burned down", "burnt down");
  const there = translator("never asked");
  const back = speakingModel(() => returned, {id: "teacher-b", family: "stand-in-b"});
  const [draft] = await draftsOf(backTranslation, seed, {models: [there, back]});
  expect(draft.text).toBe(`English: ${passage}\n\nGerman: ${german}`);
  expect(draft.writers).toEqual(["teacher-a", "teacher-b"]);
  expect(draft.payload.chrf).toBeCloseTo(chrf(returned, passage), 2);
  expect(checkSpans(draft, () => seed)).toBeNull();
  expect(draft.spans).toEqual([{start: 9, end: 9 + passage.length, seed: seed.sha256, from: 0}]);
  // The way back sees the translation alone.
  expect(JSON.stringify(back.asked[0].messages)).not.toContain("burned");
});

test("a way back that is lost, changes a number or never left is refused", async () => {
  expect(await reason(passage)).toBe("");
  expect(await reason("A short walk along the coast is good for tired people who love birds.")).toBe("low-chrf");
  expect(await reason(passage, {least: 100})).toBe("");
  expect(await reason(passage.replace("down", "up"), {least: 100})).toBe("low-chrf");
  expect(await reason(passage.replace("1890", "1891"))).toBe("changed-number");
  expect(await reason(passage, {}, passage)).toBe("untranslated");
  expect(await reason(passage, {}, " ")).toBe("empty");
});

test("a paraphrase is what came back, where it is no copy", async () => {
  const returned = "At the river the old mill burned down in 1890, and since that day nobody has built another there.";
  const [draft] = await draftsOf(backTranslation, seed, {
    models: [translator(returned)],
    options: {form: "paraphrase"}
  });
  expect(draft.text).toBe(returned);
  expect(await reason(passage, {form: "paraphrase"})).toBe("unchanged");
});

test("one changed letter leaves a chrF of 98 of a passage of 200 characters: such a paraphrase is a copy", () => {
  const text = (passage + passage).slice(0, 200);
  const changed = `${text.slice(0, 100)}#${text.slice(101)}`;
  expect(chrf(changed, text)).toBeGreaterThan(97);
  expect(chrf(changed, text)).toBeLessThan(98.5);
});
