/** A text in which quotes are looked for. */
export interface Quotable {
  /** NFC, and what is folded for the search */
  text: string;
  folded: string;
  /** for each code unit of `folded`, where in `text` it comes from; null where nothing is folded */
  from: Uint32Array | null;
}

const marks: Readonly<Record<string, string>> = {
  ...Object.fromEntries([..."\u2018\u2019\u201a\u201b\u2032"].map((mark) => [mark, "'"])),
  ...Object.fromEntries([..."\u201c\u201d\u201e\u201f\u2033"].map((mark) => [mark, '"'])),
  ...Object.fromEntries([..."\u2010\u2011\u2012\u2013\u2014\u2015\u2212"].map((mark) => [mark, "-"])),
  "\u2026": "...",
  ...Object.fromEntries([..."\u00ad\u200b\u200c\u200d\u2060\ufeff"].map((mark) => [mark, ""]))
};

/**
 * A text made ready for the search of quotes. Folded are: Unicode forms (NFC), white space (any run of it is one space),
 * typographic quotation marks, dashes and the ellipsis (as on a typewriter), and characters that nobody sees (soft hyphen,
 * zero-width). Letter case, punctuation, numbers and everything else count.
 */
export function quotable(raw: string): Quotable {
  const text = raw.normalize("NFC");
  if (!/[^ -~]| {2}|^ /.test(text)) return {text, folded: text, from: null};
  // The ellipsis is three units of what is searched.
  const from = new Uint32Array(text.length + 2 * (text.match(/\u2026/g)?.length ?? 0));
  let folded = "";
  let space = true;
  const add = (unit: string, place: number) => {
    if (unit === "" || (unit === " " && space)) return;
    for (let k = 0; k < unit.length; k++) from[folded.length + k] = place;
    folded += unit;
    space = unit === " ";
  };
  // What stays as it is goes in pieces: only the rest is looked at unit by unit.
  const plain = (start: number, end: number) => {
    const begin = space && start < end && text[start] === " " ? start + 1 : start;
    if (begin === end) return;
    for (let i = begin, to = folded.length; i < end; i++) from[to++] = i;
    folded += text.slice(begin, end);
    space = text[end - 1] === " ";
  };
  let last = 0;
  for (const {0: odd, index} of text.matchAll(/[^ -~]+| {2,}/g)) {
    plain(last, index);
    last = index + odd.length;
    for (let i = index; i < last; i++) {
      const code = text.charCodeAt(i);
      add(code <= 32 || (code > 126 && /\s/.test(text[i])) ? " " : (marks[text[i]] ?? text[i]), i);
    }
  }
  plain(last, text.length);
  return {text, folded, from: from.subarray(0, folded.length)};
}

/** Where a quote stands in the NFC of a text: [start, end) in UTF-16 code units, and its words there. */
interface FoundQuote {
  quote: string;
  start: number;
  end: number;
}

/**
 * The quote as it stands in the text, or why it does not count: "no-quote", "quote-too-short", "quote-not-found". A plain
 * search: it shows that the words are there, not that they say what is made of them.
 *
 * @param options.least UTF-16 code units of the shortest quote that counts, after folding, unless the text itself is shorter
 */
export function findQuote(
  {text, folded, from}: Quotable,
  raw: string,
  {least}: {least: number}
): FoundQuote | {reason: "no-quote" | "quote-too-short" | "quote-not-found"} {
  const wanted = quotable(raw).folded.trimEnd();
  if (wanted === "") return {reason: "no-quote"};
  if (wanted.length < Math.min(least, folded.trimEnd().length)) return {reason: "quote-too-short"};
  const at = folded.indexOf(wanted);
  if (at < 0) return {reason: "quote-not-found"};
  const last = at + wanted.length - 1;
  const [start, end] = from === null ? [at, last + 1] : [from[at], from[last] + 1];
  return {quote: text.slice(start, end), start, end};
}
