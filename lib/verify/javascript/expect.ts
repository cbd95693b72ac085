/**
 * `expect` and mock functions in the manner of jest and vitest, as script source: a function of our equality and of
 * `count`, which is told of every assertion. A matcher that is not here throws a TypeError that names it.
 */
export const expectation = String.raw`(function (lib, count) {
  "use strict";
  const {equal, show, matches} = lib;
  const {is} = Object;
  const matcher = (test) => ({[matches]: test});
  const mocks = new WeakMap();
  const calls = (f) => {
    const mock = typeof f === "function" ? mocks.get(f) : undefined;
    if (mock === undefined) throw new TypeError("expected a mock function, got " + show(f));
    return mock.calls;
  };
  const path = (key) => Array.isArray(key) ? key : String(key).replace(/\[(\w+)\]/g, ".$1").split(".");
  const thrownBy = (f) => { try { f(); } catch (error) { return [error]; } return undefined; };
  const throwing = (actual, expected, from) => {
    const thrown = from === "rejects" ? [actual] : thrownBy(actual);
    if (thrown === undefined) return false;
    if (expected === undefined) return true;
    const message = thrown[0] !== null && typeof thrown[0] === "object" ? thrown[0].message : String(thrown[0]);
    if (typeof expected === "string") return String(message).includes(expected);
    if (expected instanceof RegExp) return expected.test(String(message));
    if (typeof expected === "function") return thrown[0] instanceof expected;
    return typeof expected[matches] === "function" ? expected[matches](thrown[0]) : message === expected.message;
  };
  const types = new Map([[Number, "number"], [String, "string"], [Boolean, "boolean"], [BigInt, "bigint"],
    [Symbol, "symbol"], [Function, "function"], [Object, "object"]]);
  const tests = {
    __proto__: null,
    toBe: is,
    toEqual: (a, b) => equal(a, b, "jest"),
    toStrictEqual: (a, b) => equal(a, b, "exact"),
    toMatchObject: (a, b) => equal(a, b, "part"),
    toBeCloseTo: (a, b, digits = 2) => a === b || Math.abs(a - b) < 10 ** -digits / 2,
    toBeNull: (a) => a === null,
    toBeUndefined: (a) => a === undefined,
    toBeDefined: (a) => a !== undefined,
    toBeNullable: (a) => a === null || a === undefined,
    toBeNaN: (a) => is(a, NaN),
    toBeTruthy: (a) => !!a,
    toBeFalsy: (a) => !a,
    toBeGreaterThan: (a, b) => a > b,
    toBeGreaterThanOrEqual: (a, b) => a >= b,
    toBeLessThan: (a, b) => a < b,
    toBeLessThanOrEqual: (a, b) => a <= b,
    toBeInstanceOf: (a, b) => a instanceof b,
    toBeTypeOf: (a, b) => typeof a === b,
    toBeOneOf: (a, b) => [...b].some((one) => equal(a, one, "jest")),
    toSatisfy: (a, f) => !!f(a),
    toContain: (a, b) => typeof a === "string" ? a.includes(b) : [...a].includes(b),
    toContainEqual: (a, b) => [...a].some((one) => equal(one, b, "jest")),
    toHaveLength: (a, b) => a.length === b,
    toHaveProperty: (a, key, ...value) => {
      let object = a;
      for (const name of path(key)) {
        if (object === null || object === undefined || !(name in Object(object))) return false;
        object = object[name];
      }
      return value.length === 0 || equal(object, value[0], "jest");
    },
    toMatch: (a, b) => typeof b === "string" ? a.includes(b) : b.test(a),
    toThrow: throwing,
    toThrowError: throwing,
    toHaveBeenCalled: (f) => calls(f).length > 0,
    toHaveBeenCalledOnce: (f) => calls(f).length === 1,
    toHaveBeenCalledTimes: (f, n) => calls(f).length === n,
    toHaveBeenCalledWith: (f, ...args) => calls(f).some((one) => equal(one, args, "jest")),
    toHaveBeenLastCalledWith: (f, ...args) => equal(calls(f).at(-1), args, "jest"),
    toHaveBeenNthCalledWith: (f, n, ...args) => equal(calls(f)[n - 1], args, "jest"),
    toHaveReturnedWith: (f, value) => calls(f) && mocks.get(f).results.some((one) => equal(one.value, value, "jest"))
  };
  const callable = new Set(["toThrow", "toThrowError"]);
  function assertions(actual, negated, from, message) {
    const check = (name, value, args) => {
      if (callable.has(name) && from !== "rejects" && typeof value !== "function")
        throw new TypeError("expected a function that may throw, got " + show(value));
      const passed = callable.has(name) ? tests[name](value, args[0], from) : tests[name](value, ...args);
      if (!!passed === negated)
        throw new Failure((message === undefined ? "" : message + ": ") + "expected " + show(value) + (negated ? " not " : " ") + name + "(" + args.map((arg) => show(arg)).join(", ") + ")");
    };
    return new Proxy({}, {
      get(_, name) {
        if (name === "not") return assertions(actual, !negated, from, message);
        if (name === "resolves" || name === "rejects") return assertions(actual, negated, name, message);
        if (typeof name !== "string" || tests[name] === undefined)
          throw new TypeError("there is no matcher " + String(name));
        if (from === undefined) return (...args) => { count(); check(name, actual, args); };
        return async (...args) => {
          count();
          let settled;
          try { settled = ["resolves", await (typeof actual === "function" ? actual() : actual)]; }
          catch (error) { settled = ["rejects", error]; }
          if (settled[0] !== from) throw new Failure("expected a promise that " + from + ", it " + settled[0] + " " + show(settled[1]));
          check(name, settled[1], args);
        };
      }
    });
  }
  class Failure extends Error { get name() { return "AssertionError"; } }
  const expect = (actual, message) => assertions(actual, false, undefined, message);
  const contains = (list, mode) => matcher((a) => Array.isArray(a) && list.every((b) => a.some((one) => equal(one, b, mode))));
  const negate = (make) => (...args) => matcher((a) => !make(...args)[matches](a));
  const matchers = {
    objectContaining: (part) => matcher((a) => a !== null && typeof a === "object" && Object.keys(part).every((key) => key in a && equal(a[key], part[key], "jest"))),
    arrayContaining: (list) => contains(list, "jest"),
    stringContaining: (text) => matcher((a) => typeof a === "string" && a.includes(text)),
    stringMatching: (pattern) => matcher((a) => typeof a === "string" && new RegExp(pattern).test(a)),
    closeTo: (b, digits) => matcher((a) => typeof a === "number" && tests.toBeCloseTo(a, b, digits))
  };
  Object.assign(expect, matchers, {
    any: (type) => matcher((a) => a !== null && a !== undefined && (typeof a === types.get(type) || a instanceof type)),
    anything: () => matcher((a) => a !== null && a !== undefined),
    not: Object.fromEntries(Object.entries(matchers).map(([name, make]) => [name, negate(make)])),
    assertions() {}, hasAssertions() {},
    fail(message) { count(); throw new Failure(String(message)); }
  });
  const spied = [];
  function fn(implementation) {
    const state = {calls: [], results: [], instances: [], once: [], implementation};
    const mock = function (...args) {
      state.calls.push(args);
      state.instances.push(this);
      const run = state.once.length > 0 ? state.once.shift() : state.implementation;
      try {
        const value = run === undefined ? undefined : run.apply(this, args);
        state.results.push({type: "return", value});
        return value;
      } catch (error) {
        state.results.push({type: "throw", value: error});
        throw error;
      }
    };
    mocks.set(mock, state);
    const reset = () => { state.calls.length = state.results.length = state.instances.length = 0; return mock; };
    Object.assign(mock, {
      mock: state,
      mockImplementation: (f) => { state.implementation = f; return mock; },
      mockImplementationOnce: (f) => { state.once.push(f); return mock; },
      mockReturnValue: (v) => mock.mockImplementation(() => v),
      mockReturnValueOnce: (v) => mock.mockImplementationOnce(() => v),
      mockReturnThis: () => mock.mockImplementation(function () { return this; }),
      mockResolvedValue: (v) => mock.mockImplementation(async () => v),
      mockResolvedValueOnce: (v) => mock.mockImplementationOnce(async () => v),
      mockRejectedValue: (v) => mock.mockImplementation(async () => { throw v; }),
      mockRejectedValueOnce: (v) => mock.mockImplementationOnce(async () => { throw v; }),
      mockName: () => mock, mockClear: reset,
      mockReset: () => { state.implementation = undefined; state.once.length = 0; return reset(); },
      mockRestore: () => reset()
    });
    return mock;
  }
  const mocking = {
    fn, isMockFunction: (f) => mocks.has(f),
    spyOn(object, name) {
      const original = object[name];
      const mock = fn(function (...args) { return original.apply(this, args); });
      object[name] = mock;
      mock.mockRestore = () => { object[name] = original; };
      spied.push(mock);
      return mock;
    },
    restoreAllMocks() { for (const mock of spied.splice(0)) mock.mockRestore(); },
    clearAllMocks() {}, resetAllMocks() {}
  };
  return {expect, mocking};
})`;
