import {expect, test} from "vitest";
import {keepOrder} from "../../lib/dedup/keepOrder.js";
import {semanticStars} from "../../lib/dedup/semanticStars.js";
import {semanticTerms} from "../../lib/dedup/semanticTerms.js";
import {semanticVectors} from "../../lib/dedup/semanticVectors.js";
import {tiers} from "../../lib/schema/tier.js";
import {createRandom} from "../../lib/text/random.js";
import {perturb, randomText} from "./perturb.js";

const threshold = 0.8;

/** Vectors around centres, so that chains of near ones lead far away; the text is the vector's name. */
function clouds(seed: string) {
  const random = createRandom(seed);
  const vectors = new Map<string, Float64Array>();
  const texts = Array.from({length: 200}, (_, i) => {
    const centre = createRandom(seed, i % 12);
    const text = `t${random.int(150)}`;
    if (!vectors.has(text)) vectors.set(text, Float64Array.from({length: 11}, () => centre.normal() + 0.45 * random.normal())); // prettier-ignore
    return {text, id: text, key: `k${i}`, ceiling: random.pick(tiers), verified: random() < 0.5};
  });
  return {texts, vectors, indexOf: (distinct: readonly string[]) => semanticVectors(distinct.map((text) => vectors.get(text)!), {threshold})}; // prettier-ignore
}

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

test("every removed text has a kept one before it at or above the threshold, and it is the nearest", async () => {
  const {texts, vectors, indexOf} = clouds("semantic");
  const edges = await semanticStars(texts, indexOf);
  const byKey = new Map(texts.map((text) => [text.key, text]));
  const removed = new Set(edges.map(({member}) => member));
  expect(edges.length).toBeGreaterThan(100);
  expect(edges.length).toBeLessThan(190);
  for (const {member, representative, cosine: said, kind} of edges) {
    const [a, b] = [byKey.get(member)!, byKey.get(representative)!];
    expect(removed.has(representative)).toBe(false);
    expect(keepOrder(b, a)).toBeLessThan(0);
    expect(kind === "exact").toBe(a.text === b.text);
    // Vectors are held in 32 bits: 11 products of relative error 2^-23 at most.
    expect(Math.abs(said - cosine(vectors.get(a.text)!, vectors.get(b.text)!))).toBeLessThan(22 * 2 ** -23);
    expect(said).toBeGreaterThanOrEqual(threshold);
  }
  // No kept text is near another kept one, and no removed one nearer to another kept one that comes before it.
  const kept = texts.filter(({key}) => !removed.has(key));
  for (const a of kept)
    for (const b of kept)
      if (a !== b) expect(cosine(vectors.get(a.text)!, vectors.get(b.text)!)).toBeLessThan(threshold + 1e-5);
});

test("the order of the input changes nothing, and a second pass removes nothing", async () => {
  const {texts, indexOf} = clouds("order");
  const edges = await semanticStars(texts, indexOf);
  for (const seed of [1, 2]) expect(await semanticStars(createRandom(seed).shuffle(texts), indexOf)).toEqual(edges);
  const removed = new Set(edges.map(({member}) => member));
  expect(
    await semanticStars(
      texts.filter(({key}) => !removed.has(key)),
      indexOf
    )
  ).toEqual([]);
});

test("retold texts are found by their terms, whatever the order of their words, and no others", async () => {
  const random = createRandom("retold");
  const originals = Array.from({length: 60}, () => randomText(random, 40));
  const retold = originals.slice(0, 20).map((text) => random.shuffle(perturb(random, text, 0.05).split(" ")).join(" "));
  const texts = [...originals, ...retold].map((text, i) => ({
    ...{text, id: text, key: String(i), verified: true},
    ceiling: i < 60 ? ("T0" as const) : ("T2" as const)
  }));
  const edges = await semanticStars(texts, (distinct) => semanticTerms(distinct, {threshold}));
  expect(edges.map(({member, representative}) => `${member} of ${representative}`).sort()).toEqual(
    retold.map((_, i) => `${60 + i} of ${i}`).sort()
  );
});

test("vectors of several lengths or with no number are RangeErrors, one of length 0 is near none", async () => {
  expect(() => semanticVectors([[1, 0], [1]], {threshold})).toThrow("vector 1: expected 2 numbers, got 1");
  expect(() => semanticVectors([[NaN, 0]], {threshold})).toThrow("vector 0: expected finite numbers");
  expect(() => semanticVectors([], {threshold: 0})).toThrow("expected a cosine in (0, 1], got 0");
  expect([...semanticVectors([[0, 0], [0, 0]], {threshold}).near(1, Uint8Array.of(1, 0))]).toEqual([]); // prettier-ignore
});
