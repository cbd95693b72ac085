/**
 * Deep equality as test libraries mean it, as script source: `equal(a, b, mode)` with mode "loose" (assert.deepEqual),
 * "strict" (assert.deepStrictEqual), "jest" (toEqual: undefined keys and classes do not count), "exact" (toStrictEqual)
 * and "part" (toMatchObject: `a` may hold more). A matcher such as expect.any is an object with a function under
 * `matches`, a symbol of ours. Values from behind the wall are proxies and are read as any object is.
 */
export const equality = String.raw`(function () {
  "use strict";
  const {is, prototype: {toString, hasOwnProperty}} = Object;
  const {apply, ownKeys, getPrototypeOf, getOwnPropertyDescriptor} = Reflect;
  const {isArray} = Array;
  const {isView} = ArrayBuffer;
  const RealError = Error, RealMap = Map, RealSet = Set, RealDate = Date, RealRegExp = RegExp, RealArray = Array;
  const matches = Symbol("matches");
  const tagOf = (v) => apply(toString, v, []);
  const keysOf = (v, mode) => {
    const keys = [];
    for (const key of ownKeys(v)) {
      const descriptor = getOwnPropertyDescriptor(v, key);
      if (descriptor === undefined || !descriptor.enumerable) continue;
      if (typeof key === "symbol" && mode === "loose") continue;
      if ((mode === "jest" || mode === "part") && v[key] === undefined) continue;
      keys[keys.length] = key;
    }
    return keys;
  };
  const isError = (v) => v instanceof RealError;
  const kind = (v) => {
    if (isArray(v)) return "array";
    if (isError(v)) return "error";
    const tag = tagOf(v);
    if (tag === "[object Date]" || tag === "[object RegExp]" || tag === "[object Map]" || tag === "[object Set]"
      || tag === "[object Number]" || tag === "[object String]" || tag === "[object Boolean]" || tag === "[object Promise]"
      || tag === "[object WeakMap]" || tag === "[object WeakSet]") return tag;
    return isView(v) ? tag : typeof v === "function" ? "function" : "object";
  };
  function equal(a, b, mode, seen = []) {
    if (b !== null && typeof b === "object" && typeof b[matches] === "function") return b[matches](a);
    if (is(a, b)) return true;
    const simple = (v) => v === null || (typeof v !== "object" && typeof v !== "function");
    if (simple(a) || simple(b)) return mode === "loose" && simple(a) && simple(b) && a == b;
    if (typeof a === "function" || typeof b === "function") return false;
    if (mode === "strict" || mode === "exact") if (getPrototypeOf(a) !== getPrototypeOf(b)) return false;
    const type = kind(a);
    if (type !== kind(b)) return false;
    for (let i = 0; i < seen.length; i++) if (seen[i][0] === a) return seen[i][1] === b;
    seen = [...seen, [a, b]];
    const same = (x, y) => equal(x, y, mode, seen);
    if (type === "[object Promise]" || type === "[object WeakMap]" || type === "[object WeakSet]") return false;
    if (type === "[object Date]") return is(+a, +b);
    if (type === "[object RegExp]") return a.source === b.source && a.flags === b.flags && (mode === "jest" || a.lastIndex === b.lastIndex);
    if (type === "[object Number]" || type === "[object String]" || type === "[object Boolean]")
      return is(a.valueOf(), b.valueOf());
    if (type === "error") {
      if (a.message !== b.message || (mode !== "jest" && a.name !== b.name)) return false;
      if (mode === "jest") return true;
    }
    if (type === "[object Map]") {
      if (a.size !== b.size) return false;
      const left = new RealSet(b.keys());
      for (const [key, value] of a) {
        let found = left.has(key) && same(value, b.get(key));
        if (found) left.delete(key);
        else for (const other of left) if (same(key, other) && same(value, b.get(other))) {
          found = left.delete(other);
          break;
        }
        if (!found) return false;
      }
      return true;
    }
    if (type === "[object Set]") {
      if (a.size !== b.size) return false;
      const left = new RealSet(b);
      for (const value of a) {
        let found = left.delete(value);
        if (!found) for (const other of left) if (same(value, other)) {
          found = left.delete(other);
          break;
        }
        if (!found) return false;
      }
      return true;
    }
    if (type === "array" || isView(a)) {
      if (a.length !== b.length) return false;
      for (let i = 0; i < a.length; i++) {
        if ((mode === "strict" || mode === "exact") && (i in a) !== (i in b)) return false;
        if (!same(a[i], b[i])) return false;
      }
      if (mode !== "strict" && mode !== "loose" || isView(a)) return true;
    }
    const [x, y] = [keysOf(a, mode), keysOf(b, mode)];
    if (mode !== "part" && x.length !== y.length) return false;
    for (const key of y) {
      const there = mode === "part" ? key in a : apply(hasOwnProperty, a, [key]);
      if (!there || !same(a[key], b[key])) return false;
    }
    return true;
  }
  function show(v, depth = 0) {
    try {
      if (typeof v === "string") return JSON.stringify(v.length > 80 ? v.slice(0, 80) + "…" : v);
      if (is(v, -0)) return "-0";
      if (typeof v === "bigint") return v + "n";
      if (typeof v === "function") return "function " + v.name;
      if (v === null || typeof v !== "object") return String(v);
      if (typeof v[matches] === "function") return "a matching value";
      if (isError(v)) return v.name + ": " + v.message;
      if (depth > 2) return "…";
      const list = (items, open, close) => open + items.slice(0, 12).join(", ") + (items.length > 12 ? ", …" : "") + close;
      if (isArray(v)) return list(RealArray.from({length: Math.min(v.length, 13)}, (_, i) => show(v[i], depth + 1)), "[", "]");
      if (v instanceof RealDate) return isNaN(v) ? "Invalid Date" : v.toISOString();
      if (v instanceof RealRegExp) return "/" + v.source + "/" + v.flags;
      if (v instanceof RealMap) return list([...v].slice(0, 13).map(([k, x]) => show(k, depth + 1) + " => " + show(x, depth + 1)), "Map {", "}");
      if (v instanceof RealSet) return list([...v].slice(0, 13).map((x) => show(x, depth + 1)), "Set {", "}");
      return list(keysOf(v, "strict").slice(0, 13).map((key) => String(key) + ": " + show(v[key], depth + 1)), "{", "}");
    } catch { return "something that cannot be shown"; }
  }
  return {equal, show, matches, isError};
})()`;
