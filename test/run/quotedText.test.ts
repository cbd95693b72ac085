import {expect, test} from "vitest";
import {quotedText, type QuotedPart} from "../../lib/run/quotedText.js";

const shown = (parts: readonly QuotedPart[]) =>
  parts.map((part) => ("left" in part ? `[${part.left}]` : part.text)).join("");
const marked = (parts: readonly QuotedPart[], quote: number) =>
  parts.flatMap((part) => ("left" in part || !part.quotes.includes(quote) ? [] : [part.text])).join("");

test("a short text is shown whole, with overlapping quotes, across line breaks, and one that is not there", () => {
  const text = "The boat\n lay (at) anchor.";
  const parts = quotedText(text, ["boat lay (at)", "lay (at) anchor", "the boat", ""]);
  expect(shown(parts)).toBe(text);
  expect([0, 1, 2, 3].map((i) => marked(parts, i))).toEqual(["boat\n lay (at)", "lay (at) anchor", "", ""]);
});

test("of a long text its opening and what stands around quotes is shown, and how much is left out adds up", () => {
  const text = `${"x".repeat(5000)}first quote${"😀".repeat(2000)}second quote${"y".repeat(3000)}`;
  const parts = quotedText(text, ["first quote", "second quote", "😀".repeat(1000)]);
  expect(marked(parts, 0)).toBe("first quote");
  expect(marked(parts, 1)).toBe("second quote");
  const length = parts.reduce((sum, part) => sum + ("left" in part ? part.left : part.text.length), 0);
  expect(length).toBe(text.length);
  // The opening, 600 units of the longest quote at most, and 200 on either side of each.
  expect(length - parts.reduce((sum, part) => sum + ("left" in part ? part.left : 0), 0)).toBeLessThan(
    400 + 600 + 23 + 6 * 200
  );
  for (const part of parts) if (!("left" in part)) expect(part.text.isWellFormed()).toBe(true);
});

test("a text without quotes is cut after its opening", () => {
  expect(quotedText("z".repeat(9000), [])).toEqual([{text: "z".repeat(400), quotes: []}, {left: 8600}]);
  expect(quotedText("", ["a"])).toEqual([]);
});
