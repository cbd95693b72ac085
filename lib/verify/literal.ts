/** A plain value as the sandbox's serializer tags it: see `serializer` in sandbox/realm.ts. */
export type Value = number | string | boolean | null | [tag: string, ...rest: unknown[]];

const maxDepth = 32;
const space = /[ \t\n]*/y;
const number = /-?(?:\d{1,17}(?:\.\d{1,17})?|\.\d{1,17})(?:e[+-]?\d{1,3})?(?![\w.])/iy;
const word = /-?(?:undefined|null|true|false|NaN|Infinity)(?![\w$.(])/y;
const name = /[A-Za-z_$][\w$]*/y;

/**
 * The value of the JavaScript literal that starts at an offset, read without running anything: numbers, strings in
 * either quote, arrays and objects of literals, undefined, null, booleans, NaN and infinities.
 *
 * @returns null where no such literal starts; `end` is the offset after it
 */
export function parseLiteral(text: string, start = 0): {value: Value; end: number} | null {
  let at = start;
  const eat = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return null;
    at = pattern.lastIndex;
    return match[0];
  };
  const skip = () => void eat(space);

  function list(close: string, item: () => unknown, depth: number): unknown[] | null {
    const items: unknown[] = [];
    if (depth > maxDepth) return null;
    at++;
    for (skip(); text[at] !== close; skip()) {
      const one = item();
      if (one === undefined) return null;
      items.push(one);
      skip();
      if (text[at] === ",") at++;
      else if (text[at] !== close) return null;
    }
    at++;
    return items;
  }

  function value(depth: number): Value | undefined {
    skip();
    const first = text[at];
    if (first === "[") {
      const items = list("]", () => value(depth + 1), depth);
      return items === null ? undefined : ["array", ...items];
    }
    if (first === "{") {
      const entries = list("}", () => entry(depth + 1), depth);
      return entries === null ? undefined : ["object", ...entries];
    }
    if (first === "'" || first === '"') return quoted(first);
    const digits = eat(number);
    if (digits !== null) return numeric(Number(digits));
    const known = eat(word);
    if (known === null) return undefined;
    if (known.endsWith("Infinity") || known === "NaN") return ["number", known];
    if (known.startsWith("-")) return undefined;
    return known === "undefined" ? ["undefined"] : (JSON.parse(known) as null | boolean);
  }

  function entry(depth: number): [string, Value] | undefined {
    const key = text[at] === "'" || text[at] === '"' ? quoted(text[at]) : (eat(name) ?? eat(number));
    skip();
    if (key === null || key === undefined || key === "__proto__" || text[at] !== ":") return undefined;
    at++;
    const held = value(depth);
    return held === undefined ? undefined : [key, held];
  }

  function quoted(quote: string): string | undefined {
    let out = "";
    for (at++; at < text.length && text[at] !== quote && text[at] !== "\n"; at++) {
      if (text[at] !== "\\") {
        out += text[at];
        continue;
      }
      const unicode = /^u([0-9a-f]{4})/i.exec(text.slice(at + 1, at + 6));
      at += unicode === null ? 1 : 5;
      out += unicode === null ? (escapes[text[at]] ?? text[at]) : String.fromCharCode(parseInt(unicode[1], 16));
    }
    if (text[at] !== quote) return undefined;
    at++;
    return out;
  }

  const found = value(0);
  return found === undefined ? null : {value: found, end: at};
}

const escapes: Record<string, string> = {n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", "0": "\0"};

function numeric(n: number): Value {
  if (Object.is(n, -0)) return ["number", "-0"];
  return Number.isFinite(n) ? n : ["number", String(n)];
}

/** One text for all values that are deeply equal, whatever the order of their keys; later keys win, as in JavaScript. */
export function canonicalValue(value: Value): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const [tag, ...rest] = value;
  if (tag === "array") return `[${rest.map((item) => canonicalValue(item as Value)).join(",")}]`;
  if (tag !== "object") return `<${rest.length === 0 ? tag : `${tag} ${String(rest[0])}`}>`;
  const entries = new Map((rest as [string, Value][]).map(([key, item]) => [key, canonicalValue(item)]));
  const keys = [...entries.keys()].sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${entries.get(key)}`).join(",")}}`;
}
