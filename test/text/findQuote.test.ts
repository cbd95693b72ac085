import {expect, test} from "vitest";
import {findQuote as find, quotable, type Quotable} from "../../lib/text/findQuote.js";
import {createRandom} from "../../lib/text/random.js";

const shortest = 12;
const findQuote = (text: Quotable, quote: string) => find(text, quote, {least: shortest});

const text = "Doctor:  Any  fever?\nPatient: “No” — not since the cafe\u0301 … it’s been ten\u00a0days.";

test("a quote is found whatever its white space, Unicode form, quotation marks and dashes, and given as it stands", () => {
  const found = (quote: string) => findQuote(quotable(text), quote);
  expect(found("Any fever? Patient:")).toEqual({quote: "Any  fever?\nPatient:", start: 9, end: 29});
  expect(found('"No" - not since the caf\u00e9 ... it\'s been ten days.')).toMatchObject({
    quote: "“No” — not since the caf\u00e9 … it’s been ten\u00a0days."
  });
  expect(found("not since\u200b the  ")).toMatchObject({quote: "not since the"});
});

test("case, punctuation, numbers and order count", () => {
  for (const quote of ["any fever? Patient", "Any fever Patient:", "been nine days.", "fever? Any Patient"])
    expect(findQuote(quotable(text), quote)).toEqual({reason: "quote-not-found"});
});

test("an empty quote, one too short, and the whole of a short text are told apart", () => {
  expect(findQuote(quotable(text), " \n\u200b ")).toEqual({reason: "no-quote"});
  expect(findQuote(quotable(text), "fever?")).toEqual({reason: "quote-too-short"});
  expect(findQuote(quotable("No."), "No.")).toEqual({quote: "No.", start: 0, end: 3});
  expect(findQuote(quotable("No."), "o.")).toEqual({reason: "quote-too-short"});
  expect(findQuote(quotable(""), "anything at all")).toEqual({reason: "quote-not-found"});
});

test("every run of a text is found in it, of 500 texts of hostile characters", () => {
  const random = createRandom("quotes");
  const units = [..."ab .\n\t\u00a0“”‘’—…\u200b\u00ad", "e\u0301", "\u{1f642}", "\u{1100}\u{1161}", "$&", "\\"];
  for (let i = 0; i < 500; i++) {
    const made = Array.from({length: 40}, () => random.pick(units))
      .join("")
      .normalize("NFC");
    const from = random.int(made.length);
    const quote = made.slice(from, from + 20);
    const {folded} = quotable(quote);
    if (folded.trimEnd().length < shortest || !quote.isWellFormed()) continue;
    const found = findQuote(quotable(made), quote);
    if ("reason" in found) throw new Error(`expected ${JSON.stringify(quote)} to be found, got ${found.reason}`);
    expect(quotable(found.quote).folded.trimEnd(), JSON.stringify(quote)).toBe(folded.trimEnd());
    expect(made.slice(found.start, found.end)).toBe(found.quote);
  }
});
