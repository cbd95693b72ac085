/**
 * A text in pieces of at most `longest` units that overlap, cut at white space where there is some in the last quarter;
 * the text itself where it is no longer.
 */
export function* pieces(
  text: string,
  {longest, overlap}: {longest: number; overlap: number}
): Generator<{start: number; end: number}> {
  for (let start = 0; ;) {
    if (text.length - start <= longest) return yield {start, end: text.length};
    const end = cut(text, start + longest, Math.floor(longest / 4));
    yield {start, end};
    start = cut(text, end - overlap, Math.floor((longest - overlap) / 4));
  }
}

/** The last place after white space up to `at`, and `at` where none is within `reach`. */
function cut(text: string, at: number, reach: number): number {
  for (let i = at; i > at - reach; i--) if (/\s/.test(text[i - 1])) return i;
  return at;
}
