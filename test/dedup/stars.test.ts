import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {jaccard, shingleSet} from "../../lib/dedup/jaccard.js";
import {keepOrder} from "../../lib/dedup/keepOrder.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {stars} from "../../lib/dedup/stars.js";
import {sha256} from "../../lib/io/sha256.js";
import {tiers} from "../../lib/schema/tier.js";
import {createRandom} from "../../lib/text/random.js";
import {hasPublicData, publicFile} from "../publicData.js";
import {perturb, randomText} from "./perturb.js";

const shingle = createShingler();
const similarity = (a: string, b: string) => jaccard(shingleSet(shingle(a)), shingleSet(shingle(b)));

function corpus(seed: string, families: number) {
  const random = createRandom(seed);
  const texts: string[] = [];
  for (let f = 0; f < families; f++) {
    // A chain: each text is a near copy of the one before, the last far from the first.
    let text = randomText(random, 20 + random.int(80));
    for (let i = 0; i < 6; i++) {
      texts.push(text);
      if (random() < 0.2) texts.push(text);
      text = perturb(random, text, 0.03);
    }
  }
  return texts.map((text, i) => ({
    text,
    id: sha256(text),
    key: `k${i}`,
    ceiling: random.pick(tiers),
    verified: random() < 0.5
  }));
}

test("the keep rule is ceiling, then verified, then hash, then key", () => {
  const a = {ceiling: "T1" as const, verified: true, id: "5", key: "1"};
  expect(keepOrder({...a, ceiling: "T0", verified: false, id: "9"}, a)).toBeLessThan(0);
  expect(keepOrder(a, {...a, verified: false, id: "1"})).toBeLessThan(0);
  expect(keepOrder(a, {...a, id: "6"})).toBeLessThan(0);
  expect(keepOrder(a, {...a, key: "2"})).toBeLessThan(0);
  expect(keepOrder(a, {...a})).toBe(0);
});

test("every removed text has a kept one, before it in keep order, at or above the threshold", () => {
  const texts = corpus("stars", 60);
  const byKey = new Map(texts.map((t) => [t.key, t]));
  const edges = stars(texts);
  expect(edges.length).toBeGreaterThan(60);
  const removed = new Set(edges.map(({member}) => member));
  expect(removed.size).toBe(edges.length);
  for (const {member, representative, jaccard: j, kind} of edges) {
    const [a, b] = [byKey.get(member)!, byKey.get(representative)!];
    expect(removed.has(representative)).toBe(false);
    expect(keepOrder(b, a)).toBeLessThan(0);
    expect(j).toBe(kind === "exact" ? 1 : similarity(a.text, b.text));
    expect(j).toBeGreaterThanOrEqual(0.8);
    expect(kind === "exact").toBe(a.text === b.text);
  }
});

test("the order of the input changes nothing, and a second pass removes nothing", () => {
  const texts = corpus("order", 40);
  const edges = stars(texts);
  for (const seed of [1, 2, 3]) expect(stars(createRandom(seed).shuffle(texts))).toEqual(edges);
  const removed = new Set(edges.map(({member}) => member));
  expect(stars(texts.filter(({key}) => !removed.has(key)))).toEqual([]);
});

test("a chain of near copies is no cluster: what is far from every kept text is kept", () => {
  const random = createRandom("chain");
  const texts: string[] = [randomText(random, 100)];
  for (let i = 0; i < 30; i++) texts.push(perturb(random, texts[i], 0.02));
  const standing = texts.map((text, i) => ({
    text,
    id: String(i).padStart(2, "0"),
    key: `k${i}`,
    ceiling: "T2" as const,
    verified: true
  }));
  expect(similarity(texts[0], texts[30])).toBeLessThan(0.3);
  const edges = stars(standing);
  expect(edges.length).toBeLessThan(30);
  expect(
    edges.every(
      ({member, representative}) =>
        similarity(texts[Number(member.slice(1))], texts[Number(representative.slice(1))]) >= 0.8
    )
  ).toBe(true);
});

test("a human text wins over its synthetic copies, whatever their hashes", () => {
  const text = randomText(createRandom("human"), 50);
  const copy = {text, id: sha256(text), key: "a", ceiling: "T2" as const, verified: true};
  expect(stars([copy, {...copy, key: "b", ceiling: "T0", verified: false}])).toEqual([
    {member: "a", representative: "b", jaccard: 1, kind: "exact"}
  ]);
});

test("texts without words are duplicates only when they are equal", () => {
  const dots = (text: string, key: string) => ({text, id: sha256(text), key, ceiling: "T2" as const, verified: true});
  expect(stars([dots("...", "a"), dots(",,,", "b")])).toEqual([]);
  expect(stars([dots("...", "a"), dots("...", "b")]).length).toBe(1);
});

test.skipIf(!hasPublicData)("near copies in five editions of one book are found (needs BALLAST_DATA)", () => {
  const editions = ["1661-8.txt", "1661.txt", "advsh10.txt", "advsh11.txt", "advsh12.txt"];
  const paragraphs = editions.flatMap((name) =>
    readFileSync(publicFile("neardup_sherlock", `sherlock_holmes/${name}`), "latin1")
      .split(/\r?\n\s*\r?\n/)
      .filter((text) => text.split(/\s+/).filter(Boolean).length >= 40)
  );
  const texts = [...new Set(paragraphs)].map((text, i) => ({
    text,
    id: sha256(text),
    key: `p${i}`,
    ceiling: "T0" as const,
    verified: true
  }));
  const edges = stars(texts);
  const kept = new Set(texts.map(({key}) => key));
  for (const {member} of edges) kept.delete(member);
  // Exact truth: pairs at J >= 0.8 by a full inverted index over shingles.
  const sets = texts.map(({text}) => shingleSet(shingle(text)));
  const holders = new Map<number, number[]>();
  sets.forEach((set, i) => set.forEach((s) => holders.set(s, [...(holders.get(s) ?? []), i])));
  let left = 0;
  let duplicates = 0;
  texts.forEach(({key}, i) => {
    const near = new Set<number>();
    for (const s of sets[i]) for (const j of holders.get(s)!) if (j !== i) near.add(j);
    const twins = [...near].filter((j) => jaccard(sets[i], sets[j]) >= 0.8);
    if (twins.length > 0) duplicates++;
    if (kept.has(key) && twins.some((j) => kept.has(texts[j].key))) left++;
  });
  process.stderr.write(
    `sherlock: ${texts.length} paragraphs, ${duplicates} with a near copy, ${edges.length} removed, ${left} kept ones still have one\n`
  );
  expect(duplicates).toBeGreaterThan(400);
  // Recall of a pair at J ≥ 0.8 is 0.92 at worst by the S-curve, and most pairs here are above 0.9.
  expect(left / duplicates).toBeLessThan(0.08);
});
