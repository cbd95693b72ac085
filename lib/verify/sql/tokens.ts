import {Refusal} from "./refusal.js";

/** Whose SQL a text is written in; "sql" is DuckDB's own, near to PostgreSQL's. */
export type Dialect = "sql" | "mysql" | "sqlite";

/** A word, quoted name, string, number or sign of SQL. */
export interface Token {
  kind: "word" | "name" | "string" | "number" | "sign" | "end";
  /** without quotes and escapes */
  text: string;
  /** offset in the text */
  at: number;
}

const maxTokens = 20_000;
const spaces = /(?:\s+|--(?=\s|$)[^\n]*|\/\*(?!!)[^]*?\*\/)+/y;
const hash = /#[^\n]*/y;
const word = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const digitWord = /(?!\d+e[+-]?\d+(?![\p{L}\p{N}_$]))\d+[\p{L}_$][\p{L}\p{N}_$]*/iuy;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}_])/uy;
const sign = /<=>|<=|>=|<>|!=|\|\||&&|::|==|[-+*/%(),.;=<>!?&|^~[\]{}:@$#]/y;
const escapes: Readonly<Record<string, string>> = {n: "\n", t: "\t", r: "\r", "0": "", b: "\b", Z: "\x1a"};

/**
 * The tokens of a text, the last of kind "end". In MySQL "…" is a string and backslashes escape; elsewhere "…" is a
 * name. SQLite also has […] and `…` for names.
 *
 * @throws Refusal where it cannot be read
 */
export function tokenize(text: string, dialect: Dialect): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    return match === null ? null : match[0];
  };
  while (at < text.length) {
    const skipped = take(spaces) ?? (dialect === "mysql" ? take(hash) : null);
    if (skipped !== null) {
      at += skipped.length;
      continue;
    }
    if (tokens.length >= maxTokens) throw new Refusal("unsupported", `more than ${maxTokens} words and signs`);
    const c = text[at];
    const start = at;
    const closing =
      c === "'" || c === '"'
        ? c
        : dialect === "sql"
          ? ""
          : c === "`"
            ? c
            : c === "[" && dialect === "sqlite"
              ? "]"
              : "";
    if (closing !== "") {
      const string = c === "'" || (c === '"' && dialect === "mysql");
      const body = quoted(text, at + 1, closing, string && dialect === "mysql");
      at = body.end;
      tokens.push({kind: string ? "string" : "name", text: body.text, at: start});
      continue;
    }
    const [kind, found] = ((): [Token["kind"], string | null] => {
      // MySQL's names may begin with digits.
      const named = dialect === "mysql" ? take(digitWord) : null;
      if (named !== null) return ["word", named];
      const n = take(number);
      if (n !== null && !(n.startsWith(".") && tokens.at(-1)?.kind === "word")) return ["number", n];
      const w = take(word);
      return w === null ? ["sign", take(sign)] : ["word", w];
    })();
    if (found === null) throw new Refusal("syntax", `unexpected ${JSON.stringify(text.slice(at, at + 10))}`);
    at += found.length;
    tokens.push({kind, text: found, at: start});
  }
  tokens.push({kind: "end", text: "", at: text.length});
  return tokens;
}

function quoted(text: string, from: number, closing: string, escaped: boolean): {text: string; end: number} {
  let out = "";
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (escaped && c === "\\" && i + 1 < text.length) {
      const next = text[++i];
      // \% and \_ keep their backslash: they matter to LIKE alone.
      out += next === "%" || next === "_" ? `\\${next}` : (escapes[next] ?? next);
    } else if (c !== closing) out += c;
    else if (closing !== "]" && text[i + 1] === closing) {
      out += closing;
      i++;
    } else return {text: out, end: i + 1};
  }
  throw new Refusal("syntax", `a quote at ${from - 1} is not closed`);
}
