import {describe, expect, test} from "vitest";
import {builtinTokenizer} from "../../lib/io/assets.js";
import {sha256} from "../../lib/io/sha256.js";
import {canonicalJson} from "../../lib/text/json.js";
import {createRandom} from "../../lib/text/random.js";
import {createTokenizer, learnMerges} from "../../lib/text/tokenizer.js";
import {readFileSync} from "node:fs";

const tokenizer = builtinTokenizer();

describe("tokenizer", () => {
  test("the shipped merges have the hash that cards name", () => {
    const file = JSON.parse(readFileSync(new URL("../../data/tokenizer.json", import.meta.url), "utf8")) as {
      merges: [number, number][];
    };
    expect(file.merges).toHaveLength(2048);
    expect(sha256(canonicalJson(file.merges))).toBe(tokenizer.sha256);
  });

  test("decode(encode(text)) is the text, for any well-formed text", () => {
    const random = createRandom("round trip");
    const alphabet = ["a", "e", " ", "\n", "7", "é", "漢", "😀", "\t", "—", "the", " of", "\u0301", "<", "\\"];
    for (let i = 0; i < 500; i++) {
      const text = Array.from({length: random.int(60)}, () => random.pick(alphabet)).join("");
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    }
  });

  test("count(text) is the length of encode(text), and bytes of tokens sum to bytes of text", () => {
    const text = "In 1862 the Union's revenue was 51,907,944.81 dollars — “so far” 😀.";
    const tokens = tokenizer.encode(text);
    expect(tokenizer.count(text)).toBe(tokens.length);
    expect(tokens.reduce((sum, token) => sum + tokenizer.byteLength(token), 0)).toBe(Buffer.byteLength(text));
  });

  test("digits are tokens of their own", () => {
    expect(Array.from(tokenizer.encode("1234"))).toHaveLength(4);
  });

  test("a piece of 100,000 letters without a space is encoded in bounded time and comes back", () => {
    const text = "ab".repeat(50_000);
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  test("a text of more than a million characters is cut like a short one", () => {
    const line = "Some words, 12 of them: naïve\n";
    const times = Math.ceil(2 ** 20 / line.length);
    const one = tokenizer.encode(line);
    const all = tokenizer.encode(line.repeat(times));
    expect(all.length).toBe(times * one.length);
    expect(all.every((token, i) => token === one[i % one.length])).toBe(true);
  });

  test("learnMerges merges the most frequent pair first, ties to the smaller ids", () => {
    // "low" three times, "lot" twice: "lo" five times, then "low" (108 111 119).
    const merges = learnMerges(["low low low lot lot"], 3);
    const [l, o, w] = [..."low"].map((c) => c.charCodeAt(0));
    expect(merges[0]).toEqual([l, o]);
    // " lo" four times (every word but the first), then " low" twice, " lot" twice
    expect(merges[1]).toEqual([32, 256]);
    expect(merges[2]).toEqual([257, "t".charCodeAt(0)]);
    expect(w).toBe(119);
  });

  test("more than 65280 merges do not fit in 16 bits and are refused", () => {
    const merges = Array.from({length: 65_281}, () => [0, 0] as const);
    expect(() => createTokenizer({id: "x", sha256: "", merges})).toThrow(/at most 65280 merges, got 65281/);
  });
});
