/** A sentence of Coq, from its first word to its full stop. */
export interface Sentence {
  /** without comments, as it is given to Coq */
  text: string;
  /** its words and signs, strings as `""`; bullets, braces and goal selectors in front of it are left out */
  tokens: readonly string[];
}

const token = /[\p{L}_][\p{L}\p{N}_']*|\d+|\S/gu;
const odd = /[^\S \t\n]|(?![\t\n])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;

/**
 * Splits Coq into sentences, comments taken out: what is looked at is, to the byte, what is compiled, so nothing can hide
 * in a comment that one reader ends sooner than another.
 *
 * @returns why it cannot be read, where it cannot: a comment or string without end, white space other than blanks and
 *   line ends, control characters, a last sentence without a full stop
 */
export function readCoq(source: string): Sentence[] | string {
  const plain = source.replaceAll("\r\n", "\n");
  const [strange] = odd.exec(plain) ?? [];
  if (strange !== undefined) return `unexpected character U+${strange.codePointAt(0)!.toString(16).padStart(4, "0")}`;
  const sentences: Sentence[] = [];
  let text = "";
  let shape = "";
  for (let i = 0; i < plain.length;) {
    if (plain.startsWith("(*", i)) {
      const end = commentEnd(plain, i);
      if (end < 0) return "a comment has no end";
      text += " ";
      shape += " ";
      i = end;
    } else if (plain[i] === '"') {
      const end = stringEnd(plain, i);
      if (end < 0) return "a string has no end";
      text += plain.slice(i, end);
      shape += ' "" ';
      i = end;
    } else {
      text += plain[i];
      shape += plain[i];
      const next = plain[i + 1];
      const stops = plain[i] === "." && (next === undefined || /\s/.test(next) || plain.startsWith("(*", i + 1));
      i++;
      if (!stops) continue;
      // So that what follows a comment is a new sentence for Coq too.
      sentences.push({text: `${text} `, tokens: tokensOf(shape)});
      text = shape = "";
    }
  }
  const rest = tokensOf(shape);
  if (rest.length > 0) return `the last sentence has no full stop: ${text.trim().slice(0, 60)}`;
  // Braces may close goals after the last full stop.
  if (text.trim() !== "") sentences.push({text, tokens: []});
  return sentences;
}

function tokensOf(shape: string): string[] {
  const bare = shape.replace(/^(?:\s|[-+*{}]|(?:\d+(?:\s*[-,]\s*\d+)*|all|par|!|\[[^\]]*\])\s*:(?!=))+/, "");
  return bare.match(token) ?? [];
}

function commentEnd(source: string, from: number): number {
  let depth = 0;
  for (let i = from; i < source.length;) {
    if (source.startsWith("(*", i)) {
      depth++;
      i += 2;
    } else if (source.startsWith("*)", i)) {
      i += 2;
      if (--depth === 0) return i;
    } else if (source[i] === '"') {
      i = stringEnd(source, i);
      if (i < 0) return -1;
    } else i++;
  }
  return -1;
}

// A doubled quote is one quote of the string: read as two strings side by side it ends at the same place.
function stringEnd(source: string, from: number): number {
  return source.indexOf('"', from + 1) + 1 || -1;
}
