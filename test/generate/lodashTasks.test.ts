import {beforeAll, expect, test} from "vitest";
import {generatedTokens} from "../../lib/curate/generatedTokens.js";
import {jaccard, shingleSet} from "../../lib/dedup/jaccard.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {readCalls} from "../../lib/generate/lodashTasks/calls.js";
import {documentation, isPlain, modern, writeLiteral} from "../../lib/generate/lodashTasks/literal.js";
import {lodashTasks} from "../../lib/generate/lodashTasks.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import type {Draft} from "../../lib/schema/sample.js";
import type {Seed} from "../../lib/schema/seed.js";
import {canonical} from "../../lib/text/canonical.js";
import {lodashSeeds} from "../seeds/lodashSeeds.js";
import {draftsOf, seedOf} from "./context.js";

let seeds: Seed[];
let drafts: {seed: Seed; draft: Draft}[];

beforeAll(async () => {
  seeds = await lodashSeeds();
  drafts = [];
  for (const seed of seeds)
    for (const draft of await draftsOf(lodashTasks, seed, {count: 6, corpus: seeds})) drafts.push({seed, draft});
});

test("completed examples are copied to at least 80 %, by spans that are true", () => {
  const texts = new Map(seeds.map(({sha256, text}) => [sha256, text]));
  const completed = drafts.filter(({draft}) => draft.ceiling === "T1");
  expect(new Set(completed.map(({seed}) => seed.document)).size).toBeGreaterThan(250);
  for (const {seed, draft} of completed) {
    const {tokens, generated} = generatedTokens(draft.text, draft.spans, builtinTokenizer());
    expect(generated / tokens).toBeLessThanOrEqual(0.2);
    expect(draft.spans.some((span) => span.seed === seed.sha256)).toBe(true);
    let last = 0;
    for (const {start, end, seed: from, from: at} of draft.spans) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(draft.text.slice(start, end)).toBe(texts.get(from)!.slice(at, at + end - start));
      last = end;
    }
    const [, code] = draft.text.split("\n\n@test\n\n");
    expect(code.split("\n").every((line) => line.startsWith("assert.deepEqual(_."))).toBe(true);
  }
});

test("no completed example is a near duplicate of its seed", () => {
  const shingle = createShingler();
  const setOf = (text: string) => shingleSet(shingle(text));
  for (const {seed, draft} of drafts)
    if (draft.ceiling === "T1") expect(jaccard(setOf(draft.text), setOf(seed.text))).toBeLessThan(0.8);
});

test("drafts are canonical, so that spans stay where they are, and never more than was asked for", async () => {
  for (const {draft} of drafts) expect(draft.text).toBe(canonical(draft.text));
  for (const count of [1, 2, 3])
    expect((await draftsOf(lodashTasks, seeds[2], {count, corpus: seeds})).length).toBeLessThanOrEqual(count);
});

test("the same seed and random source give the same bytes", async () => {
  for (const seed of seeds.slice(0, 40)) {
    const again = await draftsOf(lodashTasks, seed, {count: 6, corpus: seeds});
    expect(again).toEqual(drafts.filter((one) => one.seed === seed).map(({draft}) => draft));
  }
});

test("derived tasks have a solution, tests and no copied run, and half of them do without lodash", () => {
  const derived = drafts.filter(({draft}) => draft.ceiling === "T2").map(({draft}) => draft);
  expect(derived.length).toBeGreaterThan(200);
  for (const {text, spans} of derived) {
    expect(spans).toEqual([]);
    expect(text).toMatch(/^[^\n]+\n\n@solution\n\n[^]+\n\n@test\n\nassert[^]+\);$/);
  }
  const plain = derived.filter(({text}) => !text.includes("_.")).length / derived.length;
  expect(plain).toBeGreaterThan(0.35);
  expect(plain).toBeLessThan(0.65);
});

test("a seed that is no documented example makes nothing", async () => {
  expect(await draftsOf(lodashTasks, seedOf("Only prose."), {count: 3, corpus: seeds})).toEqual([]);
  await expect(draftsOf(lodashTasks, seeds[2], {options: {completions: 9}})).rejects.toThrow(
    /"lodash-tasks": options.completions/
  );
});

test("calls are read with literals and declared names, and others are left out", () => {
  const code =
    "var list = [1, { 'a': 'b' }];\nvar f = g();\n\n_.at(list, 0);\n_.at([f], 1);\n_.at([2], Math.floor);\n_.at(x => 1);";
  expect(readCalls(code, "at")).toEqual([
    [[1, {a: "b"}], 0],
    [[2], {source: "Math.floor", value: Math.floor}]
  ]);
});

test("literals are written in lodash's way or today's, and only for plain data", () => {
  const value = {a: ["it's", 'say "x"'], "b c": undefined, n: null};
  expect(writeLiteral(value, documentation)).toBe(`{ 'a': ['it\\'s', 'say "x"'], 'b c': undefined, 'n': null }`);
  expect(writeLiteral(value, modern)).toBe(`{ a: ["it's", "say \\"x\\""], "b c": undefined, n: null }`);
  for (const odd of [() => 1, new Map(), new Array(2), -0, Object.create(null), Symbol("x")])
    expect(isPlain(odd)).toBe(false);
});
