import {canonicalValue, parseLiteral, type Value} from "./literal.js";

/** One line `assert.deepEqual(name(literal, …), literal);` as data: no test is ever run as code. */
export interface Test {
  /** the call, as it stands in the text */
  call: string;
  callee: string;
  /** values of the arguments; undefined for a name such as Math.floor */
  args: (Value | undefined)[];
  expected: Value;
}

/** A text of code in its sections. */
export interface CodeText {
  prose: string;
  /** human code with `// => value` comments, or null */
  example: string | null;
  solution: string | null;
  tests: Test[];
}

const marks = /^@(example|solution|test)$/;
const dotted = /[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,3}(?![\w$.(])/y;
const opening = /^assert\.deepEqual\(([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?)\(/;

/**
 * Reads prose and then the sections under `@example`, `@solution` and `@test`, each at most once and in this order.
 *
 * @returns why it cannot be read, where it cannot
 */
export function readCode(text: string): CodeText | string {
  const sections = new Map<string, string[]>([["prose", []]]);
  let current = sections.get("prose")!;
  for (const line of text.split(/\r?\n/)) {
    const mark = marks.exec(line)?.[1];
    if (mark === undefined) current.push(line);
    else {
      if (sections.has(mark) || (mark === "example" && sections.has("solution")) || sections.has("test"))
        return `@${mark} comes twice or too late`;
      sections.set(mark, (current = []));
    }
  }
  const tests: Test[] = [];
  for (const line of sections.get("test") ?? []) {
    if (line === "") continue;
    const test = readTest(line);
    if (test === null) return `not a test: ${line.slice(0, 100)}`;
    tests.push(test);
  }
  const section = (name: string) => sections.get(name)?.join("\n").trim() ?? null;
  return {prose: section("prose")!, example: section("example"), solution: section("solution"), tests};
}

/** Reads one line of a test section; null where it is anything but a call with literal arguments and its value. */
export function readTest(line: string): Test | null {
  const start = opening.exec(line);
  if (start === null) return null;
  const callee = start[1];
  const args: (Value | undefined)[] = [];
  let at = start[0].length;
  while (line[at] !== ")") {
    const literal = parseLiteral(line, at);
    if (literal !== null) at = literal.end;
    else {
      dotted.lastIndex = at;
      if (!dotted.test(line)) return null;
      at = dotted.lastIndex;
    }
    args.push(literal?.value);
    if (line.startsWith(", ", at)) at += 2;
    else if (line[at] !== ")") return null;
  }
  const call = line.slice("assert.deepEqual(".length, at + 1);
  if (!line.startsWith(", ", at + 1)) return null;
  const expected = parseLiteral(line, at + 3);
  if (expected === null || line.slice(expected.end) !== ");") return null;
  return {call, callee, args, expected: expected.value};
}

/**
 * Why tests would pass a function that does nothing: "constant-passes" when one fixed value (undefined, too) meets
 * them all, "identity-passes" when handing back the first argument does; null when they ask for more.
 */
export function vacuous(tests: readonly Test[]): string | null {
  const expected = tests.map((test) => canonicalValue(test.expected));
  if (new Set(expected).size < 2) return "constant-passes";
  const first = tests.map(({args}) => (args[0] === undefined ? null : canonicalValue(args[0])));
  return first.every((value, i) => value === expected[i]) ? "identity-passes" : null;
}
