import {expect, test} from "vitest";
import {HeldOutOverlap} from "../../lib/curate/heldOutOverlap.js";
import {words} from "../../lib/dedup/normalise.js";
import {jaccard, shingleSet} from "../../lib/dedup/jaccard.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {createRandom} from "../../lib/text/random.js";
import {perturb, randomText} from "../dedup/perturb.js";

const sentence =
  "Whenever I find myself growing grim about the mouth; whenever it is a damp, drizzly November in my soul, I account it high time.";
const filler = (seed: string) => randomText(createRandom(seed), 120);

function index(texts: readonly string[], options = {}) {
  const heldOut = new HeldOutOverlap(options);
  texts.forEach((text, i) => heldOut.add(`h${i}`, text));
  return heldOut;
}

test("a held-out sentence planted in a sample is caught, whatever its case and punctuation", () => {
  const heldOut = index([filler("a"), `${filler("b")} ${sentence} ${filler("c")}`]);
  const planted = (text: string) => heldOut.check(`${filler("d")}\n${text}\n${filler("e")}`);
  expect(planted(sentence).ngram).toBe("whenever i find myself growing grim about the mouth whenever it is a");
  expect(planted(sentence.toUpperCase().replaceAll(",", " –").replaceAll(";", "")).ngram).not.toBeNull();
  expect(planted(sentence.split(" ").slice(3, 16).join(" ")).ngram).not.toBeNull();
});

test("twelve shared words are not thirteen", () => {
  const heldOut = index([sentence]);
  const run = sentence.split(" ");
  expect(heldOut.check(`so ${run.slice(2, 14).join(" ")} then`).ngram).toBeNull();
  expect(heldOut.check(`so ${run.slice(2, 15).join(" ")} then`).ngram).not.toBeNull();
});

test("a near duplicate with one word changed is caught, also where no long run is left", () => {
  const short = "grim about the mouth in a damp drizzly November of my soul";
  const heldOut = index([filler("f"), short, sentence], {threshold: 0.5});
  // 12 words have 8 shingles of 5; changing the last word leaves 7 of 9.
  expect(heldOut.check(short.replace("soul", "heart"))).toEqual({ngram: null, near: {id: "h1", jaccard: 7 / 9}});
  const long = filler("g");
  const changed = long.split(" ").with(60, "november").join(" ");
  // 120 words have 116 shingles, of which one changed word takes 5: 111 of 121.
  expect(index([filler("f"), long]).check(changed).near).toEqual({id: "h1", jaccard: 111 / 121});
});

test("texts that share nothing are not caught, and the refusal says what was shared", () => {
  const heldOut = index([sentence]);
  expect(heldOut.check(filler("h"))).toEqual({ngram: null, near: null});
  expect(heldOut.refusal(filler("h"))).toBeNull();
  expect(heldOut.check("")).toEqual({ngram: null, near: null});
  expect(heldOut.refusal(sentence)).toMatchObject({reason: "held-out-overlap", detail: expect.stringContaining("h0")});
});

test("a short text that equals a held-out one is its near duplicate and shares no 13-gram", () => {
  expect(index(["It is a fish."]).check("it is a fish")).toEqual({ngram: null, near: {id: "h0", jaccard: 1}});
});

test("it agrees with the slow definition over all pairs", () => {
  const random = createRandom("heldOutOverlap");
  const texts = Array.from({length: 60}, () => randomText(random, 5 + random.int(50)));
  texts.push("a b a b a b a b a b a b a b a b", "a b c");
  const heldOut = index(texts);
  const shingle = createShingler();
  const grams = (text: string) => {
    const list = words(text, "plain");
    return list.slice(12).map((_, i) => list.slice(i, i + 13).join(" "));
  };
  const known = new Set(texts.flatMap(grams));
  for (let round = 0; round < 400; round++) {
    const text = perturb(random, random.pick(texts), random() * 0.3);
    const sets = texts.map((other) => jaccard(shingleSet(shingle(text)), shingleSet(shingle(other))));
    const best = Math.max(...sets);
    expect(heldOut.check(text)).toEqual({
      ngram: grams(text).find((gram) => known.has(gram)) ?? null,
      near: best >= 0.8 ? {id: `h${sets.indexOf(best)}`, jaccard: best} : null
    });
  }
});
