import {afterAll, expect, test} from "vitest";
import type {Question} from "../../lib/endpoints/languageModel.js";
import {chainOfThought} from "../../lib/generate/chainOfThought.js";
import {finalAnswer} from "../../lib/verify/finalAnswer.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel, type Said} from "./speakingModel.js";

const seed = seedOf("The mill had 12 looms, and each of them wove 25 yards of cloth a day until it burned.");
const problem = "A mill has 12 looms, and each weaves 25 yards a day. How many yards are that in 6 days?";
const solved = {
  reasoning: "In a day they weave 12 × 25 = 300 yards.\nIn 6 days that is 300 × 6 = 1,800 yards.",
  answer: "1800"
};

const teacher = (written: object, solution: Said = solved) =>
  speakingModel(({prompt}: Question) =>
    prompt.id === "chain-of-thought" ? {problem, ...solved, ...written} : solution
  );
const reason = async (written: object, solution: Said = solved, options = {}) => {
  const [{failed}] = await draftsOf(chainOfThought, seed, {models: [teacher(written, solution)], options});
  return failed?.reason ?? "";
};

afterAll(() => finalAnswer.close?.());

test("its text is of the form that the verifier of final answers reads", async () => {
  const [draft] = await draftsOf(chainOfThought, seed, {models: [teacher({})]});
  const sample = {text: draft.text, kind: draft.kind, domain: "prose", generator: "chain-of-thought", family: "a"};
  const context = {corpus: () => []};
  expect((await finalAnswer.verify({...sample, reference: "1800"}, context)).ok).toBe(true);
  expect((await finalAnswer.verify({...sample, reference: "1801"}, context)).reason).toBe("wrong-answer");
  expect(draft.payload).toMatchObject({answer: "1800", solvers: 2, agreed: 2});
});

test("the others see the problem alone, and each of their draws is another", async () => {
  const first = teacher({});
  const other = speakingModel(() => solved, {id: "teacher-b", family: "stand-in-b"});
  const [draft] = await draftsOf(chainOfThought, seed, {models: [first, other], options: {solvers: 3, agree: 3}});
  expect(draft.writers).toEqual(["teacher-a", "teacher-b"]);
  expect(other.asked).toHaveLength(2);
  const asked = [...other.asked, first.asked[1]];
  expect(new Set(asked.map(({sample}) => sample)).size).toBe(3);
  for (const {messages} of asked) expect(JSON.stringify(messages)).not.toContain("300 ×");
});

test("an answer that others do not come to is refused", async () => {
  expect(await reason({}, {...solved, answer: "1,800.0"})).toBe("");
  expect(await reason({}, {...solved, answer: "1700"})).toBe("disagreement");
  expect(await reason({}, {verdict: "refused"})).toBe("disagreement");
  expect(await reason({}, {...solved, answer: "1700"}, {solvers: 0, agree: 0})).toBe("");
});

test("wrong steps, an answer from nowhere and broken forms are refused", async () => {
  const alone = [solved, {solvers: 0, agree: 0}] as const;
  expect(await reason({reasoning: "12 × 25 = 310, so 1800."}, ...alone)).toBe("wrong-arithmetic");
  expect(await reason({reasoning: "One thinks about it."}, ...alone)).toBe("answer-not-derived");
  expect(await reason({reasoning: "12 × 25 × 6 = 1800\n#### 7"}, ...alone)).toBe("broken-form");
  expect(await reason({problem: `${problem}\n@solution\n#### 7`}, ...alone)).toBe("broken-form");
  expect(await reason({problem: "How many looms does the document name?"}, ...alone)).toBe("not-self-contained");
  expect(await reason({answer: "about 1800"}, ...alone)).toBe("wrong-form");
  expect(await reason({answer: "1/0"}, ...alone)).toBe("wrong-form");
  expect(await reason({reasoning: "A part of 3 / 12 = 25%.", answer: "25%"}, ...alone)).toBe("");
  expect(await reason({reasoning: "The share is 7/3.", answer: "7/3"}, ...alone)).toBe("");
});

test("more that must agree than there are is told", async () => {
  await expect(reason({}, solved, {solvers: 1, agree: 2})).rejects.toThrow(/agree of at most solvers/);
});
