import {expect, test} from "vitest";
import type {Question} from "../../lib/endpoints/languageModel.js";
import {evolve} from "../../lib/generate/evolve.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel, valueAfter, type Said} from "./speakingModel.js";

const seed = seedOf("Name a use of a loom.");
const good = (question: Question): Said => {
  if (question.prompt.id === "evolve")
    return {instruction: `${valueAfter(question, "as one JSON string:")} Give a reason.`};
  return question.prompt.id === "evolve-check" ? {what: "instruction", asksMore: true} : "One weaves cloth on it.";
};
const draft = async (say: (question: Question) => Said | null, options = {}) =>
  (await draftsOf(evolve, seed, {models: [speakingModel((question) => say(question) ?? good(question))], options}))[0];
const evolving =
  (instruction: string) =>
  ({prompt}: Question) =>
    prompt.id === "evolve" ? {instruction} : null;

test("each round goes on from the last, and the last is answered", async () => {
  const {text, payload} = await draft(() => null, {rounds: 3});
  const last = "Name a use of a loom. Give a reason. Give a reason. Give a reason.";
  expect(text).toBe(`Instruction: ${last}\n\nResponse: One weaves cloth on it.`);
  expect(payload.history).toHaveLength(4);
});

test("the next model checks what the first has evolved", async () => {
  const first = speakingModel(good);
  const other = speakingModel(good, {id: "teacher-b", family: "stand-in-b"});
  await draftsOf(evolve, seed, {models: [first, other]});
  expect(other.asked.map(({prompt}) => prompt.id)).toEqual(["evolve-check", "evolve-check"]);
  expect(first.asked.map(({prompt}) => prompt.id)).toEqual(["evolve", "evolve", "instruction-answer"]);
});

test("a round that is empty, equal, an answer, or no more than before is eliminated, and the rest goes on", async () => {
  let round = 0;
  const {text, payload} = await draft((question) =>
    question.prompt.id === "evolve" && round++ === 0 ? {instruction: "name a use of  a LOOM"} : null
  );
  expect(text).toContain("Instruction: Name a use of a loom. Give a reason.\n");
  expect((payload.rounds as {eliminated: string}[]).map(({eliminated}) => eliminated)).toEqual(["equal", ""]);
  const only = {rounds: 1, ways: ["deepen"]};
  const detail = async (say: (question: Question) => Said | null) => (await draft(say, only)).failed;
  const checked = (value: object) => (question: Question) => (question.prompt.id === "evolve-check" ? value : null);
  for (const [say, why] of [
    [evolving(" "), "empty"],
    [evolving("x".repeat(3000)), "too-long"],
    [evolving("Answer the given prompt in a deeper way."), "speaks-of-its-making"],
    [checked({what: "answer", asksMore: true}), "answer"],
    [checked({what: "instruction", asksMore: false}), "asks-nothing-more"],
    [checked({verdict: "refused"}), "refused"]
  ] as const)
    expect(await detail(say)).toEqual({reason: "not-evolved", detail: `eliminated: deepen: ${why}`});
});

test("no response is a refused draft", async () => {
  const silent = ({prompt}: Question) => (prompt.id === "instruction-answer" ? " " : null);
  expect((await draft(silent)).failed?.reason).toBe("empty");
});
