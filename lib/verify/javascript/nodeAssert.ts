/**
 * `node:assert`, as script source: a function of our equality and of `count`, which is told of every assertion.
 * Messages are ours; what passes and what fails is as Node 20 has it for plain data, errors and promises.
 */
export const nodeAssert = String.raw`(function (lib, count) {
  "use strict";
  const {equal, show, isError} = lib;
  const {is} = Object;
  class AssertionError extends Error {
    constructor({message = "failed", actual, expected, operator} = {}) {
      super(message);
      Object.assign(this, {actual, expected, operator, code: "ERR_ASSERTION", generatedMessage: false});
    }
    get name() { return "AssertionError"; }
  }
  function fail(message, text, actual, expected, operator) {
    if (isError(message)) throw message;
    throw new AssertionError({message: message === undefined ? text : String(message) + " (" + text + ")", actual, expected, operator});
  }
  const check = (operator, test, text) => function (actual, expected, message) {
    count();
    if (arguments.length < 2) throw new TypeError("expected two values to compare");
    if (!test(actual, expected)) fail(message, text(show(actual), show(expected)), actual, expected, operator);
  };
  const wanted = (actual, expected) => "expected " + expected + ", got " + actual;
  const unwanted = (actual, expected) => "expected anything but " + expected;
  const ok = function (value, message) {
    count();
    if (!value) fail(message, "expected what is true, got " + show(value), value, true, "==");
  };
  const assert = function assert(value, message) { return ok(value, message); };
  // Whether what was thrown is what was asked for: a class, a pattern, a checking function or an object of properties.
  function meets(thrown, expected) {
    if (expected === undefined || typeof expected === "string") return true;
    if (expected instanceof RegExp) return expected.test(String(thrown));
    if (typeof expected === "function") {
      if (expected.prototype !== undefined && thrown instanceof expected) return true;
      if (expected === Error || Error.isPrototypeOf(expected)) return false;
      return expected.call({}, thrown) === true;
    }
    const keys = Object.keys(expected);
    if (isError(expected)) keys.push("name", "message");
    return keys.every((key) => expected[key] instanceof RegExp && typeof thrown[key] === "string"
      ? expected[key].test(thrown[key]) : equal(thrown[key], expected[key], "strict"));
  }
  function judge(thrown, expected, message) {
    if (!meets(thrown, expected)) fail(message, "threw " + show(thrown) + ", not what was expected", thrown, expected, "throws");
  }
  const note = (expected, message) => typeof expected === "string" ? expected : message;
  Object.assign(assert, {
    AssertionError, ok,
    equal: check("==", (a, b) => a == b || (a !== a && b !== b), wanted),
    notEqual: check("!=", (a, b) => !(a == b || (a !== a && b !== b)), unwanted),
    strictEqual: check("strictEqual", is, wanted),
    notStrictEqual: check("notStrictEqual", (a, b) => !is(a, b), unwanted),
    deepEqual: check("deepEqual", (a, b) => equal(a, b, "loose"), wanted),
    notDeepEqual: check("notDeepEqual", (a, b) => !equal(a, b, "loose"), unwanted),
    deepStrictEqual: check("deepStrictEqual", (a, b) => equal(a, b, "strict"), wanted),
    notDeepStrictEqual: check("notDeepStrictEqual", (a, b) => !equal(a, b, "strict"), unwanted),
    partialDeepStrictEqual: check("partialDeepStrictEqual", (a, b) => equal(a, b, "part"), wanted),
    match: check("match", (a, b) => typeof a === "string" && b.test(a), wanted),
    doesNotMatch: check("doesNotMatch", (a, b) => typeof a === "string" && !b.test(a), unwanted),
    fail(message) { count(); fail(message, "failed"); },
    ifError(value) { count(); if (value !== null && value !== undefined) throw value; },
    throws(f, expected, message) {
      count();
      let thrown;
      try { f(); } catch (error) { thrown = [error]; }
      if (thrown === undefined) fail(note(expected, message), "expected it to throw", undefined, expected, "throws");
      judge(thrown[0], expected, message);
    },
    doesNotThrow(f, expected, message) {
      count();
      try { f(); } catch (error) { fail(note(expected, message), "threw " + show(error), error, undefined, "doesNotThrow"); }
    },
    async rejects(promise, expected, message) {
      count();
      let thrown;
      try { await (typeof promise === "function" ? promise() : promise); } catch (error) { thrown = [error]; }
      if (thrown === undefined) fail(note(expected, message), "expected it to reject", undefined, expected, "rejects");
      judge(thrown[0], expected, message);
    },
    async doesNotReject(promise, expected, message) {
      count();
      try { await (typeof promise === "function" ? promise() : promise); }
      catch (error) { fail(note(expected, message), "rejected with " + show(error), error, undefined, "doesNotReject"); }
    }
  });
  const strict = function strict(value, message) { return ok(value, message); };
  Object.assign(strict, assert, {equal: assert.strictEqual, notEqual: assert.notStrictEqual,
    deepEqual: assert.deepStrictEqual, notDeepEqual: assert.notDeepStrictEqual});
  assert.strict = strict.strict = strict;
  return {assert, strict, meets};
})`;
