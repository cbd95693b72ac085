/** A stretch of a text, and whether another text has its words too. */
export interface SharedPart {
  text: string;
  shared: boolean;
}

/**
 * A text in stretches: those whose words stand in another text in the same order, `least` of them in a row or more, and
 * the rest. Case, accents and punctuation do not count.
 */
export function sharedWords(text: string, other: string, {least = 8} = {}): SharedPart[] {
  const own = placed(text);
  const theirs = placed(other);
  const key = (words: readonly Placed[], at: number) =>
    words
      .slice(at, at + least)
      .map(({word}) => word)
      .join(" ");
  const known = new Set<string>();
  for (let i = 0; i + least <= theirs.length; i++) known.add(key(theirs, i));
  const shared = new Uint8Array(own.length);
  for (let i = 0; i + least <= own.length; i++) if (known.has(key(own, i))) shared.fill(1, i, i + least);
  const parts: SharedPart[] = [];
  let from = 0;
  for (let i = 0; i < own.length;) {
    let end = i;
    while (end < own.length && shared[end] === shared[i]) end++;
    if (shared[i] === 1) {
      if (own[i].start > from) parts.push({text: text.slice(from, own[i].start), shared: false});
      parts.push({text: text.slice(own[i].start, own[end - 1].end), shared: true});
      from = own[end - 1].end;
    }
    i = end;
  }
  if (from < text.length) parts.push({text: text.slice(from), shared: false});
  return parts;
}

interface Placed {
  word: string;
  start: number;
  end: number;
}

function placed(text: string): Placed[] {
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), ({0: word, index}) => ({
    word: word.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase(),
    start: index,
    end: index + word.length
  }));
}
