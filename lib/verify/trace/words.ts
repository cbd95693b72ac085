import {Unsupported} from "./unsupported.js";

/** One command of a line and where its output goes. */
export interface Command {
  words: readonly string[];
  /** joined to the command before by */
  join: "first" | "&&" | "||" | ";" | "|";
  to?: {path: string; append: boolean};
}

/**
 * The commands of a line of shell: words with '…', "…" and \, joined by &&, ||, ; and |, output sent by > and >>, one
 * here-document. Variables, patterns, substitutions, background and other redirections are not simulated.
 *
 * @throws Unsupported
 */
export function parseCommands(line: string): {commands: Command[]; input: string} {
  const here = /^([^\n]*?)<<-?\s*(['"]?)(\w+)\2([^\n]*)\n([^]*?)\n?^\3\s*$/m.exec(line);
  let text = line.trim();
  let input = "";
  if (here !== null) {
    if (line.slice(here.index + here[0].length).trim() !== "") throw new Unsupported("text after a here-document");
    text = here[1] + here[4];
    input = here[5] === "" ? "" : `${here[5]}\n`;
    if (here[2] === "" && /[$`\\]/.test(input)) throw new Unsupported("an expanded here-document");
  }
  const commands: {words: string[]; join: Command["join"]; to?: {path: string; append: boolean}}[] = [
    {words: [], join: "first"}
  ];
  let word: string | null = null;
  let target: {append: boolean} | null = null;
  const end = () => {
    const last = commands.at(-1)!;
    if (word !== null && target !== null) {
      if (last.to !== undefined) throw new Unsupported("two redirections");
      last.to = {path: word, append: target.append};
      target = null;
    } else if (word !== null) last.words.push(word);
    word = null;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "'" || c === '"') {
      const close = c === "'" ? text.indexOf("'", i + 1) : closing(text, i + 1);
      if (close < 0) throw new Unsupported("a quote that is not closed");
      const body = text.slice(i + 1, close);
      if (c === '"' && /(?<!\\)[$`]/.test(body)) throw new Unsupported("variables and substitutions");
      word = (word ?? "") + (c === "'" ? body : body.replace(/\\(["\\$`])/g, "$1"));
      i = close;
    } else if (c === "\\" && i + 1 < text.length) word = (word ?? "") + text[++i];
    else if (c === " " || c === "\t") end();
    else if (c === ">") {
      if (word !== null && /^\d$/.test(word)) throw new Unsupported("redirection of a numbered stream");
      end();
      const append = text[i + 1] === ">";
      if (append) i++;
      if (text[i + 1] === "&") throw new Unsupported("redirection of a stream");
      target = {append};
    } else if (c === "&" || c === "|" || c === ";" || c === "\n") {
      end();
      const double = text[i + 1] === c && (c === "&" || c === "|");
      if (c === "&" && !double) throw new Unsupported("background commands");
      if (double) i++;
      if (target !== null || commands.at(-1)!.words.length === 0) throw new Unsupported("an empty command");
      commands.push({words: [], join: double ? (c === "&" ? "&&" : "||") : c === "|" ? "|" : ";"});
    } else if (/[$`*?[\]{}()<#!~]/.test(c) && !(c === "#" && word !== null) && !(c === "!" && word !== null))
      throw new Unsupported(`${JSON.stringify(c)} outside quotes`);
    else word = (word ?? "") + c;
  }
  end();
  if (commands.at(-1)!.words.length === 0) {
    if (commands.length > 1 && commands.at(-1)!.join === ";") commands.pop();
    else throw new Unsupported("an empty command");
  }
  if (target !== null) throw new Unsupported("a redirection to nothing");
  return {commands, input};
}

function closing(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return -1;
}
