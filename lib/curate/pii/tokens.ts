/** A word, a number, a mark or a line's end of a text. */
export interface Token {
  start: number;
  end: number;
  kind: "word" | "number" | "mark" | "line";
  text: string;
  /** in lower case */
  lower: string;
  /** starts with a capital letter; in a text without any capitals, a word that is no ordinary English one */
  capital: boolean;
  /** blanks stand before it */
  apart: boolean;
}

const token =
  /(\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*)|(\p{N}+(?:-\p{N}+)*(?:\p{L}(?!\p{L}))?)|([\r\n]+)|([^\s])/gu;

/** The tokens of a text in order; "'s" is parted from its word. */
export function tokens(text: string, ordinary: (word: string) => boolean): Token[] {
  const cased = /\p{Lu}/u.test(text);
  const found: Token[] = [];
  let last = -1;
  for (const {index, 1: word, 2: number, 3: line, 0: whole} of text.matchAll(token)) {
    const apart = index > last;
    const kind = word !== undefined ? "word" : number !== undefined ? "number" : line !== undefined ? "line" : "mark";
    const possessive = kind === "word" && /['’]s$/i.test(whole) ? 2 : 0;
    const value = whole.slice(0, whole.length - possessive);
    const lower = value.toLowerCase();
    const capital = kind === "word" && (cased ? /^\p{Lu}/u.test(value) : value.length > 2 && !ordinary(lower));
    found.push({start: index, end: index + value.length, kind, text: value, lower, capital, apart});
    last = index + whole.length;
    if (possessive > 0)
      found.push({
        start: last - 2,
        end: last,
        kind: "mark",
        text: whole.slice(-2),
        lower: "'s",
        capital: false,
        apart: false
      });
  }
  return found;
}
