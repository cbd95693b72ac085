/** A command of Lean: what starts at the left edge, up to the next one. */
export interface LeanCommand {
  /** without comments, as it is given to Lean */
  text: string;
  /** its words, dotted names whole; strings and characters left out */
  words: readonly string[];
}

const word = /[\p{L}_#@«][\p{L}\p{N}_'!?%»]*(?:\.[\p{L}_«][\p{L}\p{N}_'!?»]*)*/gu;
const odd = /[^\S \n]|(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;
const character = /^'(?:[^\\'\n]|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.))'/u;

/**
 * Splits Lean into commands, comments taken out: what is looked at is what is compiled.
 *
 * @returns why it cannot be read, where it cannot: a comment or string without end, tabs and control characters, raw and
 *   interpolated strings (which hold code)
 */
export function readLean(source: string): LeanCommand[] | string {
  const plain = source.replaceAll("\r\n", "\n");
  const [strange] = odd.exec(plain) ?? [];
  if (strange !== undefined) return `unexpected character U+${strange.codePointAt(0)!.toString(16).padStart(4, "0")}`;
  let text = "";
  let shape = "";
  for (let i = 0; i < plain.length;) {
    const rest = plain.slice(i, i + 12);
    const inName = /[\p{L}\p{N}_'!?]$/u.test(shape.slice(-2));
    if (rest.startsWith("/-")) {
      const end = commentEnd(plain, i);
      if (end < 0) return "a comment has no end";
      text += " ";
      shape += " ";
      i = end;
    } else if (rest.startsWith("--")) {
      const end = plain.indexOf("\n", i);
      i = end < 0 ? plain.length : end;
    } else if (rest.startsWith('"')) {
      if (inName || shape.endsWith("#")) return "a raw or interpolated string is not allowed";
      const [literal] = /^"(?:[^"\\]|\\[^])*"/.exec(plain.slice(i)) ?? [];
      if (literal === undefined) return "a string has no end";
      text += literal;
      shape += " ";
      i += literal.length;
    } else if (rest.startsWith("'") && !inName && character.test(rest)) {
      const [literal] = character.exec(rest)!;
      text += literal;
      shape += " ";
      i += literal.length;
    } else {
      text += plain[i];
      shape += plain[i++];
    }
  }
  const commands: {text: string; shape: string}[] = [];
  const [lines, shapes] = [linesOf(text), shape.split("\n")];
  if (lines.length !== shapes.length) return "a string goes over lines";
  for (const [i, line] of lines.entries())
    if (/^\S/.test(line) || commands.length === 0) commands.push({text: `${line}\n`, shape: shapes[i]});
    else {
      commands.at(-1)!.text += `${line}\n`;
      commands.at(-1)!.shape += `\n${shapes[i]}`;
    }
  return commands
    .filter(({text}) => text.trim() !== "")
    .map(({text, shape}) => ({text, words: shape.match(word) ?? []}));
}

const linesOf = (text: string) => text.split("\n");

function commentEnd(source: string, from: number): number {
  let depth = 0;
  for (let i = from; i < source.length;)
    if (source.startsWith("/-", i)) {
      depth++;
      i += 2;
    } else if (source.startsWith("-/", i)) {
      i += 2;
      if (--depth === 0) return i;
    } else i++;
  return -1;
}
