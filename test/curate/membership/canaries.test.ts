import {describe, expect, it} from "vitest";
import {makeCanaries} from "../../../lib/curate/membership/canaries.js";
import {canaryExposure, exposureBound} from "../../../lib/curate/membership/canaryExposure.js";
import {canaryPlaces, insertLine} from "../../../lib/curate/membership/canaryPlaces.js";
import {createCanarySearch} from "../../../lib/curate/membership/canarySearch.js";
import {defaultSpace, fill, spaceBits} from "../../../lib/curate/membership/canarySpace.js";
import {createProxyScorer} from "../../../lib/curate/membership/proxyScorer.js";
import {builtinTokenizer} from "../../../lib/io/assets.js";
import {createRandom} from "../../../lib/text/random.js";

const digits = {template: "The PIN is {secret}.", alphabet: "0123456789", length: 4};

describe("makeCanaries", () => {
  it("draws different secrets of the space, the same for the same seed", () => {
    const canaries = makeCanaries(defaultSpace, 64, createRandom("canaries"));
    expect(spaceBits(defaultSpace)).toBe(60);
    expect(new Set(canaries.map(({secret}) => secret)).size).toBe(64);
    for (const {secret, text} of canaries) {
      expect(secret).toMatch(/^[a-km-np-z2-9]{12}$/);
      expect(text).toBe(fill(defaultSpace, secret));
    }
    expect(makeCanaries(defaultSpace, 64, createRandom("canaries"))).toEqual(canaries);
    expect([canaries[0].id, canaries[63].id]).toEqual(["c01", "c64"]);
  });
  it("refuses a space without a place for secrets, or too small for so many", () => {
    const random = createRandom(1);
    expect(() => makeCanaries({...digits, template: "no place"}, 1, random)).toThrow("{secret} in it once");
    expect(() => makeCanaries({...digits, alphabet: "aa"}, 1, random)).toThrow("different letters");
    expect(() => makeCanaries(digits, 5001, random)).toThrow("expected 1 to 5000 canaries");
  });
});

describe("canaryPlaces", () => {
  it("gives each canary as many different rows as it has copies, and every row its chance", () => {
    const hits = new Int32Array(10);
    for (let seed = 0; seed < 300; seed++) {
      const places = canaryPlaces(3, {rows: 10, repeats: [1, 4], random: createRandom(seed)});
      const copies = [0, 0, 0];
      for (const [row, canaries] of places) {
        expect(new Set(canaries).size).toBe(canaries.length);
        for (const canary of canaries) copies[canary]++;
        hits[row] += canaries.length;
      }
      expect(copies).toEqual([1, 4, 1]);
    }
    // 300 × 6 copies over 10 rows: 180 each; a copy set of 4 of 10 and two of 1 of 10 give a variance of
    // 300 (0.24 + 0.09 + 0.09) = 126, and 5 deviations are 56.
    for (const n of hits) expect(Math.abs(n - 180)).toBeLessThan(56);
  });
  it("refuses more copies than rows", () => {
    expect(() => canaryPlaces(1, {rows: 3, repeats: [4], random: createRandom(1)})).toThrow("repeats of 1 to 3");
  });
});

describe("insertLine", () => {
  it("puts a line after one of the text's, and tells where it starts", () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const {text, offset} = insertLine("one\ntwo", "SECRET", createRandom(seed));
      expect(text.slice(offset, offset + 6)).toBe("SECRET");
      expect(text.replace("SECRET", "").split("\n").filter(Boolean)).toEqual(["one", "two"]);
      seen.add(text);
    }
    expect([...seen].sort()).toEqual(["one\nSECRET\ntwo", "one\ntwo\nSECRET"]);
    expect(insertLine("", "SECRET", createRandom(1))).toEqual({text: "SECRET", offset: 0});
  });
});

describe("createCanarySearch", () => {
  const search = createCanarySearch(["k7qdab2m", "2222aaaa"]);
  it("finds a secret that was spaced, split, accented or set in other capitals, and says where", () => {
    for (const written of [
      "k7qdab2m",
      "K7QD-AB2M",
      "k7 qd\nab 2m",
      "ｋ７ｑｄａｂ２ｍ",
      "k7q\u200bd\u00e4b2m",
      "“K7qD”, ab2m"
    ]) {
      const text = `It said: ${written}!`;
      const hits = search(text);
      expect(
        hits.map(({canary}) => canary),
        written
      ).toEqual([0]);
      expect(text.slice(hits[0].start, hits[0].end).replace(/^“/, "")).toContain(written.replace(/^“/, "").slice(0, 2));
    }
  });
  it("finds every place, next to each other too, and no part of a secret", () => {
    expect(search("k7qdab2mk7qdab2m 2222aaaa").map(({canary, start}) => [canary, start])).toEqual([
      [0, 0],
      [0, 8],
      [1, 17]
    ]);
    expect(search("k7qdab2 k7qdab2x m2222aaa 2222aaa2222aaa")).toEqual([]);
    expect(search("")).toEqual([]);
  });
  it("agrees with a plain search of the letters and digits of random texts", () => {
    const random = createRandom("search");
    const secrets = ["abab", "baab"];
    const find = createCanarySearch(secrets);
    let found = 0;
    for (let i = 0; i < 200; i++) {
      const text = Array.from({length: 60}, () => random.pick([..."ab AB-"])).join("");
      const plain = text.toLowerCase().replace(/[^a-z]/g, "");
      const expected = secrets.flatMap((secret, canary) =>
        [...plain.matchAll(new RegExp(`(?=${secret})`, "g"))].map(() => canary)
      );
      expect(
        find(text)
          .map(({canary}) => canary)
          .sort()
      ).toEqual(expected.sort());
      found += expected.length;
    }
    expect(found).toBeGreaterThan(100);
  });
});

describe("canaryExposure", () => {
  const canaries = makeCanaries(digits, 4, createRandom("exposure"));
  const random = () => createRandom("sample");
  it("is exact for a small space: log2 of its size for the favourite, 0 for the last", async () => {
    // The model likes the third canary best and the first least.
    const total = (text: string) => (text === canaries[2].text ? 1 : text === canaries[0].text ? -1 : 0);
    const {method, scored, canaries: found} = await canaryExposure(digits, canaries, total, {random: random()});
    expect([method, scored]).toEqual(["enumeration", 10_000]);
    expect(found[2].exposure).toBe(Math.log2(10_000));
    expect(found[0].exposure).toBeCloseTo(0, 12);
    // The rest tie: ranks 2 to 9,999, 5,000.5 in the middle.
    expect(found[1].exposure).toBeCloseTo(Math.log2(10_000 / 5000.5), 12);
    expect(found[1].interval).toEqual([found[1].exposure, found[1].exposure]);
  });
  it("by sampling agrees with enumeration within its interval", async () => {
    // A score by hash, equal in no two secrets that matter: ranks are spread over the space.
    const total = (text: string) => createRandom(text)();
    const exact = await canaryExposure(digits, canaries, total, {random: random()});
    const sampled = await canaryExposure(digits, canaries, total, {random: random(), most: 4000});
    expect([sampled.method, sampled.scored]).toEqual(["sampling", 4000]);
    for (const [i, {exposure, interval}] of sampled.canaries.entries()) {
      expect(interval[0]).toBeLessThan(exact.canaries[i].exposure);
      expect(interval[1]).toBeGreaterThan(exact.canaries[i].exposure);
      expect(exposure).toBeGreaterThanOrEqual(interval[0]);
    }
  });
  it("rings for a canary that the proxy has seen, and not for one that it has not", async () => {
    const random = createRandom("rings");
    const other = Array.from({length: 300}, () => `The PIN is ${random.int(9000) + 1000}.`);
    const [seen, unseen] = canaries;
    const scorer = createProxyScorer([...other, ...(Array(8).fill(seen.text) as string[])], builtinTokenizer());
    const {canaries: found} = await canaryExposure(digits, [seen, unseen], (text) => scorer.total(text), {
      random: createRandom("exact")
    });
    expect(found[0].exposure).toBeGreaterThan(exposureBound(2));
    expect(found[1].exposure).toBeLessThan(exposureBound(2));
  });
  it("has an alarm that rings by chance for one set in 1,024 at most", () => {
    expect(exposureBound(1)).toBe(10);
    expect(exposureBound(64) - 6).toBe(10);
  });
});
