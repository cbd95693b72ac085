import {lodash} from "./lodash.js";
import type {Argument, Iteratee} from "./operation.js";

/**
 * The arguments of the calls `_.name(…)` in example code, as values: literals, and names that the code declares as
 * literals, and functions of the language or of lodash, such as Math.floor. Calls with anything else are left out.
 * Nothing is run.
 */
export function readCalls(code: string, name: string): Argument[][] {
  const declared = new Map<string, unknown>();
  for (const match of code.matchAll(/^var (\w+) = /gm)) {
    const literal = readValue(code, match.index + match[0].length, new Map());
    if (literal !== null && code[literal.end] === ";") declared.set(match[1], literal.value);
  }
  const calls: Argument[][] = [];
  for (const match of code.matchAll(new RegExp(`_\\.${name}\\(`, "g"))) {
    const list = readList(code, match.index + match[0].length, ")", declared);
    if (list !== null && list.value.length > 0) calls.push(list.value);
  }
  return calls;
}

interface Read<T> {
  value: T;
  end: number;
}

const blank = /\s*/y;
const number = /-?(?:\d+(?:\.\d+)?|\.\d+)(?![\w.])/y;
const text = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/y;
const name = /[A-Za-z_$][\w$]*(?:\.[\w$]+)?(?![\w$.(])/y;

let named: ReadonlyMap<string, Iteratee> | undefined;

/** Functions that examples name. */
function functions(): ReadonlyMap<string, Iteratee> {
  const _ = lodash();
  const all = [
    ["Math.floor", Math.floor],
    ["Math.max", Math.max],
    ["Math.min", Math.min],
    ["Boolean", Boolean],
    ["String", String],
    ["_.isEqual", _.isEqual],
    ["_.isNumber", _.isNumber],
    ["_.add", _.add],
    ["_.trim", _.trim],
    ["_.parseInt", _.parseInt]
  ] as const;
  return new Map(all.map(([source, value]) => [source, {source, value} as Iteratee]));
}

function readValue(code: string, start: number, declared: ReadonlyMap<string, unknown>): Read<unknown> | null {
  const at = skip(code, start);
  if (code[at] === "[") return readList(code, at + 1, "]", declared);
  if (code[at] === "{") return readObject(code, at + 1, declared);
  const digits = match(number, code, at);
  if (digits !== null) return {value: Number(digits[0]), end: at + digits[0].length};
  const quoted = match(text, code, at);
  // Texts with escapes are rare in the examples, and their meaning is not guessed.
  if (quoted !== null)
    return quoted[0].includes("\\") ? null : {value: quoted[1] ?? quoted[2], end: at + quoted[0].length};
  const word = match(name, code, at)?.[0];
  if (word === undefined) return null;
  const builtIn = (named ??= functions()).get(word);
  if (builtIn !== undefined) return {value: builtIn, end: at + word.length};
  const known = new Map<string, unknown>([["true", true], ["false", false], ["null", null], ...declared]);
  return known.has(word) ? {value: known.get(word), end: at + word.length} : null;
}

function readList(
  code: string,
  start: number,
  close: string,
  declared: ReadonlyMap<string, unknown>
): Read<unknown[]> | null {
  const value: unknown[] = [];
  let at = skip(code, start);
  while (code[at] !== close) {
    const item = readValue(code, at, declared);
    if (item === null) return null;
    value.push(item.value);
    at = skip(code, item.end);
    if (code[at] === ",") at = skip(code, at + 1);
    else if (code[at] !== close) return null;
  }
  return {value, end: at + 1};
}

function readObject(code: string, start: number, declared: ReadonlyMap<string, unknown>): Read<object> | null {
  const entries: [string, unknown][] = [];
  let at = skip(code, start);
  while (code[at] !== "}") {
    const key = match(text, code, at) ?? match(name, code, at);
    if (key === null) return null;
    at = skip(code, at + key[0].length);
    if (code[at] !== ":") return null;
    const item = readValue(code, at + 1, declared);
    if (item === null) return null;
    entries.push([key[1] ?? key[2] ?? key[0], item.value]);
    at = skip(code, item.end);
    if (code[at] === ",") at = skip(code, at + 1);
    else if (code[at] !== "}") return null;
  }
  return {value: Object.fromEntries(entries), end: at + 1};
}

function match(pattern: RegExp, code: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(code);
}

function skip(code: string, at: number): number {
  return at + (match(blank, code, at)?.[0].length ?? 0);
}
