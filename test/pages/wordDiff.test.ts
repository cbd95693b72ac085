import {expect, test} from "vitest";
import {wordDiff} from "../../docs/components/wordDiff.js";

test("what both texts have, and what one alone has, in order", () => {
  expect(wordDiff("the quick brown fox", "the slow brown fox jumps")).toEqual([
    {text: "the ", in: "both"},
    {text: "quick ", in: "first"},
    {text: "slow ", in: "second"},
    {text: "brown fox", in: "both"},
    {text: "jumps", in: "second"}
  ]);
  expect(wordDiff("", "")).toEqual([]);
  expect(wordDiff("same", "same")).toEqual([{text: "same", in: "both"}]);
});

test("the parts of a side are its words, however different the two are", () => {
  const [a, b] = ["a b c a b b a", "c b a b a c"];
  const parts = wordDiff(a, b);
  const side = (name: "first" | "second") =>
    parts
      .filter((part) => part.in === "both" || part.in === name)
      .map(({text}) => text)
      .join(" ")
      .split(/\s+/)
      .join(" ");
  expect(side("first")).toBe(a);
  expect(side("second")).toBe(b);
  // The longest common subsequence of the two has 4 words.
  const both = parts.filter((part) => part.in === "both").flatMap(({text}) => text.trim().split(/\s+/));
  expect(both).toHaveLength(4);
});
