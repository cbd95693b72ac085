import {expect, test} from "vitest";
import {testLibrary} from "../../lib/verify/javascript/testLibrary.js";
import {createJavascriptTests} from "../../lib/verify/javascriptTests.js";
import {createSandbox} from "../../lib/verify/sandbox/quickjs.js";
import {createPair} from "../../lib/verify/sandbox/realmPair.js";
import {judge} from "./evidence.js";

const verifier = createJavascriptTests(createSandbox(), createPair(testLibrary));
const text = (solution: string, tests: string, language = "javascript") =>
  `Does it.\n\n@solution ${language}\n\n${solution}\n\n@test ${tests.startsWith("{") ? "json" : language}\n\n${tests}`;
const reason = async (...args: Parameters<typeof text>) => (await judge(verifier, text(...args), "task")).reason;
const add = "function add(a, b) { return a + b }";

test.each([
  ["node:assert", add, "const assert = require('node:assert');\nassert.equal(add(1, 2), 3);", "javascript"],
  [
    "tables and hooks",
    add,
    "let n; beforeEach(() => { n = 1 });\ntest.each([[1, 2], [2, 3]])('%d', (a, b) => { expect(add(a, n)).toBe(b) });",
    "javascript"
  ],
  ["console.assert", add, "console.assert(add(1, 2) === 3);", "javascript"],
  [
    "pairs",
    add,
    '{"call": "add", "args": [1, 2], "expected": 3}\n{"call": "add", "args": ["a", "b"], "expected": "ab"}',
    "javascript"
  ],
  [
    "typed exports",
    "export interface P { x: number }\nexport class Point implements P { constructor(public x: number) {} get twice(): number { return 2 * this.x } }",
    "import {Point} from './solution';\nimport {describe, it, expect} from 'vitest';\ndescribe('Point', () => { it('doubles', () => { const p: Point = new Point(2); expect(p.twice).toBe(4); expect(p).toBeInstanceOf(Point); expect(p).toEqual({x: 2}); expect(p).not.toStrictEqual({x: 2}); }); });",
    "typescript"
  ],
  [
    "arguments changed in place",
    "function up(list) { list.sort(); return list }",
    "const list = [3, 1]; assert(up(list) === list); assert.deepStrictEqual(list, [1, 3]);",
    "javascript"
  ],
  [
    "callbacks and mocks",
    "function each(list, f) { list.forEach((x) => f(x)) }",
    "it('calls', () => { const f = jest.fn(); each([1, 2], f); expect(f.mock.calls).toEqual([[1], [2]]); });",
    "javascript"
  ],
  [
    "timers of a clock that moves by itself",
    "const sleep = (ms) => new Promise((done) => setTimeout(done, ms, 'slept'))",
    "it('sleeps', async () => { expect(await sleep(60000)).toBe('slept'); await expect(sleep(5)).resolves.toBe('slept'); });",
    "javascript"
  ],
  [
    "errors by class",
    "class Lost extends RangeError {}; function find() { throw new Lost('gone') }; async function later() { find() }",
    "assert.throws(() => find(), Lost); assert.throws(find, RangeError); assert.throws(find, /gone/); await assert.rejects(later(), {message: 'gone'});",
    "javascript"
  ],
  [
    "values that JSON does not hold",
    "function odd() { return [undefined, NaN, -0, 2n ** 70n, new Date(5), new Map([[1, new Set(['a'])]]), /a/g, new Uint8Array([1]), , Infinity] }",
    "assert.deepStrictEqual(odd(), [undefined, NaN, -0, 2n ** 70n, new Date(5), new Map([[1, new Set(['a'])]]), /a/g, new Uint8Array([1]), , Infinity]);",
    "javascript"
  ],
  [
    "generators",
    "function* up(n) { for (let i = 0; i < n; i++) yield i }",
    "assert.deepEqual([...up(3)], [0, 1, 2]); const it2 = up(1); assert.deepEqual(it2.next(), {value: 0, done: false});",
    "javascript"
  ],
  [
    "lodash",
    "const _ = require('lodash');\nmodule.exports = (list) => _.sum(list);",
    "const total = require('../total'); assert.equal(total([1, 2]), 3);",
    "javascript"
  ]
])("%s hold", async (_name, solution, tests, language) => {
  expect(await judge(verifier, text(solution, tests, language), "task")).toMatchObject({
    reason: "",
    sandbox: "quickjs"
  });
});

test.each([
  ["failed-test", add, "assert.equal(add(1, 2), 4)"],
  ["failed-test", "function add() {}", '{"call": "add", "args": [1, 2], "expected": 3}'],
  ["no-tests", add, "add(1, 2);"],
  ["no-tests", add, "describe('nothing', () => {});"],
  ["unreadable", add, "assert.equal(add(1, 2), 3"],
  ["unreadable", add, '{"call": "add", "args": 1, "expected": 3}'],
  ["error", "function add( {", "assert.equal(add(1, 2), 3)"],
  ["empty-passes", add, "assert.ok(true)"],
  ["empty-passes", add, "assert.equal(typeof add, 'function')"],
  ["empty-passes", add, "it('is not looked at', () => { add(1, 2); expect(1).toBe(1) })"],
  ["empty-passes", add, "assert.equal = () => {}; assert.equal(add(1, 2), 7); assert.ok(1);"],
  [
    "flaky",
    "function pick() { return Math.random() < 0.5 ? 1 : 2 }",
    "for (let i = 0; i < 20; i++) assert.equal(pick(), [2, 1, 2][i % 3])"
  ],
  ["flaky", "function year() { return new Date().getUTCFullYear() }", "assert.equal(year(), 1970)"]
])("%s: %s, %s", async (why, solution, tests) => {
  const got = await reason(solution, tests);
  // A coin that comes out as asked in neither run is wrong, not flaky.
  expect(why === "flaky" && solution.includes("random") ? ["flaky", "failed-test"] : [why]).toContain(got);
});

const tests = "it('adds', () => { assert.deepStrictEqual(add(1, 2), 3); expect(add(2, 2)).toBe(4); });";
test.each([
  ["prints that it passed", "console.log('PASS'); function add() {}", "failed-test"],
  [
    "brings its own assert",
    "globalThis.assert = globalThis.expect = () => new Proxy(() => {}, {get: () => () => {}}); function add() {}",
    "failed-test"
  ],
  [
    "poisons the bridge's built-ins",
    "JSON.stringify = () => '[[true,3],[]]'; Reflect.apply = () => 3; Map.prototype.get = WeakMap.prototype.get = () => 3; function add() {}",
    "failed-test"
  ],
  [
    "poisons prototypes",
    "Object.prototype.toJSON = () => 3; Object.prototype.then = 1; Array.prototype.push = () => 3; Array.prototype[Symbol.iterator] = null; function add() {}",
    "*"
  ],
  ["throws what looks like a pass", "function add() { throw {report: {tests: 1, failures: 0}} }", "failed-test"],
  [
    "is everything at once",
    "function add() { return new Proxy({}, {get: () => 3, has: () => true, getPrototypeOf: () => Number.prototype}) }",
    "failed-test"
  ],
  [
    "turns itself into numbers",
    "function add(a, b) { return {valueOf: () => a + b, toJSON: () => a + b, [Symbol.toPrimitive]: () => a + b} }",
    "failed-test"
  ],
  ["boxes its numbers", "function add(a, b) { return Object(a + b) }", "failed-test"],
  ["answers with a promise", "async function add(a, b) { return a + b }", "failed-test"],
  ["never settles", "function add() { return new Promise(() => {}) }", "failed-test"],
  ["never ends", "function add() { for (;;); }", "timeout"],
  ["never ends in promises", "function add() { (function f() { Promise.resolve().then(f) })(); return 3 }", "timeout"],
  ["never ends in timers", "setInterval(() => {}, 1); function add() { return 3 }", "failed-test"],
  ["backtracks for ever", "function add() { return /(a+)+$/.test('a'.repeat(40) + 'b') }", "timeout"],
  ["goes too deep", "function add(a) { return add(a) }", "stack-overflow"],
  ["eats memory", "function add() { const a = []; for (;;) a.push(new Array(1000).fill(1)) }", "out-of-memory"],
  ["eats memory at once", "function add() { return new Uint8Array(1e9) }", "out-of-memory"],
  ["sends too much", "function add() { return new Array(1e6).fill('x') }", "output-limit"],
  ["prints for ever", "function add() { for (;;) console.log('x'.repeat(1000)) }", "output-limit"],
  ["asks for the process", "function add() { return process.exit(0) }", "denied"],
  ["asks for files", "const fs = require('fs'); function add() {}", "denied"],
  ["asks for the network", "function add() { fetch('http://127.0.0.1') }", "denied"],
  ["imports", "function add() { import('fs'); return 3 }", "denied"],
  ["has a huge number", "function add() { return 2n ** 200000n }", "output-limit"],
  ["has getters that throw", "function add() { return {get a() { throw 1 }} }", "failed-test"]
])("a solution that %s does not pass", async (_name, solution, why) => {
  const got = await reason(solution, tests);
  if (why === "*") expect(got).not.toBe("");
  else expect(got).toBe(why);
});

test("a solution cannot reach the tests' realm through what the tests hand it", async () => {
  const reach = `function reach(f, o) {
    const seen = [];
    for (const start of [f, o, f.constructor, o.constructor]) {
      for (let at = start; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
        try { seen.push(at.constructor("return typeof expect")()); } catch {}
        try { seen.push(new at.constructor("globalThis.poisoned = 1")()); } catch {}
        try { Object.defineProperty(at, "sneaked", {get: () => 1}); } catch {}
      }
    }
    return seen.filter((one) => one === "function").length;
  }`;
  const check =
    "class Own { m() { return 1 } }\nconst own = new Own();\n" +
    "for (const f of [() => 1, async () => 1, function* () {}, async function* () {}]) assert.strictEqual(reach(f, own), 0);\n" +
    "assert.strictEqual(typeof poisoned, 'undefined'); assert.strictEqual(own.m(), 1);";
  expect(await judge(verifier, text(reach, check), "task")).toMatchObject({reason: ""});
});
