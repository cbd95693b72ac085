import {beforeAll, expect, test} from "vitest";
import {cloze as generator} from "../../lib/generate/cloze.js";
import type {Draft} from "../../lib/schema/sample.js";
import type {Seed} from "../../lib/schema/seed.js";
import {createRandom} from "../../lib/text/random.js";
import {cloze} from "../../lib/verify/cloze.js";
import {draftsOf} from "../generate/context.js";
import {addresses} from "../seeds/addresses.js";
import {judge} from "./evidence.js";

const passage =
  "The Congress shall have power to lay and collect taxes, duties, imposts and excises, to pay the debts and " +
  "provide for the common defence and general welfare of the United States.";

let seeds: Seed[];
let drafts: Draft[];

beforeAll(async () => {
  seeds = (await addresses()).filter((_, i) => i % 5 === 0);
  drafts = (await Promise.all(seeds.map((seed) => draftsOf(generator, seed)))).flat().slice(0, 1000);
});

test("1,000 clozes are right, copied to at least 80 %, and every form of task is among them", async () => {
  expect(drafts).toHaveLength(1000);
  for (const {text} of drafts) expect(await judge(cloze, text, "cloze")).toMatchObject({ok: true, detail: ""});
  expect(new Set(drafts.map(({payload}) => payload.task)).size).toBe(5);
});

test("1,000 clozes with another word of the passage, or another number, as their answer are caught", async () => {
  const random = createRandom("cloze corruption");
  let caught = 0;
  for (const {text, payload} of drafts) {
    const answer = payload.answer as string;
    const words = text.match(/[\p{L}\p{N}]+/gu)!.filter((word) => word !== answer);
    const wrong = /^\d+$/.test(answer) ? String(Number(answer) + random.pick([-1, 1, 2])) : random.pick(words);
    const bent = text.slice(0, text.length - answer.length) + wrong;
    if (!(await judge(cloze, bent, "cloze")).ok) caught++;
  }
  expect(caught).toBe(drafts.length);
});

test.each([
  [`${passage}\n\nRead on from "general welfare of". The next word is: the`, ""],
  [`${passage}\n\nRead on from "general welfare of". The next word is: The`, "wrong-answer"],
  [`${passage}\n\nRead on from "the". The next word is: debts`, "ambiguous"],
  [`${passage}\n\nRead on from "general warfare of". The next word is: the`, "not-in-passage"],
  [`${passage}\n\nRead on from "United States". The next word is: of`, "not-in-passage"],
  [`${passage}\n\nFill in the blank from the passage: "to pay the ____ and provide"\nAnswer: debts`, ""],
  [`${passage}\n\nFill in the blank from the passage: "to pay the debts"\nAnswer: debts`, "not-in-passage"],
  [`${passage}\n\nLook back from "duties, imposts". The word before it is: taxes`, ""],
  [`${passage}\n\nOnly one of "taxes", "debts" and "yogurt" stands in the text above. It is: taxes`, "ambiguous"],
  [`${passage}\n\nWho wrote this?\nAnswer: Madison`, "no-task"],
  [`Too short.\n\nRead on from "Too". The next word is: short`, "no-passage"],
  ["", "no-passage"],
  [`${passage}\n\nRead on from "(a+)+$". The next word is: x`, "not-in-passage"]
])("text %# is judged for the right reason", async (text, reason) => {
  expect((await judge(cloze, text, "cloze")).reason).toBe(reason);
});
