import {expect, test} from "vitest";
import type {Outcome} from "../../../lib/verify/sandbox/outcome.js";
import {createSandbox} from "../../../lib/verify/sandbox/quickjs.js";

const sandbox = createSandbox();
const run = (...scripts: string[]) => sandbox.run({scripts});
const value = async (script: string) => (await run(script)).values[0];

test("plain values leave the sandbox as data", async () => {
  expect(await value("[1, -0, NaN, 'a\\n', null, undefined, true, {b: [2]}]")).toBe(
    '["array",1,["number","-0"],["number","NaN"],"a\\n",null,["undefined"],true,["object",["b",["array",2]]]]'
  );
  expect(await value("new Map")).toBe('["other","[object Map]"]');
  expect(await value("(function () {})")).toBe('["function"]');
  expect(await value("2n ** 64n")).toBe('["bigint","18446744073709551616"]');
  expect(await value("_.chunk([1, 2, 3], 2)")).toBe('["array",["array",1,2],["array",3]]');
});

test("scripts of one job share a realm, and jobs share nothing", async () => {
  expect((await run("var a = 1; Array.prototype.map = null; _.chunk = null", "a + 1")).values[1]).toBe("2");
  expect(await value("typeof a + typeof [].map + typeof _.chunk")).toBe('"undefinedfunctionfunction"');
});

test("what a script prints is kept with its script", async () => {
  const {logs} = await run("console.log(1, 'a')", "2", "console.log([3])");
  expect(logs).toEqual([[["1", '"a"']], [], [['["array",3]']]]);
});

const attacks: [Outcome, string][] = [
  ["timeout", "while (true) {}"],
  ["timeout", "(function f() { Promise.resolve().then(f); })()"],
  ["timeout", "/(a+)+$/.test('a'.repeat(40) + 'b')"],
  ["timeout", "new Proxy({}, {ownKeys() { while (true) {} }})"],
  ["timeout", "try { while (true) {} } catch (error) {} finally { while (true) {} }"],
  ["out-of-memory", "var a = []; while (true) a.push(new Array(1000).fill(1))"],
  ["out-of-memory", "new Uint8Array(1e9)"],
  ["stack-overflow", "(function f() { f(); })()"],
  ["stack-overflow", "var a = []; for (var i = 0; i < 100000; i++) a = [a]; JSON.stringify(a)"],
  ["output-limit", "while (true) console.log('PASS')"],
  ["output-limit", "for (var i = 0; i < 1e9; i++) console.log('x'.repeat(9000))"],
  ["denied", "process.exit(0)"],
  ["denied", "require('fs')"],
  ["denied", "fetch('http://127.0.0.1')"],
  ["denied", "import('fs')"],
  ["denied", "import('fs').then(function () {}, function () {})"],
  ["denied", "Math.random()"],
  ["denied", "try { _.sample([1, 2]) } catch (error) {} 1"],
  ["error", "throw 1"],
  ["error", "throw {toString() { while (true) {} }}"],
  ["error", "throw Object.defineProperty(new Error, 'message', {get() { throw 1 }})"],
  ["error", "not javascript"],
  ["error", "Promise.reject(new Error('late')); throw new TypeError('now')"]
];

test.each(attacks)("%s: %s", async (outcome, script) => {
  expect((await run("1", script)).outcome).toBe(outcome);
  expect((await run("1 + 1")).values).toEqual(["2"]);
});

test("a realm that was out of memory or stack is not used again, and what it did is gone", async () => {
  await run("globalThis.left = 1; (function f() { f(); })()");
  expect(await value("typeof left")).toBe('"undefined"');
});

test("the host's process, functions and clock are not inside", async () => {
  expect(await value("Function.prototype.constructor('return this')().process")).toBe('["undefined"]');
  expect(await value("console.log.constructor('return typeof process')()")).toBe('"undefined"');
  expect(await value("[+new Date, Date.now(), new Date().constructor.now(), new Date(5) - 0]")).toBe(
    '["array",0,0,0,5]'
  );
  expect(await value("new Date() instanceof Date && _.isDate(new Date)")).toBe("true");
});

test("poisoned built-ins do not change what leaves the sandbox", async () => {
  const poison =
    "Array.prototype.push = Array.prototype.map = function () { throw 1 };" +
    "Object.prototype.toString = function () { return '[object Array]' };" +
    "Object.prototype.enumerable = false; JSON.stringify = function () { return '1' };" +
    "Object.defineProperty(Object.prototype, 'toJSON', {value: function () { return 7 }});" +
    "Reflect.ownKeys = Object.keys = function () { return [] }; Array.isArray = function () { return false };";
  expect((await run(poison, "[1, {a: 'b'}]")).values[1]).toBe('["array",1,["object",["a","b"]]]');
});

test("of 1 GB of output nothing is kept", async () => {
  const many = await run("for (var i = 0; i < 1e5; i++) console.log('x'.repeat(10000))");
  const caught = await run("for (var i = 0; i < 1e5; i++) try { console.log('x'.repeat(10000)) } catch (error) {}");
  const long = await run("var s = 'x'.repeat(1e7); for (var i = 0; i < 100; i++) console.log(s)", "s");
  for (const one of [many, caught]) expect(one).toMatchObject({outcome: "output-limit", logs: []});
  expect(long).toMatchObject({outcome: "done", values: ['["undefined"]', '["over"]']});
  for (const one of [many, caught, long]) expect(JSON.stringify(one).length).toBeLessThan(5000);
});

test("values without end are cut off", async () => {
  expect(await value("var a = []; a[0] = a; a")).toContain('["over"]');
  expect(await value("new Array(20000).fill(1)")).toBe('["over"]');
  expect(await value("'x'.repeat(20000)")).toBe('["over"]');
  expect(await value("10n ** 2000n")).toBe('["over"]');
  expect(await value("({get a() { throw 1 }})")).toBe('["over"]');
});

test("a job that is stopped after so many steps is stopped there every time", async () => {
  const count = "var n = 0; function f() { while (true) n++ }";
  const job = {scripts: [`${count}; try { f() } finally { }`], steps: 20};
  const runs = [await sandbox.run(job), await sandbox.run(job), await createSandbox().run(job)];
  expect(new Set(runs.map((one) => JSON.stringify({...one, usage: null}))).size).toBe(1);
  expect(runs[0].outcome).toBe("timeout");
  const loop = (turns: number) => ({scripts: [`for (var i = 0; i < ${turns}; i++) {}`], steps: 20});
  expect((await sandbox.run(loop(90_000))).outcome).toBe("done");
  expect((await sandbox.run(loop(120_000))).outcome).toBe("timeout");
});
