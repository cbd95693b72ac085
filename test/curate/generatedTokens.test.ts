import {expect, test} from "vitest";
import {generatedTokens} from "../../lib/curate/generatedTokens.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import {createRandom} from "../../lib/text/random.js";

const tokenizer = builtinTokenizer();
const span = (start: number, end: number) => ({start, end, seed: "s", from: 0});

test("a text without spans is generated throughout, one span over the whole text leaves none", () => {
  const text = "The whale — 鯨 — is no fish 🐋.";
  const tokens = tokenizer.count(text);
  expect(generatedTokens(text, [], tokenizer)).toEqual({tokens, generated: tokens});
  expect(generatedTokens(text, [span(0, text.length)], tokenizer)).toEqual({tokens, generated: 0});
});

test("a short text that is copied whole holds no generated token", () => {
  expect(generatedTokens("Yes.", [span(0, 4)], tokenizer).generated).toBe(0);
});

test("a patchwork of copies shorter than 16 code units is generated", () => {
  const text = "we hold these truths to be self-evident and more than that";
  const words = [...text.matchAll(/\S+ ?/g)].map((m) => span(m.index, m.index + m[0].length));
  const {tokens, generated} = generatedTokens(text, words, tokenizer);
  expect(generated).toBe(tokens);
});

test("spans out of order, empty or outside the text are a RangeError", () => {
  for (const spans of [[span(0, 5), span(4, 8)], [span(3, 3)], [span(0, 99)], [span(-1, 4)]])
    expect(() => generatedTokens("twelve chars", spans, tokenizer)).toThrow(RangeError);
});

test("a token counts as copied only when each of its bytes lies in one span, as the slow definition says", () => {
  const random = createRandom("generatedTokens");
  const alphabet = ["a", "whale ", "é", "鯨", "🐋", " the people", "\n", "1", ". "];
  for (let round = 0; round < 300; round++) {
    const text = Array.from({length: 40}, () => random.pick(alphabet)).join("");
    const spans = [];
    for (let at = random.int(10); at < text.length;) {
      const end = Math.min(text.length, at + 1 + random.int(40));
      spans.push(span(at, end));
      at = end + random.int(6);
    }
    // Slow: which span each byte belongs to, half a surrogate pair to none.
    const owner: number[] = [];
    for (let i = 0; i < text.length;) {
      const character = String.fromCodePoint(text.codePointAt(i)!);
      const own = spans.findIndex((s) => s.end - s.start >= 16 && s.start <= i && i + character.length <= s.end);
      for (let b = 0; b < new TextEncoder().encode(character).length; b++) owner.push(own);
      i += character.length;
    }
    let at = 0;
    let slow = 0;
    for (const token of tokenizer.encode(text)) {
      const owners = new Set(owner.slice(at, (at += tokenizer.byteLength(token))));
      if (owners.size !== 1 || owners.has(-1)) slow++;
    }
    expect(generatedTokens(text, spans, tokenizer).generated).toBe(slow);
  }
});
