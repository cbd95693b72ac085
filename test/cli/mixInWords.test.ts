import {expect, test} from "vitest";
import {mixInWords} from "../../lib/cli/mixInWords.js";

const names = Array.from({length: 20}, (_, i) => `d${i}`);
const mix = (weight: (i: number) => number) => Object.fromEntries(names.map((name, i) => [name, weight(i)]));

test("a mix of few shares is written whole, in its own order", () => {
  expect(mixInWords({T0: 0.1, T1: 0, T2: 0.9})).toBe("T0 0.1, T1 0, T2 0.9");
});

test("of many shares the largest are written, and what bounds the others", () => {
  expect(mixInWords(mix((i) => (i < 2 ? 0.5 : 0)))).toBe("d0 0.5, d1 0.5, 18 others at 0");
  expect(mixInWords(mix(() => 0.05))).toBe("d0 0.05, d1 0.05, d2 0.05, d3 0.05, d4 0.05, d5 0.05, 14 others below 6 %");
  expect(mixInWords(mix((i) => (i === 7 ? 0.9981 : 0.0001)))).toBe("d7 0.9981, 19 others below 0.1 %");
  // Just under a tenth of a per cent: the bound is above it, never at it.
  expect(mixInWords(mix((i) => (i === 7 ? 0.98 : 0.000999)))).toBe("d7 0.98, 19 others below 0.1 %");
});
