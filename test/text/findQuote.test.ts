import {expect, test} from "vitest";
import {createRandom} from "../../lib/text/random.js";
import {findQuote} from "../../lib/text/findQuote.js";

test("a quote is found where it stands, white space counting as one space", () => {
  const text = "The  mill\n\nburned down\tin 1890, and nobody built another.";
  const found = (quote: string) => {
    const place = findQuote(text, quote);
    return place === null ? null : text.slice(place.start, place.end);
  };
  expect(found("burned down\tin")).toBe("burned down\tin");
  expect(found("The mill burned down in 1890")).toBe("The  mill\n\nburned down\tin 1890");
  expect(found(" nobody   built\n")).toBe("nobody built");
  expect(found("the mill burned")).toBeNull();
  expect(found("burned up in 1890")).toBeNull();
  expect(found("another")).toBeNull();
  expect(found("another.")).toBe("another.");
  expect(found("        ")).toBeNull();
});

test("quotes in another normal form are found", () => {
  expect(findQuote("eine große Mühle", "große Mu\u0308hle")).toEqual({start: 5, end: 16});
});

test("every piece of a text is found with its white space folded", () => {
  const random = createRandom("quotes");
  const text = Array.from({length: 200}, () => random.pick(["a", "bc", "déf", " ", "\n", "  \n", "😀"])).join("");
  for (let i = 0; i < 300; i++) {
    const from = random.int(text.length - 40);
    const piece = text
      .slice(from, from + 40)
      .toWellFormed()
      .replaceAll("\ufffd", "")
      .trim();
    const place = findQuote(text, piece.replace(/\s+/g, " "))!;
    expect(text.slice(place.start, place.end).replace(/\s+/g, " ")).toBe(piece.replace(/\s+/g, " "));
  }
});
