import {expect, test} from "vitest";
import {sentenceEnds} from "../../lib/text/sentences.js";

const sentences = (text: string) => {
  let start = 0;
  return sentenceEnds(text).map((end) => {
    const sentence = text.slice(start, end).trim();
    start = end;
    return sentence;
  });
};

test("a stop before a capital ends a sentence, closing quotes included", () => {
  expect(sentences('He rose. "Give us the tools." We did! Why? 12 men came.')).toEqual([
    "He rose.",
    '"Give us the tools."',
    "We did!",
    "Why?",
    "12 men came."
  ]);
});

test("abbreviations and initials end no sentence", () => {
  expect(sentences("Mr. J. Q. Adams met Gen. Jackson in the U.S. Senate. It was No. 5 of them.")).toEqual([
    "Mr. J. Q. Adams met Gen. Jackson in the U.S. Senate.",
    "It was No. 5 of them."
  ]);
  expect(sentences("So did I. Then all left.")).toEqual(["So did I.", "Then all left."]);
});

test("an empty line ends a sentence, and so does the end of the text", () => {
  expect(sentences("A title\n\nIt begins here. And stops")).toEqual(["A title", "It begins here.", "And stops"]);
});

test("a text without a sentence has no ends but its own, and an empty one none", () => {
  expect(sentenceEnds("no stop at all")).toEqual([14]);
  expect(sentenceEnds("")).toEqual([]);
  expect(sentenceEnds("  \n ")).toEqual([]);
});

test("decimal points and ellipses inside a sentence do not end it", () => {
  expect(sentences("It cost 3.50 dollars ... or so they said. Fine.")).toHaveLength(2);
});

test("a hundred thousand stops, quotes or spaces take no longer than linear time", () => {
  for (const mark of [".", '."', ". ", ".\n", "(", "A."])
    expect(sentenceEnds(`${mark.repeat(100_000)}x`).at(-1)).toBeGreaterThan(0);
});
