import {beforeAll, expect, test} from "vitest";
import {selfPlay} from "../../lib/generate/selfPlay.js";
import {teacher3} from "../../lib/generate/teacher.js";
import type {Seed} from "../../lib/schema/seed.js";
import {createRandom} from "../../lib/text/random.js";
import {proseCritic} from "../../lib/verify/proseCritic.js";
import {wittenBell} from "../../lib/verify/wittenBell.js";
import {draftsOf} from "../generate/context.js";
import {addresses} from "../seeds/addresses.js";
import {judge} from "./evidence.js";

let corpus: Seed[];
let unseen: Seed[];

// Whole addresses apart: neighbours of a passage would tell the critic about it.
beforeAll(async () => {
  const seeds = await addresses();
  const documents = [...new Set(seeds.map(({document}) => document))];
  const apart = new Set(documents.filter((_, i) => i % 4 === 0));
  corpus = seeds.filter(({document}) => !apart.has(document));
  unseen = seeds.filter(({document}) => apart.has(document)).slice(0, 1000);
});

const accepted = async (texts: readonly string[]) => {
  const verdicts = await Promise.all(texts.map((text) => judge(proseCritic, text, "prose", corpus)));
  return verdicts.filter(({ok}) => ok).length / texts.length;
};

test("most unseen human passages are accepted, about as many as the bounds promise", async () => {
  // 5 % and 2.5 % fall outside by construction; other addresses differ more than passages of the same ones.
  expect(unseen).toHaveLength(1000);
  expect(await accepted(unseen.map(({text}) => text))).toBeGreaterThan(0.88);
});

test("1,000 passages with scrambled words are refused", async () => {
  const random = createRandom("critic");
  const scrambled = unseen.map(({text}) => text.replace(/\p{L}+/gu, (word) => random.shuffle([...word]).join("")));
  expect(await accepted(scrambled)).toBe(0);
});

test("stock phrases and nothing else are monotonous", async () => {
  const text = "The people of the United States and the Government of the United States. ".repeat(15);
  expect((await judge(proseCritic, text, "prose", corpus)).reason).toBe("monotonous");
});

test("it accepts a hot teacher less often than a cool one, and a collapsed self-player hardly ever", async () => {
  const texts = async (generator: typeof teacher3, options: Record<string, unknown>) =>
    (await Promise.all(corpus.slice(0, 150).map((seed) => draftsOf(generator, seed, {corpus, options}))))
      .flat()
      .map(({text}) => text);
  const cool = await accepted(await texts(teacher3, {temperature: 0.8}));
  const hot = await accepted(await texts(teacher3, {temperature: 1}));
  const collapsed = await accepted(await texts(selfPlay, {generations: 4}));
  expect(hot).toBeLessThan(cool - 0.3);
  expect(collapsed).toBeLessThan(0.05);
});

test("without human text of the domain it says so", async () => {
  expect((await judge(proseCritic, "Anything.", "prose", [])).reason).toBe("no-human-text");
});

test("an empty text is implausible, not an exception", async () => {
  expect((await judge(proseCritic, "", "prose", corpus)).reason).toBe("implausible");
});

test("Witten–Bell by hand: after a, a, b the empty context gives a (2 + 2/128) / 5", () => {
  const model = wittenBell(["aab"], {order: 2});
  const p = (2 + 2 / 128) / 5;
  expect(model.bits("a")[0]).toBeCloseTo(-Math.log2(p), 12);
  // After a: a and b once each, so two types in two places; "aa" is p, then (1 + 2 p) / 4.
  expect(model.bits("aa")[1]).toBeCloseTo(-(Math.log2(p) + Math.log2((1 + 2 * p) / 4)) / 2, 12);
  // c was never a context: order 2 says what order 1 does.
  expect(model.bits("ca")[1]).toBeCloseTo(model.bits("ca")[0], 12);
});

test("the probabilities of all symbols in a context sum to 1, at every order", () => {
  const model = wittenBell(
    corpus.slice(0, 20).map(({text}) => text),
    {order: 6}
  );
  const context = "the peopl";
  const before = model.bits(context).map((bits) => bits * context.length);
  const sums = new Float64Array(6);
  for (let code = 0; code < 128; code++) {
    const text = context + String.fromCharCode(code);
    model.bits(text).forEach((bits, n) => (sums[n] += 2 ** (before[n] - bits * text.length)));
  }
  for (const sum of sums) expect(sum).toBeCloseTo(1, 9);
});

test("an order outside 1 to 6 is refused", () => {
  expect(() => wittenBell([], {order: 7})).toThrow("expected an order of 1 to 6, got 7");
});
