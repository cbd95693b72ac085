import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {gsm8k} from "../../lib/run/shapes/gsm8k.js";
import {createRandom} from "../../lib/text/random.js";
import {finalAnswer} from "../../lib/verify/finalAnswer.js";
import {extractAnswer} from "../../lib/verify/maths/extractAnswer.js";
import {checkSteps} from "../../lib/verify/maths/steps.js";
import type {Evidence} from "../../lib/verify/verifier.js";
import {hasPublicData, publicFile} from "../publicData.js";
import {writtenAnswers} from "./maths/plantedAnswers.js";
import {plantErrors} from "./planted.js";

const context = {corpus: () => []};
const evidence = (text: string, reference?: string): Evidence => ({
  text,
  ...(reference === undefined ? {} : {reference}),
  kind: "problem",
  domain: "mathematics",
  generator: "test",
  family: "test"
});
const judge = (text: string, reference?: string) => finalAnswer.verify(evidence(text, reference), context);

test("the final answer is found where a text says it", () => {
  const cases: readonly [text: string, answer: string | null][] = [
    ["So $x = \\boxed{5}$.", "5"],
    ["First \\boxed{3}, but then we see that it is \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}"],
    ["The roots are $\\boxed{2}$ and $\\boxed{-3}$.", "2, -3"],
    ["We get \\boxed 7$", "7"],
    ["\\fbox{12}", "12"],
    ["\\boxed{\\left\\{1, \\{2\\}\\right\\}}", "\\left\\{1, \\{2\\}\\right\\}"],
    ["9 * 2 = 18\n#### 18", "18"],
    ["#### Step 1: add\n1 + 1 = 2\n#### 1,234", "1,234"],
    ["It is so.\nA: 18", "18"],
    ["The answer is 42.", "42"],
    ["Therefore, the final answer is: $\\frac{3}{4}$.", "$\\frac{3}{4}$"],
    ["**Answer:** 12 apples", "12 apples"],
    ["**Final Answer:** $x=3$", "$x=3$"],
    ["The answer to the question is 3.5 hours.", "3.5 hours"],
    ["The answer would be $18.", "$18"],
    ["Answer: (C)", "(C)"],
    ["We add 3 and 4, and have 7 left.", "7"],
    ["It costs $1,234.50 in all", "$1,234.50"],
    ["Hence $a + b = \\frac{7}{3}$.", "\\frac{7}{3}"],
    ["She eats 3/4 of it.", "3/4"],
    ["That is 25% of all.", "25%"],
    ["The correct option is (C).", "(C)"],
    ["Therefore, $x = 5$ and $y = 3$.", "$x = 5$ and $y = 3$"],
    ["It is \\boxed{\\text{Evelyn}}, since 3 > 2.", "\\text{Evelyn}"],
    ["<answer>42</answer>", "42"],
    ["Final Answer: The final answer is $12$. I hope it is correct.", "$12$"],
    ["There is nothing here.", null],
    ["\\boxed{}", null],
    ["", null]
  ];
  for (const [text, answer] of cases) expect(extractAnswer(text)?.answer ?? null, text).toBe(answer);
});

test("reasons are kept apart", async () => {
  expect(await judge("\\boxed{5}", "5")).toMatchObject({ok: true, reason: "", sandbox: ""});
  expect(await judge("\\boxed{5}", "6")).toMatchObject({reason: "wrong-answer", detail: "expected 6, got 5"});
  expect(await judge("\\boxed{5}")).toMatchObject({reason: "no-reference"});
  expect(await judge("no idea", "5")).toMatchObject({reason: "no-answer"});
  expect(await judge("\\boxed{\\frac{1}{}", "5")).toMatchObject({reason: "no-answer"});
  expect(await judge("\\boxed{\\oint x}", "5")).toMatchObject({reason: "unreadable-answer"});
  expect(await judge("\\boxed{5^{5^{5^5}}}", "5")).toMatchObject({reason: "too-large"});
  expect(await judge("\\boxed{5}", "\\boxed{\\oint x}")).toMatchObject({reason: "undecided"});
  expect(await judge("3 + 4\n@solution\n#### 7\n@solution\n#### 8", "7")).toMatchObject({reason: "unreadable"});
});

test("a unit on one side alone is passed over, and said", async () => {
  const detail = "a unit on one side alone was passed over";
  expect(await judge("\\boxed{5 \\text{ cm}}", "5.0")).toMatchObject({ok: true, detail});
  expect(await judge("\\boxed{5}", "5 \\text{ cm}")).toMatchObject({ok: true, detail});
  expect(await judge("\\boxed{50 mm}", "5 \\text{ cm}")).toMatchObject({ok: true, detail: ""});
  expect(await judge("\\boxed{5 \\text{ kg}}", "5 \\text{ cm}")).toMatchObject({reason: "wrong-answer"});
});

test("a problem's numbers are no answer where @solution parts it from the solution", async () => {
  expect(await judge("Are there 7 of them?\n\n@solution\nI cannot say.", "7")).toMatchObject({reason: "no-answer"});
});

test("the reference may be a whole solution", async () => {
  const reference = "Half of 10 is <<10/2=5>>5.\n#### 5";
  expect((await judge("#### 5.0", reference)).ok).toBe(true);
  expect((await judge("#### 10", reference)).ok).toBe(false);
  expect((await judge("\\boxed{\\frac12}", "We see that $x=\\boxed{0.5}$.")).ok).toBe(true);
});

test("steps are told and decide nothing", async () => {
  expect(checkSteps("<<3+4=7>>7 <<7*2=14>>14 <<14/3=4.67>> <<1+1=3>>")).toEqual({right: 3, count: 4, wrong: "1+1=3"});
  expect(checkSteps("3 + 4 = 7 and $10 - 2.5 = $7.50, 50% * 8 = 5")).toEqual({
    right: 2,
    count: 3,
    wrong: "50% * 8 = 5"
  });
  expect(await judge("<<1+1=3>>\n#### 2", "2")).toMatchObject({ok: true, detail: "0 of 1 steps right, not 1+1=3"});
});

test("1,000 answers pass in another writing, and 1,000 others do not", async () => {
  const cases = [...writtenAnswers(createRandom("planted answers"), 1000)].map(({reference, same, other}) => ({
    clean: evidence(`Find it.\n\n@solution\nIt is $\\boxed{${same}}$.`, reference),
    corrupt: evidence(`Find it.\n\n@solution\nIt is $\\boxed{${other}}$.`, reference)
  }));
  const {refused, missed, caught, planted} = await plantErrors(finalAnswer, cases, {context});
  expect(refused).toEqual([]);
  expect(missed.slice(0, 10)).toEqual([]);
  expect(caught / planted).toBeGreaterThanOrEqual(0.99);
});

test("1,000 exact answers stay right when 50 lanes ask at once, whatever stands beside them", async () => {
  const exact = [...writtenAnswers(createRandom("lanes"), 1000)].map(({reference}) => reference);
  const words: boolean[] = [];
  const lane = async (first: number) => {
    for (let i = first; i < exact.length; i += 50) {
      const [right, wrong] = await Promise.all([
        judge(`\\boxed{${exact[i]}}`, `${exact[i]}.`),
        judge(`\\boxed{${exact[i]}}`, "\\text{purple}")
      ]);
      words.push(right.ok && !wrong.ok);
    }
  };
  await Promise.all(Array.from({length: 50}, (_, first) => lane(first)));
  expect(words).toEqual(Array.from({length: 1000}, () => true));
});

test("long and hostile texts are judged in bounds", async () => {
  for (const text of [
    "\\boxed{".repeat(20_000),
    "answer ".repeat(20_000),
    "#".repeat(150_000),
    "$".repeat(150_000),
    "1,".repeat(70_000),
    "<<1=".repeat(40_000),
    "A: \n".repeat(40_000),
    "The answer is " + "9".repeat(100_000)
  ])
    expect((await judge(text, "5")).ok).toBe(false);
});

test("rows of other tables become samples", () => {
  const row = {problem: "What is $1+1$?", solution: "It is \\boxed{2}.", answer: "2", generation: "\\boxed{2}"};
  expect(gsm8k.fits(row)).toBe(true);
  expect(gsm8k.samples(row)).toMatchObject([{reference: "2", text: "What is $1+1$?\n\n@solution\n\\boxed{2}"}]);
  expect(gsm8k.samples({question: "1+1?", answer: "#### 2"})[0].reference).toBeUndefined();
  expect(gsm8k.samples({...row, generation: undefined})).toMatchObject([{reference: "2", generator: "human"}]);
  expect(gsm8k.samples({...row, generation: ["\\boxed{2}", "\\boxed{3}"], is_correct: true})).toHaveLength(2);
  expect(gsm8k.fits({prompt: "def f():", tests: "…"})).toBe(false);
  expect(() => gsm8k.samples({question: "?", ground_truth: "2", m: {solution: 3, is_correct: true}})).toThrow(
    /m\.solution/
  );
});

test.skipIf(!hasPublicData)("all 5,276 published labels of GSM8K's model solutions are reproduced", async () => {
  const lines = readFileSync(publicFile("gsm8k", "example_model_solutions.jsonl"), "utf8").trim().split("\n");
  const samples = lines.flatMap((line) => gsm8k.samples(JSON.parse(line) as Record<string, unknown>));
  expect(samples).toHaveLength(5276);
  const apart: string[] = [];
  for (const sample of samples) {
    const {ok, detail} = await finalAnswer.verify(sample, context);
    if (ok !== sample.label) apart.push(`${sample.generator}: ${sample.name}: ${detail}`);
  }
  expect(apart).toEqual([]);
});
