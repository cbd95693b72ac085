import {beforeAll, expect, test} from "vitest";
import {noisyProblems} from "../../lib/generate/noisyProblems.js";
import {wordProblems} from "../../lib/generate/wordProblems.js";
import type {Draft} from "../../lib/schema/sample.js";
import {createRandom} from "../../lib/text/random.js";
import {arithmetic} from "../../lib/verify/arithmetic.js";
import {evaluate} from "../../lib/verify/arithmetic/formula.js";
import {readQuestion} from "../../lib/verify/arithmetic/reader.js";
import {rational} from "../../lib/text/rational.js";
import {draftsOf, stateSeeds} from "../generate/context.js";
import {judge} from "./evidence.js";

const question = "Ada has $20 and saves $5 a week. After how many weeks does Ada have $65?";
const text = `${question}\n\nStill missing: 65 - 20 = 45\nWeeks: 45 / 5 = 9\nAnswer: 9`;
const word = async (changed: string) => (await judge(arithmetic, changed, "problem")).reason;

let drafts: Draft[];

beforeAll(async () => {
  drafts = await draftsOf(wordProblems, stateSeeds(1)[0], {count: 1000});
});

test("1,000 clean problems of every family pass", async () => {
  for (const draft of drafts)
    expect(await judge(arithmetic, draft.text, "problem")).toMatchObject({ok: true, reason: ""});
});

test("1,000 problems with one wrong digit anywhere are all caught", async () => {
  const random = createRandom("wrong digit");
  for (const draft of drafts) {
    const at = random.pick([...draft.text.matchAll(/\d/g)]).index;
    const digit = (Number(draft.text[at]) + 1 + random.int(9)) % 10;
    const changed = `${draft.text.slice(0, at)}${digit}${draft.text.slice(at + 1)}`;
    expect(await word(changed), changed).not.toBe("");
  }
});

test("every slip of the noisy twin is caught, and what did not slip passes", async () => {
  const noisy = await draftsOf(noisyProblems, stateSeeds(1)[0], {count: 1000, options: {rate: 0.5}});
  for (const {text, payload} of noisy)
    expect((await word(text)) === "", `${String(payload.slip)}\n${text}`).toBe(payload.slip === null);
});

test("two numbers of a question that changed places are caught", async () => {
  for (const draft of drafts.slice(0, 300)) {
    const [question] = draft.text.split("\n\n");
    const numbers = question.match(/\d+(?:[./]\d+)?/g)!;
    let i = 0;
    const order = [numbers[1], numbers[0], ...numbers.slice(2)];
    const swapped = question.replace(/\d+(?:[./]\d+)?/g, () => order[i++]);
    const [before, after] = [readQuestion(question)!, readQuestion(swapped)];
    const same = after !== null && after.answer.n === before.answer.n && after.answer.d === before.answer.d;
    expect((await word(swapped + draft.text.slice(question.length))) === "").toBe(same);
  }
});

test("reasons are kept apart", async () => {
  expect(await word(text)).toBe("");
  expect(await word(text.replace("= 45", "= 46"))).toBe("wrong-step");
  expect(await word(text.replace("Answer: 9", "Answer: 8"))).toBe("unfinished");
  expect(await word(text.replace("Answer: 9", ""))).toBe("missing-answer");
  expect(await word(text.replace("Answer: 9", "Answer: nine"))).toBe("missing-answer");
  expect(await word(`${question}\n\nSum: 65 + 20 = 85\nWeeks: 85 / 5 = 17\nAnswer: 17`)).toBe("wrong-answer");
  expect(await word(text.replace("65 - 20 = 45", "60 - 15 = 45"))).toBe("unsupported-number");
  expect(await word(text.replace("45 / 5", "45 ^ 5"))).toBe("unreadable-step");
  expect(await word(text.replace("Weeks", "Weeks 3"))).toBe("unreadable-step");
  expect(await word(text.replace("saves", "spends"))).toBe("unreadable");
  expect(await word(`${question}\n\nAnswer: 9`)).toBe("unreadable-step");
  expect(await word(question)).toBe("missing-answer");
});

test("texts made to hurt are refused in bounds", async () => {
  const nines = "9".repeat(3000);
  expect(await word(text.replace("65 - 20 = 45", `${nines} - 20 = 45`))).toBe("unreadable-step");
  expect(await word(text.replace("$20", `$${nines}`))).toBe("unreadable");
  expect(await word("9".repeat(1_000_000))).toBe("unreadable");
  expect(await word(`${"a ".repeat(1900)}\n\nAnswer: 1`)).toBe("unreadable");
  expect(await word(text.replace("Weeks: 45 / 5 = 9", "Weeks: 45 / 0 = 9"))).toBe("unsupported-number");
  expect(await word(`${question}\n\n${"Sum: 65 - 20 = 45\n".repeat(40)}Answer: 9`)).toBe("unreadable-step");
  expect(await word("")).toBe("unreadable");
  expect(await word(text.replace("Ada has", "<script>alert(1)</script> has"))).toBe("unreadable");
});

test("two people with one name are one person too few", () => {
  expect(
    readQuestion("Ada is 4 years older than Ben. Together they are 20 years old. How old is Ben?")?.answer
  ).toEqual(rational(8));
  expect(readQuestion("Ada is 4 years older than Ada. Together they are 20 years old. How old is Ada?")).toBeNull();
});

test("formulas are worked out exactly and what is none throws", () => {
  const values = new Map([
    ["a", rational(3)],
    ["b", rational(6)]
  ]);
  expect(evaluate("1 / (1 / a + 1 / b)", values)).toEqual(rational(2));
  expect(evaluate("a - b - 1 * 2", values)).toEqual(rational(-5));
  for (const formula of ["a / (b - 6)", "a +", "(a", "a b", "c"])
    expect(() => evaluate(formula, values)).toThrow(RangeError);
});

test("the verifier's text imports nothing of the generators", async () => {
  const {readFileSync, readdirSync} = await import("node:fs");
  const folder = new URL("../../lib/verify/arithmetic/", import.meta.url);
  const files = [new URL("../arithmetic.ts", folder), ...readdirSync(folder).map((name) => new URL(name, folder))];
  for (const file of files) expect(readFileSync(file, "utf8")).not.toMatch(/from "[^"]*generate/);
});
