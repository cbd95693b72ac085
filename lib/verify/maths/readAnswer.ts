import {add, divide, multiply, rational} from "../../text/rational.js";
import type {Answer, ListAnswer, ValueAnswer} from "./answer.js";
import {call, namesOf, type Expression} from "./expression.js";
import {readDate} from "./date.js";
import {determinant} from "./determinant.js";
import {lex, type Token} from "./lex.js";
import {parseNumberWords} from "./numberWords.js";
import {parseFormula} from "./parse.js";
import {readUnit, type Unit} from "./units.js";
import {unwrap} from "./unwrap.js";

/** Longest answer that is read, in characters. */
const maxAnswer = 2000;

const maxItems = 60;
const maxNesting = 8;
const relations: Readonly<Record<string, string>> = {le: "<=", ge: ">=", ne: "!=", in: "in", approx: "~", equiv: "="};
const formulaWords =
  /\b(?:sin|cos|tan|sec|csc|cot|log|ln|exp|sqrt|pi|infinity|inf|oo|alpha|beta|gamma|delta|theta|lambda|sigma|omega|phi|mu)\b/;
const answerWords = new Set([
  "yes",
  "no",
  "true",
  "false",
  "odd",
  "even",
  "red",
  "one",
  "two",
  "ten",
  "six",
  "all",
  "any",
  "none",
  "both",
  "neither",
  "dne"
]);
const bases = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(" ");

/** Reads an answer; what cannot be read is "unreadable" with a reason, and what are mere words is "text". */
export function readAnswer(written: string): Answer {
  if (written.length > maxAnswer) return unreadable(`more than ${maxAnswer} characters`);
  const source = unwrap(written.replace(/^(\$[^$]+\$|-?[\d./]+)\s+of\s+[a-z ]+$/, "$1"))
    .replace(/^(?:\\text\s*\{\s*)?(?:the answer is|answer:|about|approximately|roughly)\s*:?(?:\s*\}|\s|\\ |~)\s*/i, "")
    .replace(/^Rs\.?\s*(?=\d)/, "₹")
    // 9 (apples)
    .replace(/^(-?[\d,./]+)\s*\(([a-z][a-z ]+)\)$/, "$1 \\text{ $2}");
  if (source === "") return unreadable("nothing");
  const date = readDate(source);
  if (date !== null) return {kind: "text", words: date};
  const special =
    readChoice(source) ?? readTime(source) ?? readToRatio(source) ?? readCompound(source) ?? readWords(source);
  if (special !== null) return special;
  const tokens = lex(source);
  if (tokens === null) return unreadable("too many parts, or \\text without an end");
  try {
    return readList(foldEnvironments(tokens), 0);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return readText(source, tokens) ?? unreadable(error.message);
  }
}

/** 4 hours 30 minutes, 5 ft 6 in: in the first of both units. */
function readCompound(source: string): Answer | null {
  const plain = source.replace(/\\(?:text|mathrm)\s*\{([^{}]*)\}/g, " $1 ").replace(/\\[ ,;]|~/g, " ");
  const match = /^(\d{1,9})\s*([A-Za-z]+)\s*(?:,|\s)\s*(?:and\s+)?(\d{1,9})\s*([A-Za-z]+)$/.exec(plain.trim());
  if (match === null) return null;
  const [large, small] = [match[2], match[4]].map((text) => readUnit([{type: "text", text, spaced: true}]));
  if (large === null || small === null || large.dimension === "" || large.dimension !== small.dimension) return null;
  const {n, d} = divide(small.factor, large.factor);
  if (n >= d) return null;
  const value = add(rational(BigInt(match[1])), multiply(rational(BigInt(match[3])), {n, d}));
  return {kind: "value", expression: {op: "number", value}, unit: large, noun: "", decimals: null};
}

/** 3 to 4 */
function readToRatio(source: string): Answer | null {
  const [, ...ends] = /^(\d{1,9})\s*(?:\\text\s*\{\s*to\s*\}|to)\s*(\d{1,9})$/.exec(source) ?? [];
  return ends.length === 0 ? null : {kind: "ratio", parts: ends.map((end) => readAnswer(end))};
}

/** \\begin{name} as two tokens, \\end{name} as one, so that they are brackets; a lone \\{ before one is dropped. */
function foldEnvironments(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({text}) => text === "begin")) return tokens;
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const {type, text} = tokens[i];
    const lone = type === "command" && text === "{" && tokens[i + 1]?.text === "begin";
    if (lone && !tokens.some((token) => token.type === "command" && token.text === "}")) continue;
    out.push(tokens[i]);
    if (type !== "command" || (text !== "begin" && text !== "end") || tokens[i + 1]?.text !== "{") continue;
    const name = tokens[i + 2]?.text ?? "";
    if (tokens[i + 3]?.text !== "}") throw new SyntaxError(`\\${text} without a name`);
    if (text === "begin") out.push({type: "text", text: name, spaced: false});
    i += 3;
  }
  return out;
}

function unreadable(why: string): Answer {
  return {kind: "unreadable", why};
}

function readChoice(source: string): Answer | null {
  const bare = source.replace(/\\(?:text|textbf|mathrm|mathbf)\s*\{\s*(\(?[A-J]\)?[.:]?)\s*\}/, "$1");
  const [, letter] = /^(?:[Oo]ption |[Cc]hoice )?\(?([A-J])\)?[.:]?$/.exec(bare) ?? [];
  if (letter !== undefined) return {kind: "choice", letter, rest: null};
  const [, first, rest] =
    /^(?:\(([A-J])\)|[A-J](?=[).:]))[).:]?(?:\s|\\ |~|\\quad|\\,|(?=[\d$\\]))(.+)$/s.exec(bare) ?? [];
  // a ) 38
  const [, small, value] = /^\(?([a-e]) ?\)\s*(?=[\d$₹\\-])(.+)$/.exec(bare) ?? [];
  if (small !== undefined) return {kind: "choice", letter: small.toUpperCase(), rest: readAnswer(value)};
  if (rest === undefined || /^(?:\\text\s*\{)?\s*(?:and|or|,|&)(?![a-z])/.test(rest)) return null;
  return {kind: "choice", letter: first ?? bare[0], rest: readAnswer(rest)};
}

/** Words that would else be taken for products of letters: "yes", "no solution", "two and a half". */
function readWords(source: string): Answer | null {
  const plain = source.replace(/\\(?:text|textbf|mathrm)\s*\{([^{}]*)\}/g, "$1").toLowerCase();
  if (!/^[a-z]+(?:[\s-]+[a-z]+)*$/.test(plain) || formulaWords.test(plain)) return null;
  const words = plain.split(/[\s-]+/);
  const one = words.length === 1;
  if (
    one
      ? !answerWords.has(plain) && parseNumberWords(plain) === null
      : !words.some(({length}) => length > 2 && length < 30)
  )
    return null;
  if (!one && words.every((word) => word.length === 1 || word === "and" || word === "or")) return null;
  return readText(plain, []);
}

function readTime(source: string): Answer | null {
  const plain = source.replace(/\\(?:text|mathrm)\s*\{([^{}]*)\}/g, "$1").replace(/\\[ ,;]|~/g, " ");
  const match = /^(\d{1,2})(?::(\d{2}))?\s*([ap])\.?\s?m\.?$/i.exec(plain) ?? /^(\d{1,2}):(\d{2})$/.exec(plain);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)];
  if (hours > 24 || minutes > 59) return null;
  return {
    kind: "time",
    minutes: 60 * hours + minutes,
    half: match[3] === undefined ? null : /a/i.test(match[3]) ? "am" : "pm"
  };
}

function readList(tokens: readonly Token[], depth: number): Answer {
  if (depth > maxNesting) throw new SyntaxError(`brackets nested deeper than ${maxNesting}`);
  let joined: ListAnswer["joined"] = ",";
  const parts: Token[][] = [[]];
  for (const {token, level} of levels(joinThousands(tokens))) {
    const mark = level === 0 ? separator(token) : null;
    if (mark === null) parts.at(-1)!.push(token);
    else {
      if (mark !== ",") joined = mark;
      parts.push([]);
    }
  }
  const filled = parts.filter((part) => part.length > 0);
  if (filled.length === 0) throw new SyntaxError("nothing");
  if (filled.length > maxItems) throw new SyntaxError(`more than ${maxItems} answers`);
  const read = filled.map((part) => readPart(part, depth));
  // "…, k ∈ ℤ" says what a letter stands for.
  const items = read.length > 1 && !isCondition(read[0]) ? read.filter((item) => !isCondition(item)) : read;
  return items.length === 1 ? items[0] : {kind: "list", items: items.flatMap(flat), joined};
}

function isCondition(item: Answer): boolean {
  if (item.kind === "text") return /^(?:where |for |with )?[a-z] is an? (?:any )?integer$/.test(item.words);
  if (item.kind !== "relation" || item.operators[0] !== "in") return false;
  const [, numbers] = item.sides;
  return numbers.kind === "text" && numbers.words.startsWith("numbers");
}

function flat(item: Answer): readonly Answer[] {
  return item.kind === "list" ? item.items : [item];
}

function separator(token: Token): ListAnswer["joined"] | null {
  if (token.type === "symbol") return token.text === "," || token.text === ";" ? "," : null;
  if (token.type === "command") return token.text === "vee" ? "or" : token.text === "wedge" ? "and" : null;
  if (token.type === "number") return null;
  const word = token.text.toLowerCase().replace(/[,;]/g, "").trim();
  return word === "and" || word === "or" ? word : token.type === "text" && word === "" ? "," : null;
}

/** Each token with how many brackets are open around it; a bracket itself counts as outside. */
function* levels(tokens: readonly Token[]): Generator<{token: Token; level: number; at: number}> {
  let level = 0;
  for (const [at, token] of tokens.entries()) {
    if (closes(token)) level--;
    yield {token, level, at};
    if (opens(token)) level++;
  }
}

function opens({type, text}: Token): boolean {
  return (type === "symbol" && "([{".includes(text)) || (type === "command" && ["{", "begin", "langle"].includes(text));
}

function closes({type, text}: Token): boolean {
  return (type === "symbol" && ")]}".includes(text)) || (type === "command" && ["}", "end", "rangle"].includes(text));
}

/** 1,234 as one number, outside brackets; 1 234 too. */
function joinThousands(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  /** the mark by which the last number was put together */
  let joinedBy: string | null = null;
  for (const {token, level} of levels(tokens)) {
    const [before, last] = [out.at(-2), out.at(-1)];
    const triple = token.type === "number" && /^\d{3}(?:\.\d+)?$/.test(token.text) && level === 0;
    const start = (text: string, mark: string) =>
      /^[1-9]\d{0,2}$/.test(text) || (joinedBy === mark && /^\d+$/.test(text));
    if (
      triple &&
      !token.spaced &&
      last?.text === "," &&
      !last.spaced &&
      before?.type === "number" &&
      start(before.text, ",")
    ) {
      out.splice(-2, 2, {...before, text: before.text + token.text});
      joinedBy = ",";
      continue;
    }
    if (triple && token.spaced && last?.type === "number" && start(last.text, " ")) {
      out.splice(-1, 1, {...last, text: last.text + token.text});
      joinedBy = " ";
      continue;
    }
    if (token.text !== ",") joinedBy = null;
    out.push(token);
  }
  return out;
}

function readPart(tokens: readonly Token[], depth: number): Answer {
  const sides: Token[][] = [[]];
  const operators: string[] = [];
  for (const {token, level, at} of levels(tokens)) {
    const operator = level === 0 ? relation(tokens, at) : null;
    if (operator === "skip") continue;
    if (operator === null) sides.at(-1)!.push(token);
    else {
      operators.push(operator);
      sides.push([]);
    }
  }
  if (operators.length === 0) return readRegion(tokens, depth);
  if (operators.length > 6) throw new SyntaxError("more than 6 relations in a row");
  // "= 5" and "\approx 5" say 5
  if (sides[0].length === 0) return readPart(tokens.slice(tokens.length - sides.at(-1)!.length), depth);
  const left = sides[0].map(({text}) => text).join("");
  const read = sides.map((side, i) => {
    try {
      return readRegion(side, depth);
    } catch (error) {
      // What stands before "=" may be words.
      if (i === 0 && error instanceof SyntaxError && (operators[0] === "=" || operators[0] === "~"))
        return {kind: "text", words: left} as const;
      throw error;
    }
  });
  const many = read.findIndex(({kind}) => kind === "list");
  if (many >= 0) {
    // x = 1 ± 2
    const items = (read[many] as ListAnswer).items;
    return {
      kind: "list",
      joined: "or",
      items: items.map((item) => ({kind: "relation", sides: read.with(many, item), operators, left}))
    };
  }
  return {kind: "relation", sides: read, operators, left};
}

function relation(tokens: readonly Token[], at: number): string | null {
  const {type, text} = tokens[at];
  if (type === "command") return Object.hasOwn(relations, text) ? relations[text] : null;
  if (type !== "symbol") return null;
  const [before, after] = [tokens[at - 1]?.text, tokens[at + 1]?.text];
  if (text === "=") return before === "<" || before === ">" || before === "!" ? "skip" : "=";
  if (text === "<" || text === ">") return after === "=" ? `${text}=` : text;
  if (text === "!" && after === "=") return "!=";
  return text === "≈" ? "~" : null;
}

function readRegion(tokens: readonly Token[], depth: number): Answer {
  const pieces: Token[][] = [[]];
  const signs: string[] = [];
  for (const {token, level, at} of levels(tokens)) {
    const union =
      (token.type === "command" && token.text === "cup") ||
      (token.type === "word" &&
        token.text === "U" &&
        /^[)\]]$/.test(tokens[at - 1]?.text) &&
        /^[([]$/.test(tokens[at + 1]?.text));
    const without = token.text === "-" && tokens[at - 1]?.type === "command" && tokens[at - 1].text === "reals";
    if (level === 0 && (union || without || (token.type === "command" && /^(?:setminus|cap)$/.test(token.text)))) {
      signs.push(union ? "cup" : without ? "setminus" : token.text);
      pieces.push([]);
    } else pieces.at(-1)!.push(token);
  }
  if (signs.length === 0) return readAtom(tokens, depth);
  const parts = pieces.map((piece) => readAtom(piece, depth));
  if (signs.every((sign) => sign === "cup")) return {kind: "union", parts};
  if (signs.every((sign) => sign === "cap")) return {kind: "intersection", parts};
  if (signs.every((sign) => sign === "setminus")) return {kind: "without", from: parts[0], removed: parts.slice(1)};
  throw new SyntaxError("unions and differences without brackets");
}

function readAtom(tokens: readonly Token[], depth: number): Answer {
  if (tokens.length === 0) throw new SyntaxError("nothing where an answer was expected");
  const [first, last] = [tokens[0], tokens.at(-1)!];
  if (tokens.length === 1 && first.type === "command") {
    if (first.text === "emptyset") return {kind: "set", items: []};
    if (first.text === "reals") return {kind: "reals"};
    if (first.text.startsWith("numbers ")) return {kind: "text", words: first.text};
  }
  if (first.text === "reals" && /^\^\{?\+\}?$/.test(textsOf(tokens.slice(1)))) return readAnswer("(0, \\infty)");
  const [, power] = /(\^\{?(?:T|top)\}?)$/.exec(textsOf(tokens.slice(-4))) ?? [];
  if (power !== undefined && first.text === "(") {
    const column = readAtom(tokens.slice(0, power.includes("{") ? -4 : -2), depth + 1);
    if (column.kind === "sequence") return column;
  }
  const inner = tokens.slice(1, -1);
  if (opens(first) && closes(last) && wraps(tokens)) {
    if (first.text === "begin") return readEnvironment(tokens, depth);
    if (inner[0]?.text === "begin" && inner.at(-1)!.text === "end" && wraps(inner)) return readAtom(inner, depth + 1);
    if (first.type === "command" && first.text === "{") return readSet(inner, depth);
    const commas = [...levels(inner)].some(
      ({token, level}) => level === 0 && token.type === "symbol" && /^[,;]$/.test(token.text)
    );
    if (first.text !== "{" && (commas || first.text === "langle")) {
      const items = splitAt(inner, [",", ";"]).map((item) => readPart(item, depth + 1));
      if (items.length > maxItems) throw new SyntaxError(`more than ${maxItems} entries`);
      const angle = first.text === "langle";
      return {kind: "sequence", items, open: angle ? "(" : first.text, close: angle ? ")" : last.text};
    }
  }
  return (
    readBased(tokens) ??
    readRatio(tokens, depth) ??
    readMultiple(tokens, depth) ??
    readPoint(tokens, depth) ??
    readValue(tokens)
  );
}

/** A(1, 2): a point by its name. */
function readPoint(tokens: readonly Token[], depth: number): Answer | null {
  const [name, open] = tokens;
  if (name.type !== "word" || !/^[ABD-Z]$/.test(name.text) || open?.text !== "(" || !wraps(tokens.slice(1)))
    return null;
  const point = readAtom(tokens.slice(1), depth + 1);
  return point.kind === "sequence" ? point : null;
}

/** ½ \\begin{pmatrix}…, \\det \\begin…, |\\begin{matrix}…| */
function readMultiple(tokens: readonly Token[], depth: number): Answer | null {
  const from = tokens.findIndex(({text}) => text === "begin");
  if (from < 1 || depth > maxNesting) return null;
  const to = tokens.findLastIndex(({text}) => text === "end") + 1;
  if (to <= from || !wraps(tokens.slice(from, to))) return null;
  const [before, after] = [tokens.slice(0, from), tokens.slice(to)];
  const matrix = readEnvironment(tokens.slice(from, to), depth + 1);
  if (matrix.kind !== "matrix") return null;
  const [sign, end] = [before[0].text, after[0]?.text];
  if (before.length === 1 && (sign === "det" ? after.length === 0 : /^(?:\||vert)$/.test(sign) && sign === end))
    return determinantOf(matrix.rows);
  if (after.length > 0) return null;
  const {expression, next} =
    before.length === 1 && sign === "-" ? {expression: minusOne, next: 1} : parseFormula(before);
  if (next < before.length && !/^(?:\*|cdot|times)$/.test(before[next].text)) return null;
  const scaled = (cell: Answer): Answer => {
    if (cell.kind !== "value") throw new SyntaxError("a multiple of what is no number");
    return {...cell, expression: call("*", expression, cell.expression)};
  };
  return {kind: "matrix", rows: matrix.rows.map((row) => row.map(scaled))};
}

const minusOne: Expression = {op: "number", value: rational(-1)};

function determinantOf(rows: readonly (readonly Answer[])[]): Answer {
  const entries = rows.map((row) => row.map((cell) => (cell.kind === "value" ? cell.expression : minusOne)));
  const value = rows.flat().every(({kind}) => kind === "value") ? determinant(entries) : null;
  if (value === null) throw new SyntaxError("a determinant that is not of at most 4 rows of numbers");
  return {kind: "value", expression: value, unit: null, noun: "", decimals: null};
}

function textsOf(tokens: readonly Token[]): string {
  return tokens.map(({text}) => text).join("");
}

/** Whether the first token's bracket is closed by the last. */
function wraps(tokens: readonly Token[]): boolean {
  let level = 0;
  for (const [at, token] of tokens.entries()) {
    if (opens(token)) level++;
    if (closes(token)) level--;
    if (level === 0) return at === tokens.length - 1;
  }
  return false;
}

function splitAt(tokens: readonly Token[], marks: readonly string[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const {token, level} of levels(tokens)) {
    if (level === 0 && token.type !== "text" && marks.includes(token.text)) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

function readSet(inner: readonly Token[], depth: number): Answer {
  if (depth > maxNesting) throw new SyntaxError(`brackets nested deeper than ${maxNesting}`);
  if (inner.length === 0) return {kind: "set", items: []};
  // {x | x > 3}, {x : x > 3}
  const bar = inner.findIndex(({text}) => text === "|" || text === ":" || text === "colon" || text === "vert");
  if (
    bar > 0 &&
    bar <= 4 &&
    inner.slice(0, bar).some(({type}) => type === "word") &&
    inner.slice(bar).some((_, i) => relation(inner, bar + i))
  )
    return readList(inner.slice(bar + 1), depth + 1);
  const items = splitAt(inner, [",", ";"]).map((item) => readPart(item, depth + 1));
  if (items.length > maxItems) throw new SyntaxError(`more than ${maxItems} entries`);
  return {kind: "set", items: items.flatMap(flat)};
}

/** \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} and other environments, folded. */
function readEnvironment(tokens: readonly Token[], depth: number): Answer {
  const name = tokens[1].text;
  if (/^(?:cases|aligned|align|gathered|split|array)\*?$/.test(name)) {
    const system = readSystem(name, tokens.slice(2, -1), depth);
    if (system !== null) return system;
  }
  if (!/^[pbBvV]?matrix$|^smallmatrix$|^array$/.test(name)) throw new SyntaxError(`\\begin{${name}}`);
  let from = 2;
  if (name === "array" && tokens[2].text === "{") from = tokens.findIndex(({text}, i) => i > 2 && text === "}") + 1;
  const inner = tokens.slice(from, -1);
  const rows = splitAt(inner, ["\\"])
    .filter((row) => row.length > 0)
    .map((row) => splitAt(row, ["&"]).map((cell) => readPart(cell, depth + 1)));
  if (rows.flat().length > maxItems) throw new SyntaxError(`more than ${maxItems} entries`);
  return name === "vmatrix" ? determinantOf(rows) : {kind: "matrix", rows};
}

/** Equations one under another, or the cases of a function as pairs of value and condition; null for an array of values. */
function readSystem(name: string, tokens: readonly Token[], depth: number): Answer | null {
  const from = name === "array" && tokens[0]?.text === "{" ? tokens.findIndex(({text}) => text === "}") + 1 : 0;
  const rows = splitAt(tokens.slice(from), ["\\"]).filter((row) => row.length > 0);
  if (name === "array" && !rows.some((row) => row.some((_, i) => relation(row, i) !== null))) return null;
  const trimmed = (part: readonly Token[]) => {
    const kept = part.filter(
      ({type, text}) => !(type === "text" || type === "word") || !/^(?:if|for|when|,)$/i.test(text)
    );
    while (/^[,.;]$/.test(kept.at(-1)?.text ?? "")) kept.pop();
    return kept;
  };
  const items = rows.slice(0, maxItems).map((row): Answer => {
    const cells = splitAt(row, ["&"]);
    const whole = trimmed(row.filter(({text}) => text !== "&"));
    const aligned = cells
      .slice(1)
      .every(
        (cell, i) => cell.length === 0 || relation(cell, 0) !== null || relation(cells[i], cells[i].length - 1) !== null
      );
    if (aligned) return readPart(whole, depth + 1);
    const pair = cells.map((cell): Answer => {
      const kept = trimmed(cell);
      const words = kept.length === 1 && /^[a-z]{4,}$/i.test(kept[0].text);
      return words ? {kind: "text", words: kept[0].text.toLowerCase()} : readPart(kept, depth + 1);
    });
    return {kind: "sequence", items: pair, open: "(", close: ")"};
  });
  return items.length === 1 ? items[0] : {kind: "list", items: items.flatMap(flat), joined: "and"};
}

function readBased(tokens: readonly Token[]): Answer | null {
  const mark = tokens.findIndex(({text}) => text === "_");
  if (mark < 1 || tokens.length < mark + 2) return null;
  const digits = tokens.slice(0, mark);
  if (!digits.every(({type, spaced}, i) => type !== "command" && type !== "symbol" && (i === 0 || !spaced)))
    return null;
  const index = tokens
    .slice(mark + 1)
    .map(({text}) => text)
    .join("")
    .replace(/^\{(.*)\}$/, "$1");
  const base = /^\d+$/.test(index) ? Number(index) : bases.indexOf(index) + 2;
  const text = digits
    .map((token) => token.text)
    .join("")
    .toUpperCase();
  const written = digits[0].type === "number" || (base > 10 && /^[A-Z]+$/.test(digits[0].text));
  if (!written || base < 2 || base > 36 || !/^[0-9A-Z]+$/.test(text)) return null;
  return [...text].every((digit) => parseInt(digit, 36) < base)
    ? {kind: "based", digits: text.replace(/^0+(?=.)/, ""), base}
    : null;
}

function readRatio(tokens: readonly Token[], depth: number): Answer | null {
  const parts = splitAt(tokens, [":", "colon"]);
  if (parts.length < 2 || parts.length > 6 || parts.some((part) => part.length === 0)) return null;
  return {kind: "ratio", parts: parts.map((part) => readAtom(part, depth + 1))};
}

function readValue(tokens: readonly Token[]): Answer {
  const money = tokens.findIndex(({type, text}) => type === "symbol" && /^[$€£¥₹]$/.test(text));
  let unit: Unit | null = null;
  let rest: readonly Token[] = tokens;
  if (money === 0 || (money === 1 && tokens[0].text === "-")) {
    unit = readUnit([tokens[money]]);
    rest = tokens.toSpliced(money, 1);
  }
  const end = rest.at(-1);
  if (end !== undefined && rest.length > 1 && end.type === "symbol" && end.text === "%") {
    unit = readUnit([end]);
    rest = rest.slice(0, -1);
  }
  const short = parseFormula(rest);
  // ½ m v is a product, 3 m a length.
  const letters = rest.slice(short.next);
  const product =
    letters.length > 0 && readUnit(letters) === null && letters[0].type === "word" && letters[0].text.length <= 2;
  const {expression: whole, next} = product ? parseFormula(rest, {units: false}) : short;
  const tail = rest.slice(next);
  const angle = end?.text === "°" && tail.length === 0 ? inDegrees(whole) : null;
  if (angle !== null) unit = readUnit([end!]);
  const expression = angle ?? whole;
  let noun = "";
  if (tail.length > 0) {
    const named = readUnit(tail);
    if (named !== null) unit = named;
    else if (tail.every(({type, text}) => type === "word" || type === "text" || /^[-.,'()/]$/.test(text)))
      noun = tail.map(({text}) => text.toLowerCase()).join(" ");
    else throw new SyntaxError(`expected the end, got ${tail[0].text}`);
  }
  const value: ValueAnswer = {kind: "value", expression, unit, noun, decimals: decimalsOf(rest.slice(0, next))};
  const signed = rest.slice(0, next).some(({type, text}) => type === "command" && (text === "pm" || text === "mp"));
  if (!signed) return value;
  const other = parseFormula(rest, {sign: -1, units: !product}).expression;
  return {kind: "list", joined: "or", items: [value, {...value, expression: other}]};
}

/** What is written before the sign in 30°, where the sign is about the whole. */
function inDegrees(expression: Expression): Expression | null {
  if (expression.op !== "call") return null;
  const [inner] = expression.args;
  if (expression.name === "negate") {
    const value = inDegrees(inner);
    return value === null ? null : call("negate", value);
  }
  return expression.name === "/" && inner.op === "call" && inner.name === "*" ? inner.args[0] : null;
}

function decimalsOf(tokens: readonly Token[]): ValueAnswer["decimals"] {
  const [number, ...more] = tokens[0]?.text === "-" ? tokens.slice(1) : tokens;
  if (more.length > 0 || number?.type !== "number" || !/^\d*\.\d+$/.test(number.text)) return null;
  return {places: number.text.split(".")[1].length, digits: number.text.replace(/^0*\.0*|\.|^0+/g, "").length};
}

function readText(source: string, tokens: readonly Token[]): Answer | null {
  const plain = source
    .replace(/\\(?:text|textbf|textit|textrm|mbox|mathrm|mathbf)\b/g, " ")
    .replace(/\\[ ,;:!]|[{}~$"'“”*().,;:!?]/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
  if (!/^[\p{L}\p{N}\s/&-]+$/u.test(plain) || !/\p{L}/u.test(plain)) return null;
  const value = parseNumberWords(plain);
  if (value !== null)
    return {
      kind: "value",
      expression: {op: "number", value: rational(value.n, value.d)},
      unit: null,
      noun: "",
      decimals: null
    };
  const count = plain
    .split(" ")
    .findLastIndex((_, i, words) => parseNumberWords(words.slice(0, i + 1).join(" ")) !== null);
  // "third quadrant" counts nothing
  if (count >= 0 && !/^(?:third|fourth|fifth|sixth|eighth|tenth) /.test(plain)) {
    const words = plain.split(" ");
    const number = parseNumberWords(words.slice(0, count + 1).join(" "))!;
    const tail = words.slice(count + 1).join(" ");
    const unit = readUnit([{type: "text", text: tail, spaced: true}]);
    return {
      kind: "value",
      expression: {op: "number", value: number},
      unit,
      noun: unit === null ? tail : "",
      decimals: null
    };
  }
  if (tokens.length > 200) return null;
  if (/^(all |every |any )?(the )?real (numbers?|values?)( x)?$/.test(plain)) return {kind: "reals"};
  if (/^no (real )?(solutions?|roots?)$|^(the )?empty set$|^none$/.test(plain)) return {kind: "set", items: []};
  return {kind: "text", words: plain.replace(/^(the|an?) /, "")};
}

/** Whether a value holds no variable. */
export function isConstant(value: ValueAnswer): boolean {
  return namesOf(value.expression).size === 0;
}
