/**
 * Runs test code in the tests' realm, as script source: `(bridge, lib, makeAssert, makeExpect, advance, finish) =>
 * (code, names)`. It gives the code describe, it, test, their hooks and tables, assert, expect, vi and jest, and by
 * `require` the modules that hold these and, under any relative path, the solution. Names that the solution declares or
 * exports are there as globals. `finish` is called once, with JSON: tests and assertions that ran, and the failed ones.
 */
export const runner = String.raw`(function (bridge, lib, makeAssert, makeExpect, advance, finish) {
  "use strict";
  const evaluate = eval;
  const {stringify, parse} = JSON;
  let assertions = 0;
  const count = () => void assertions++;
  const {assert, strict} = makeAssert(lib, count);
  const {expect, mocking} = makeExpect(lib, count);
  const root = suite("", undefined);
  let current = root, only = false, soft = [];

  function suite(name, parent) {
    return {name, parent, items: [], before: [], after: [], beforeEach: [], afterEach: [], skip: false, only: false};
  }
  const title = (name, row, i) => {
    const values = Array.isArray(row) ? [...row] : [row];
    return String(name).replace(/%[sdifjop]/g, () => lib.show(values.shift())).replace(/%#/g, i)
      .replace(/\$(\w+)/g, (all, key) => row !== null && typeof row === "object" && key in row ? lib.show(row[key]) : all);
  };
  const rowsOf = (table, values) => {
    if (!Array.isArray(table) || table.raw === undefined) return table;
    const names = table[0].trim().split("|").map((name) => name.trim());
    const rows = [];
    for (let i = 0; i + names.length <= values.length; i += names.length)
      rows.push(Object.fromEntries(names.map((name, j) => [name, values[i + j]])));
    return rows;
  };
  function each(declare) {
    return (table, ...values) => (name, f, ...rest) => {
      rowsOf(table, values).forEach((row, i) =>
        declare(title(name, row, i), () => Array.isArray(row) && table.raw === undefined ? f(...row) : f(row), ...rest));
    };
  }
  function declareTest(state) {
    return (name, f, g) => {
      if (typeof f !== "function") f = typeof g === "function" ? g : f;
      if (typeof name === "function") [name, f] = [name.name, name];
      if (state.only) only = true;
      if (typeof f === "function") current.items.push({name: String(name), f, ...state});
    };
  }
  function declareSuite(state) {
    return (name, f, g) => {
      if (typeof f !== "function") f = g;
      const made = Object.assign(suite(String(name), current), state);
      if (state.only) only = true;
      current.items.push(made);
      current = made;
      try { f(); } finally { current = made.parent; }
    };
  }
  function words(declare) {
    const base = declare({});
    base.each = base.for = each(base);
    for (const [word, state] of [["only", {only: true}], ["skip", {skip: true}], ["concurrent", {}], ["sequential", {}], ["fails", {fails: true}]]) {
      base[word] = declare(state);
      base[word].each = base[word].for = each(base[word]);
    }
    base.todo = () => {};
    base.skipIf = (no) => (no ? base.skip : base);
    base.runIf = (yes) => (yes ? base : base.skip);
    return base;
  }
  const test = words(declareTest), describe = words(declareSuite);
  const hook = (name) => (f) => void current[name].push(f);
  const hooks = {beforeAll: hook("before"), before: hook("before"), afterAll: hook("after"), after: hook("after"),
    beforeEach: hook("beforeEach"), afterEach: hook("afterEach")};
  Object.assign(mocking, {
    useFakeTimers: () => mocking, useRealTimers: () => mocking, advanceTimersByTime: (ms) => (advance(+ms), mocking),
    advanceTimersByTimeAsync: async (ms) => void advance(+ms), runAllTimers: () => (advance(-1), mocking),
    runAllTimersAsync: async () => void advance(-1), runOnlyPendingTimers: () => (advance(-1), mocking),
    clearAllTimers: () => mocking, setSystemTime: () => mocking
  });
  const library = {test, it: test, specify: test, describe, suite: describe, context: describe, ...hooks, expect, assert,
    vi: mocking, jest: mocking};
  const nodeTest = Object.assign((...args) => test(...args), {...library, default: test, mock: {fn: mocking.fn, method: mocking.spyOn}});
  for (const name of Object.keys(library)) globalThis[name] = library[name];
  console.assert = (value, ...message) => {
    count();
    if (!value) soft.push("console.assert: " + message.map((one) => lib.show(one)).join(" "));
  };

  const ask = bridge.ask;
  const exported = () => ask("exports");
  const solution = new Proxy({}, {
    get(_, key) {
      if (key === "__esModule") return true;
      const held = exported();
      const holds = held !== null && (typeof held === "object" || typeof held === "function");
      if (key === "default") return holds && "default" in held ? held.default : held;
      if (holds && key in held) return held[key];
      return typeof key === "string" ? ask("name", key)[1] : undefined;
    },
    has: (_, key) => solution[key] !== undefined,
    ownKeys: () => { const held = exported(); return held === null || held === undefined ? [] : Reflect.ownKeys(held).filter((key) => key !== "prototype"); },
    getOwnPropertyDescriptor: (_, key) => ({value: solution[key], enumerable: true, configurable: true, writable: true})
  });
  // What require gives: module.exports itself where it is a function or a class.
  const required = () => {
    const held = exported();
    return typeof held === "function" ? held : solution;
  };
  const modules = {"assert": assert, "node:assert": assert, "assert/strict": strict, "node:assert/strict": strict,
    "node:test": nodeTest, "test": nodeTest, "vitest": library, "@jest/globals": library, "bun:test": library};
  const require = (name) => {
    if (/^\.{0,2}\//.test(name)) return required();
    if (Object.hasOwn(modules, name)) return modules[name];
    if (/^lodash(-es)?$/.test(name) && typeof globalThis._ === "function") return globalThis._;
    throw new Error("the module " + name + " is not available to tests");
  };
  globalThis.require = require;

  const text = (error) => {
    try { return String(lib.isError(error) ? error.name + ": " + error.message : "threw " + lib.show(error)).slice(0, 250); }
    catch { return "threw what cannot be read"; }
  };
  let tests = 0, running = "";
  const failed = [];
  const fail = (name, message) => { if (failed.push({name: name.slice(0, 100), message}) > 20) failed.length = 20; };

  // A test that takes an argument is done when it calls it, as in jest and mocha.
  const call = (f) => f.length === 0 ? f() : new Promise((resolve, reject) => {
    const done = (error) => (error === undefined || error === null ? resolve() : reject(error));
    done.fail = reject;
    Promise.resolve(f(done)).then(undefined, reject);
    // node:test passes a context instead: then it is done when it returns.
    if (f.constructor.name === "AsyncFunction") Promise.resolve().then(resolve);
  });
  const invoke = async (f) => {
    if (f.length > 0 && f.constructor.name === "AsyncFunction") return f({test, mock: nodeTest.mock, skip() {}, diagnostic() {}});
    return call(f);
  };
  function lineage(group) { return group === undefined ? [] : [...lineage(group.parent), group]; }
  const wanted = (item) => item.items === undefined ? item.only : item.only || item.items.some(wanted);

  async function runSuite(group, path, inOnly) {
    for (const f of group.before) await attempt(path + " before", () => invoke(f));
    for (const item of group.items) {
      if (item.skip) continue;
      if (only && !inOnly && !wanted(item)) continue;
      const name = path === "" ? item.name : path + " > " + item.name;
      if (item.items !== undefined) {
        await runSuite(item, name, inOnly || (item.only && !item.items.some(wanted)));
        continue;
      }
      tests++;
      running = name;
      const groups = lineage(group);
      await attempt(name, async () => {
        for (const one of groups) for (const f of one.beforeEach) await invoke(f);
        if (item.fails) {
          let threw = false;
          try { await invoke(item.f); } catch { threw = true; }
          if (!threw) throw new Error("expected to fail");
        } else await invoke(item.f);
      });
      for (const one of groups.reverse()) for (const f of one.afterEach) await attempt(name + " after", () => invoke(f));
    }
    for (const f of group.after) await attempt(path + " after", () => invoke(f));
  }
  async function attempt(name, f) {
    soft = [];
    try { await f(); } catch (error) { fail(name, text(error)); }
    for (const message of soft) fail(name, message);
    soft = [];
  }

  return async function start(code, names) {
    for (const name of parse(names)) {
      if (bridge.globals.has(name) || Object.hasOwn(globalThis, name)) continue;
      const [declared, first] = ask("name", name);
      let there = declared;
      if (!there) {
        const held = exported();
        there = held !== null && (typeof held === "object" || typeof held === "function") && name in held && !(name in Object.prototype);
      }
      // A function is asked for once; what else the name holds may change.
      const get = typeof first === "function" ? () => first : () => solution[name];
      if (there) Object.defineProperty(globalThis, name, {get, set() {}, configurable: true});
    }
    let body;
    const report = (loaded) => finish(stringify({loaded, tests, assertions, failed: failed.slice(0, 3), failures: failed.length, running}));
    try { body = evaluate("(async function (require, module, exports) {" + code + "\n})"); }
    catch (error) { fail("tests", text(error)); return report(false); }
    running = "tests";
    const holder = {exports: {}};
    const before = assertions;
    await attempt("tests", () => body.call(undefined, require, holder, holder.exports));
    if (assertions > before || failed.length > 0) tests++;
    await runSuite(root, "", false);
    report(true);
  };
})`;
