import {beforeAll, expect, test} from "vitest";
import {lodashTasks} from "../../lib/generate/lodashTasks.js";
import type {Draft} from "../../lib/schema/sample.js";
import type {Seed} from "../../lib/schema/seed.js";
import {createRandom, type Random} from "../../lib/text/random.js";
import {createJavascriptTests} from "../../lib/verify/javascriptTests.js";
import {testLibrary} from "../../lib/verify/javascript/testLibrary.js";
import {createSandbox} from "../../lib/verify/sandbox/quickjs.js";
import {createPair} from "../../lib/verify/sandbox/realmPair.js";
import {draftsOf} from "../generate/context.js";
import {lodashSeeds} from "../seeds/lodashSeeds.js";
import {judge} from "./evidence.js";

const verifier = createJavascriptTests(createSandbox(), createPair(testLibrary));
const reason = async (text: string, kind = "task") => (await judge(verifier, text, kind)).reason;

const tests = ["double(1), 2", "double(4), 8", "double(0), 0"].map((line) => `assert.deepEqual(${line});`).join("\n");
const task = (solution: string, lines = tests) => `Doubles.\n\n@solution\n\n${solution}\n\n@test\n\n${lines}`;
const right = "function double(n) {\n  return n * 2;\n}";

let seeds: Seed[];
let derived: Draft[];
let completed: Draft[];

beforeAll(async () => {
  seeds = await lodashSeeds();
  const drafts = await Promise.all(seeds.map((seed) => draftsOf(lodashTasks, seed, {count: 17, corpus: seeds})));
  derived = drafts
    .flat()
    .filter(({payload}) => payload.derived === true)
    .slice(0, 1000);
  completed = drafts.flat().filter(({payload}) => payload.derived === false);
});

test("of lodash's documented examples 272 hold, and the others are refused for what they are", async () => {
  const counts = new Map<string, number>();
  for (const {text} of seeds) {
    const why = await reason(text, "example");
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    "": 272,
    denied: 17,
    error: 5,
    // filter, escapeRegExp, iteratee and uniqueId: lodash 4.18.1 gives something else than its comments say.
    "wrong-expectation": 4,
    "no-checkable-expectation": 8
  });
});

test("an example whose expectation was changed is caught", async () => {
  const random = createRandom("expectation");
  let changed = 0;
  for (const {text} of seeds) {
    const lines = [...text.matchAll(/^\/\/ => (?!objects?|Logs|.*(?:integer|number|Promise|assuming)).*?(\d)/gm)];
    if (lines.length === 0 || (await reason(text, "example")) !== "") continue;
    const match = random.pick(lines);
    const at = match.index + match[0].length - 1;
    const wrong = `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;
    expect(await reason(wrong, "example"), wrong).toBe("wrong-expectation");
    changed++;
  }
  expect(changed).toBeGreaterThan(100);
});

test("1,000 derived tasks pass", async () => {
  expect(derived).toHaveLength(1000);
  for (const {text} of derived)
    expect(await judge(verifier, text, "task")).toMatchObject({ok: true, sandbox: "quickjs"});
});

test("of 1,000 tasks with a broken test or a broken solution at least 99 % are caught", async () => {
  const random = createRandom("broken");
  const breakers = [wrongValue, exchangedValues, wrongResult, wrongSyntax, wrongToken];
  let missed = 0;
  let broken = 0;
  for (const [i, {text}] of derived.entries()) {
    const wrong = breakers[i % breakers.length](text, random) ?? exchangedValues(text)!;
    expect(wrong).not.toBe(text);
    broken++;
    if ((await reason(wrong)) === "") missed++;
  }
  expect(broken).toBe(1000);
  expect(missed).toBeLessThanOrEqual(10);
});

test("completed examples pass unless their human code does not hold", async () => {
  const holding = new Map<string, boolean>();
  for (const {sha256, text} of seeds)
    holding.set(sha256, ["", "no-checkable-expectation"].includes(await reason(text, "example")));
  let passed = 0;
  for (const {text, spans} of completed) {
    if (!spans.every(({seed}) => holding.get(seed))) continue;
    expect(await reason(text), text).toBe("");
    passed++;
  }
  expect(passed).toBeGreaterThan(300);
});

test("reasons are kept apart", async () => {
  expect(await reason(task(right))).toBe("");
  expect(await reason(task(right.replace("2", "3")))).toBe("failed-test");
  expect(await reason(task("function double(n) {}"))).toBe("failed-test");
  expect(await reason(task(right, tests.split("\n").slice(1).join("\n")))).toBe("too-few-tests");
  expect(await reason(task(right, ""))).toBe("no-tests");
  expect(await reason(task(right, tests.replace("double(0)", "_.add(0, 0)")))).toBe("foreign-call");
  expect(await reason(task(right, "assert.deepEqual(double(1), 2);\n".repeat(3)))).toBe("constant-passes");
  expect(await reason(task("const double = (n) => n;", tests.replace("2)", "1)").replace("8)", "4)")))).toBe(
    "identity-passes"
  );
  expect(await reason("Doubles.")).toBe("unreadable");
  expect(await reason("x".repeat(60_000))).toBe("unreadable");
  expect(await reason("Logs.\n\n@example\n\nconsole.log(1);\n// => Logs 1", "example")).toBe(
    "no-checkable-expectation"
  );
  expect(await reason(`Adds.\n\n@example\n\n_.add(1, 2);\n// => 3\n\n@test\n\n${tests}`)).toBe("foreign-call");
});

test.each([
  ["prints that it passed", "console.log('PASS');\nfunction double() {}", "failed-test"],
  ["brings its own assert", "globalThis.assert = {deepEqual() {}};\nfunction double() {}", "failed-test"],
  ["throws before the tests", "function double(n) { return n * 2; }\nthrow 0", "error"],
  ["throws in the tests", "function double() { throw null }", "error"],
  ["leaves early", "function double(n) { return n * 2; }\nprocess.exit(0)", "denied"],
  ["never ends", "function double(n) { while (true) {} }", "timeout"],
  ["promises for ever", "function double(n) { return new Promise(() => {}) }", "failed-test"],
  ["answers with a promise", "function double(n) { return Promise.resolve(n * 2) }", "failed-test"],
  ["prints for ever", "function double(n) { while (true) console.log(n) }", "output-limit"],
  ["equals everything", "function double(n) { return new Proxy({}, {get: () => true}) }", "failed-test"],
  [
    "turns itself into numbers",
    "function double(n) { return {valueOf: () => n * 2, toJSON: () => n * 2} }",
    "failed-test"
  ],
  ["boxes its numbers", "function double(n) { return Object(n * 2) }", "failed-test"],
  [
    "poisons what compares",
    "JSON.stringify = Array.isArray = Object.is = () => true;\nfunction double() {}",
    "failed-test"
  ],
  ["eats memory", "function double(n) { var a = []; while (true) a.push(new Array(1000).fill(n)) }", "out-of-memory"],
  ["goes too deep", "function double(n) { return double(n) }", "stack-overflow"],
  ["closes a bracket", "function double(n) { return 0 } }); (function () {", "error"],
  ["is only mentioned", "// function double(n) {}", "foreign-call"]
])("a solution that %s does not pass", async (_name, solution, why) => {
  expect(await reason(task(solution))).toBe(why);
});

test("example code that changes lodash does not change what lodash is tested for", async () => {
  const text = (line: string) =>
    `Adds.\n\n@example\n\n_.add = () => 5;\n\n@test\n\nassert.deepEqual(_.add(1, 1), ${line});`;
  expect(await reason(text("5"))).toBe("failed-test");
  expect(await reason(text("2"))).toBe("");
});

function wrongValue(text: string, random: Random): string | null {
  const lines = [...text.matchAll(/^assert\.deepEqual\(.*\), (.*)\);$/gm)];
  const {0: line, 1: value, index} = random.pick(lines);
  const at = index + line.length - 2 - value.length;
  const letters = [...value.matchAll(/\d|(?<=")[a-z]/g)];
  if (value === "true" || value === "false" || letters.length === 0)
    return `${text.slice(0, at)}${value === "true" ? "false" : value === "false" ? "true" : "[0]"}${text.slice(at + value.length)}`;
  const letter = random.pick(letters);
  if (!/\d/.test(letter[0]) && !value.includes('"')) return null;
  const other = /\d/.test(letter[0]) ? String((Number(letter[0]) + 1) % 10) : letter[0] === "z" ? "a" : "z";
  const quoted = `${value.slice(0, letter.index)}${other}${value.slice(letter.index + 1)}`;
  return text.slice(0, at) + quoted + text.slice(at + value.length);
}

function exchangedValues(text: string): string | null {
  const lines = [...text.matchAll(/^(assert\.deepEqual\(.*\)), (.*)\);$/gm)];
  const second = lines.find(([, , value]) => value !== lines[0][2]);
  if (second === undefined) return null;
  return text
    .replace(lines[0][0], () => `${lines[0][1]}, ${second[2]});`)
    .replace(second[0], () => `${second[1]}, ${lines[0][2]});`);
}

function wrongResult(text: string): string | null {
  if (text.includes("  return "))
    return text.replace(/ {2}return ([^\n]*);\n}/, (_all, value: string) => `  return [${value}];\n}`);
  return text.replace(/^(const \w+ = \(\w+\) => )(.*);$/m, (_all, head: string, value: string) => `${head}[${value}];`);
}

function wrongSyntax(text: string, random: Random): string | null {
  const start = text.indexOf("@solution");
  const brackets = [...text.slice(start, text.indexOf("@test")).matchAll(/[(){}]/g)];
  const at = start + random.pick(brackets).index;
  return text.slice(0, at) + text.slice(at + 1);
}

// One digit or operator of the solution: some of these change nothing that it gives, and are missed rightly.
function wrongToken(text: string, random: Random): string | null {
  const other: Record<string, string> = {
    "===": "!==",
    "!==": "===",
    "<": ">",
    ">": "<",
    "+": "-",
    "-": "+",
    "*": "+",
    "%": "*"
  };
  const start = text.indexOf("@solution");
  const code = text.slice(start, text.indexOf("@test"));
  const tokens = [...code.matchAll(/\d|(?<= )(?:===|!==|[<>+*%-])(?= )/g)];
  if (tokens.length === 0) return null;
  const {0: token, index} = random.pick(tokens);
  const at = start + index;
  return text.slice(0, at) + (other[token] ?? String((Number(token) + 1) % 10)) + text.slice(at + token.length);
}
