import {guard} from "../../../lib/verify/sandbox/guard.js";

// Each leaves something behind, or takes what it can.
const quick = [
  "globalThis.left = 1; Array.prototype.map = Object.keys = JSON.stringify = null; Object.prototype.polluted = 1",
  "throw {toString() { throw 1 }}",
  "new Promise(() => {}); Promise.reject(1)",
  "process.exit(1)",
  "import('fs')",
  "new Array(2 ** 32 - 1).length = 5",
  "'x'.repeat(2 ** 30)",
  "2n ** (2n ** 40n)",
  "new RegExp('(' .repeat(5000))",
  "new WeakRef({}); new FinalizationRegistry(() => {}).register({}, 1)",
  "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1e9)",
  "Object.freeze(Object.prototype); Object.defineProperty(globalThis, 'undefinedly', {get() { throw 1 }})",
  "eval('var leaked = 1'); Function('return this')().leaked2 = 1",
  "Date = Math = Symbol = Promise = undefined",
  "({get a() { return process }})",
  "new Proxy([], {get() { throw 1 }})",
  "new Date(2020, 0, 1).toLocaleString('de', {timeZone: 'Asia/Tokyo'})",
  "while (true) {}"
];
// What fills the memory or the stack costs a new module: one in twenty.
const costly = [
  "(function f() { f(); })()",
  "new Uint8Array(1e9)",
  "var a = []; for (var i = 0; i < 3000; i++) a.push(new Array(100).fill(i))",
  "for (;;) console.log('x'.repeat(5000))",
  "function* g() { yield* g() } g().next()",
  "[,,,,,].concat(new Array(50000))",
  "for (var i = 0; i < 1e5; i++) console.log('x'.repeat(10000))"
];
const check =
  "typeof left + typeof leaked + typeof leaked2 + typeof [].map + typeof Object.keys + typeof {}.polluted + " +
  "typeof Date + typeof Promise + Object.isFrozen(Object.prototype)";
const clean = '"undefinedundefinedundefinedfunctionfunctionundefinedfunctionfunctionfalse"';

/** Runs hostile programs, and after every tenth looks whether the next one meets a clean realm; bytes grown since halfway. */
export async function runHostile(count: number): Promise<{unclean: number; grown: number; passed: number}> {
  const threads = guard({workers: 2});
  let unclean = 0;
  let passed = 0;
  let half = 0;
  for (let done = 0; done < count; done += 20) {
    const jobs = Array.from({length: 20}, (_, i) =>
      i === 0 ? costly[(done / 20) % costly.length] : quick[(done + i) % quick.length]
    );
    const runs = await Promise.all(
      jobs.map((script) => threads.run({scripts: [script, "PASS = 1", check], steps: 20}))
    );
    passed += runs.filter(({outcome}) => outcome === "done").length;
    for (let i = 0; i < 2; i++) if ((await threads.run({scripts: [check]})).values[0] !== clean) unclean++;
    if (done >= count / 2 && half === 0) half = process.memoryUsage.rss();
  }
  const grown = process.memoryUsage.rss() - half;
  await threads.close();
  return {unclean, grown, passed};
}
