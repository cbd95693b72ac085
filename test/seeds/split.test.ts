import {expect, test} from "vitest";
import {splitOf} from "../../lib/seeds/split.js";

const documents = Array.from({length: 20_000}, (_, i) => `document-${i}`);

test("splitOf gives each split its share of documents", () => {
  const n = {train: 0, dev: 0, test: 0};
  for (const document of documents) n[splitOf("s", document, {dev: 0.1, test: 0.2})]++;
  // binomial SD of 20,000 draws at .1 and .2 is 42 and 57; five of each
  expect(Math.abs(n.dev - 2000)).toBeLessThan(5 * 42.5);
  expect(Math.abs(n.test - 4000)).toBeLessThan(5 * 56.6);
  expect(n.train + n.dev + n.test).toBe(20_000);
});

test("a larger test share keeps every document that the smaller one held out", () => {
  for (const document of documents.slice(0, 2000)) {
    if (splitOf("s", document, {dev: 0, test: 0.1}) === "test")
      expect(splitOf("s", document, {dev: 0, test: 0.3})).toBe("test");
  }
});

test("shares above 1 are refused", () => {
  expect(() => splitOf("s", "d", {dev: 0.6, test: 0.6})).toThrow("at most 1, got 0.6 + 0.6");
});
