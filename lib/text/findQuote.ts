/** Shortest quote that says where it stands, in UTF-16 code units. */
const shortest = 8;

/**
 * Where a quote stands in a text, by plain string search: [start, end) in UTF-16 code units, null where it does not or is
 * shorter than 8. White space counts as one space, for quotes lose line breaks; nothing else is folded.
 */
export function findQuote(text: string, quote: string): {start: number; end: number} | null {
  const wanted = quote.normalize("NFC").trim().replace(/\s+/g, " ");
  if (wanted.length < shortest) return null;
  const exact = text.indexOf(wanted);
  if (exact !== -1) return {start: exact, end: exact + wanted.length};
  const {folded, at} = fold(text);
  const found = folded.indexOf(wanted);
  return found === -1 ? null : {start: at[found], end: at[found + wanted.length - 1] + 1};
}

/** A text with single spaces, and where each of its units stood. */
function fold(text: string): {folded: string; at: Uint32Array} {
  const at = new Uint32Array(text.length);
  let folded = "";
  let last = 0;
  for (const match of text.matchAll(/\s+/g)) {
    for (let i = last; i < match.index; i++) at[folded.length + i - last] = i;
    folded += text.slice(last, match.index);
    at[folded.length] = match.index;
    folded += " ";
    last = match.index + match[0].length;
  }
  for (let i = last; i < text.length; i++) at[folded.length + i - last] = i;
  return {folded: folded + text.slice(last), at};
}
