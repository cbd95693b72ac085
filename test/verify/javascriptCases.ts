import {transform} from "sucrase";
import type {Random} from "../../lib/text/random.js";
import type {Evidence} from "../../lib/verify/verifier.js";

interface Row {
  args: unknown[];
  expected: unknown;
}

interface Template {
  name: string;
  typescript: string;
  /** what each of these changes, a test of the rows sees */
  errors: readonly [from: string, to: string][];
  rows(random: Random): Row[];
  /** around a call, where its value is not what is compared */
  call?: (call: string) => string;
}

const numbers = (random: Random, least = 3) => Array.from({length: least + random.int(4)}, () => 1 + random.int(50));
const repeat = (make: () => Row) => Array.from({length: 3}, make);

const templates: readonly Template[] = [
  {
    name: "clamp",
    typescript:
      "export function clamp(x: number, low: number, high: number): number {\n  return Math.min(Math.max(x, low), high);\n}",
    errors: [
      ["Math.min", "Math.max"],
      ["(x, low)", "(x, high)"]
    ],
    rows(random) {
      const [low, high] = [random.int(20), 40 + random.int(20)];
      return [low - 5, 30, high + 5].map((x) => ({args: [x, low, high], expected: Math.min(Math.max(x, low), high)}));
    }
  },
  {
    name: "squares",
    typescript:
      "export const squares = (list: readonly number[]): number =>\n  list.reduce((sum: number, x) => sum + x * x, 0);",
    errors: [
      ["x * x", "x + x"],
      [", 0)", ", 1)"]
    ],
    rows: (random) =>
      repeat(() => {
        const list = numbers(random).map((x) => x + 2);
        return {args: [list], expected: list.reduce((sum, x) => sum + x * x, 0)};
      })
  },
  {
    name: "tally",
    typescript:
      "type Counts = Record<string, number>;\nexport function tally(words: string[]): Counts {\n  const counts: Counts = {};\n  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;\n  return counts;\n}",
    errors: [
      ["?? 0", "?? 1"],
      ["+ 1", "+ 2"]
    ],
    rows: (random) =>
      repeat(() => {
        const words = Array.from({length: 5}, () => random.pick(["a", "b", "c"]));
        const expected: Record<string, number> = {};
        for (const word of words) expected[word] = (expected[word] ?? 0) + 1;
        return {args: [words], expected};
      })
  },
  {
    name: "later",
    typescript:
      "const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));\nexport async function later(values: number[], by: number): Promise<number[]> {\n  await sleep(1000);\n  return Promise.all(values.map(async (x) => { await sleep(x); return x * by; }));\n}",
    errors: [
      ["x * by", "x + by"],
      ["return x", "return -x"]
    ],
    call: (call) => `await ${call}`,
    rows: (random) =>
      repeat(() => {
        const [values, by] = [numbers(random), 3 + random.int(5)];
        return {args: [values, by], expected: values.map((x) => x * by)};
      })
  },
  {
    name: "steps",
    typescript:
      "export function* steps(to: number, by: number): Generator<number> {\n  for (let at = 0; at < to; at += by) yield at;\n}",
    errors: [
      ["at = 0", "at = 1"],
      ["at < to", "at > to"]
    ],
    call: (call) => `[...${call}]`,
    rows: (random) =>
      repeat(() => {
        const [by, count] = [1 + random.int(5), 2 + random.int(5)];
        return {args: [by * count, by], expected: Array.from({length: count}, (_, i) => i * by)};
      })
  },
  {
    name: "arrange",
    typescript:
      "interface Item { key: number; label?: string }\nexport function arrange(items: Item[]): Item[] {\n  items.sort((a, b) => a.key - b.key);\n  return items;\n}",
    errors: [
      ["a.key - b.key", "b.key - a.key"],
      ["return items", "return items.slice(1)"]
    ],
    rows: (random) =>
      repeat(() => {
        const items = [3, 2, 1].map((i) => ({key: 10 * i + random.int(9), label: `l${i}`}));
        return {args: [items], expected: [...items].reverse()};
      })
  },
  {
    name: "balance",
    typescript:
      'export class Account {\n  #held = 0;\n  constructor(private readonly fee: number) {}\n  pay(amount: number): this { this.#held += amount - this.fee; return this; }\n  get held(): number { return this.#held; }\n}\nexport function balance(fee: number, paid: number[]): number {\n  if (fee < 0) throw new RangeError("fee");\n  const account = new Account(fee);\n  for (const amount of paid) account.pay(amount);\n  return account.held;\n}',
    errors: [
      ["- this.fee", "+ this.fee"],
      ["held += ", "held = "]
    ],
    rows: (random) =>
      repeat(() => {
        const [fee, paid] = [1 + random.int(5), numbers(random)];
        return {args: [fee, paid], expected: paid.reduce((sum, x) => sum + x - fee, 0)};
      })
  }
];

const changed = (value: unknown): unknown => {
  if (typeof value === "number") return value + 1;
  return Array.isArray(value) ? [...(value as unknown[]).slice(0, -1), -1] : {...(value as object), z: 1};
};

function testsOf({name, call = (text) => text}: Template, rows: readonly Row[], style: number, typed: boolean): string {
  const json = JSON.stringify;
  const called = ({args}: Row) => call(`${name}(${args.map((arg) => json(arg)).join(", ")})`);
  const from = `import {${name}} from "./solution";\n`;
  switch (style) {
    case 0:
      return `import assert from "node:assert";\n${from}${rows.map((row) => `assert.deepStrictEqual(${called(row)}, ${json(row.expected)});`).join("\n")}`;
    case 1:
      return `${from}describe("${name}", () => {\n${rows.map((row, i) => `  it("row ${i}", async () => { const got${typed ? ": unknown" : ""} = ${called(row)}; expect(got).toEqual(${json(row.expected)}); });`).join("\n")}\n});`;
    default:
      return `const {${name}} = require("./solution");\ntest.each(${json(rows.map(({args, expected}) => [args, expected]))})("%j", async (args${typed ? ": any" : ""}, expected) => {\n  expect(${call(`${name}(...args)`)}).toStrictEqual(expected);\n});`;
  }
}

/** Texts of unit tests in JavaScript and TypeScript, in turns; beside each the same with an error in solution or tests. */
export function* javascriptCases(count: number, random: Random): Generator<{clean: Evidence; corrupt: Evidence}> {
  for (let i = 0; i < count; i++) {
    const typed = i % 2 === 0;
    const template = templates[i % templates.length];
    const rows = template.rows(random);
    const pairs = template.call === undefined && random.int(4) === 0;
    const style = random.int(3);
    const sample = (source: string, held: readonly Row[]): Evidence => {
      const solution = typed ? source : transform(source, {transforms: ["typescript"], disableESTransforms: true}).code;
      const language = typed ? "typescript" : "javascript";
      const tests = pairs
        ? held.map(({args, expected}) => JSON.stringify({call: template.name, args, expected})).join("\n")
        : testsOf(template, held, style, typed);
      const text = `Write ${template.name}.\n\n@solution ${language}\n\n${solution}\n\n@test ${pairs ? "json" : language}\n\n${tests}`;
      return {text, kind: "task", domain: "code", generator: "test", family: "test"};
    };
    const source = template.typescript;
    const clean = sample(source, rows);
    const bad = random.int(rows.length);
    const wrongRows = rows.map((row, at) => (at === bad ? {...row, expected: changed(row.expected)} : row));
    const kind = random.int(5);
    if (kind < 2) yield {clean, corrupt: sample(source, wrongRows)};
    else if (kind < 4) {
      const [before, after] = random.pick(template.errors);
      yield {clean, corrupt: sample(source.replace(before, after), rows)};
    } else {
      const lastBrace = clean.text.lastIndexOf(")", clean.text.indexOf("@test"));
      yield {clean, corrupt: {...clean, text: clean.text.slice(0, lastBrace) + clean.text.slice(lastBrace + 1)}};
    }
  }
}
