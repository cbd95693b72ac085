import {createHash} from "node:crypto";
import {describe, expect, it} from "vitest";
import {keep} from "../../../lib/proxy/arithmetic/drafts.js";
import {
  alphabet,
  alphabetSha256,
  fact,
  pairs,
  read,
  splitPairs,
  verify,
  write
} from "../../../lib/proxy/arithmetic/facts.js";
import {measure} from "../../../lib/proxy/arithmetic/measure.js";
import {countNgrams, createModel} from "../../../lib/proxy/ngram.js";
import {createRandom} from "../../../lib/text/random.js";

const everyPair = Array.from({length: pairs}, (_, i) => i);

describe("the language of sums", () => {
  it("writes columns, units first, and the last carry", () => {
    expect(fact(5837).join("")).toBe("8755390");
    expect(fact(9999).join("")).toBe("9989991");
  });

  it("is read back as it was written", () => {
    for (const pair of everyPair) expect(read(fact(pair))).toEqual({pair, sum: Math.floor(pair / 100) + (pair % 100)});
  });

  it("is verified exactly: every fact passes, and no fact with one other digit in its sum", () => {
    for (let pair = 0; pair < pairs; pair += 7) {
      expect(verify(fact(pair))).toBe(true);
      const sum = Math.floor(pair / 100) + (pair % 100);
      for (const wrong of [1, 10, 100]) expect(verify(write(pair, (sum + wrong) % 200))).toBe(false);
    }
    // A carry above 1 states a sum that no pair has.
    expect(verify(Uint16Array.of(8, 7, 5, 5, 3, 9, 2))).toBe(false);
  });

  it("names its alphabet's hash", () => {
    expect(createHash("sha256").update(alphabet).digest("hex")).toBe(alphabetSha256);
  });

  it("holds out pairs that no human fact states", () => {
    const {heldOut, supply} = splitPairs(createRandom(1), {heldOut: 3000, supply: 7000});
    const stated = new Set(supply.map((text) => read(text).pair));
    expect(stated.size).toBe(7000);
    expect(heldOut.some((pair) => stated.has(pair))).toBe(false);
    expect(() => splitPairs(createRandom(1), {heldOut: 1, supply: pairs})).toThrow("expected at most 10000");
  });
});

describe("keeping drafts", () => {
  const drafts = everyPair.flatMap((pair) => [fact(pair), write(pair, 7), fact(pair)]);
  const kept = (keeper: "verified" | "leaky" | "unverified") =>
    keep(drafts, {keeper, leak: 0.1, random: createRandom("leak")});

  it("keeps what is true, once", () => {
    expect(kept("verified")).toHaveLength(pairs);
    expect(kept("verified").every(verify)).toBe(true);
  });

  it("lets about the leak's share of wrong drafts slip", () => {
    const wrong = kept("leaky").filter((text) => !verify(text)).length;
    const all = kept("unverified").filter((text) => !verify(text)).length;
    // Binomial: four standard deviations of a share of .1 among `all`.
    expect(Math.abs(wrong / all - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / all));
  });

  it("leaves out what was kept before", () => {
    const before = everyPair.slice(1).map(fact);
    expect(keep(drafts, {keeper: "verified", leak: 0, random: createRandom(1), before})).toEqual([fact(0)]);
  });
});

describe("measuring sums", () => {
  const train = (texts: Uint16Array[]) =>
    createModel([{counts: countNgrams(texts, {order: 5, vocabSize: alphabet.length}), weight: 1}]);
  const asked = everyPair.filter((pair) => pair % 20 === 0);

  it("finds that a model of every sum knows most, and one of noise nearly nothing", () => {
    const all = measure(train(everyPair.map(fact)), asked);
    const random = createRandom("noise");
    const noise = measure(train(everyPair.map(() => Uint16Array.from({length: 7}, () => random.int(10)))), asked);
    // Four tokens decide a digit, but each four were seen once and so get half the mass; the rest goes to shorter
    // contexts, which do not know the carry. The units digit and the last carry have no such rival.
    expect(all.exact_match).toBeGreaterThan(0.75);
    expect(noise.exact_match).toBeLessThan(0.05);
    expect(all.answer_bits).toBeLessThan(noise.answer_bits);
    // Three digits at random have log2(1000) bits.
    expect(Math.abs(noise.answer_bits - Math.log2(1000))).toBeLessThan(1);
    expect(all.choice4).toBeGreaterThan(noise.choice4 + 0.5);
  });
});
