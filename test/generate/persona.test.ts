import {expect, test} from "vitest";
import type {Question} from "../../lib/endpoints/languageModel.js";
import {persona} from "../../lib/generate/persona.js";
import {drawPersona, personas} from "../../lib/generate/persona/grammar.js";
import {createRandom} from "../../lib/text/random.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel, valueAfter, type Said} from "./speakingModel.js";

const seed = seedOf("Looms weave cloth, and a loom that is not oiled breaks its threads after some hours of work.");
const good = (question: Question): Said =>
  question.prompt.id === "persona" ? {instruction: `As ${valueAfter(question, "Who asks:")}: how?`} : "With oil.";

test("each draft is asked by another persona, the same whatever was asked before", async () => {
  const models = [speakingModel(good)];
  const drafts = await draftsOf(persona, seed, {models, count: 20});
  expect(new Set(drafts.map(({text}) => text)).size).toBe(20);
  expect(drafts[0].text).toMatch(/^Instruction: As an? .+ from .+ who wants to .+: how\?\n\nResponse: With oil\.$/);
  expect(await draftsOf(persona, seed, {models, first: 7, count: 3})).toEqual(drafts.slice(7, 10));
  const salted = await draftsOf(persona, seed, {models, count: 20, salt: "another run"});
  expect(salted.map(({text}) => text)).not.toEqual(drafts.map(({text}) => text));
});

test("the grammar gives all its personas alike, and no names", () => {
  const random = createRandom("personas");
  const count = 5000;
  const drawn = Array.from({length: count}, () => drawPersona(random).words);
  expect(personas).toBe(6 * 45 * 30 * 16);
  // Pairs that are equal, among draws from equally likely ones: about Poisson, m (m − 1) / 2n on average.
  const pairs = (count * (count - 1)) / 2 / personas;
  expect(Math.abs(count - new Set(drawn).size - pairs)).toBeLessThan(5 * Math.sqrt(pairs));
});

test.each([
  "My name is Maria, how do I oil a loom?",
  "I am Dr. Maria Lopez and I weave. How do I oil a loom?",
  "I'm Maria Lopez. How do I oil a loom?"
])("%s: a name is refused", async (instruction) => {
  const say = (question: Question): Said => (question.prompt.id === "persona" ? {instruction} : "With oil.");
  const [{failed}] = await draftsOf(persona, seed, {models: [speakingModel(say)]});
  expect(failed?.reason).toBe("named-person");
});
