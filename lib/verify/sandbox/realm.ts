/**
 * What every realm holds before foreign code comes, as script source: a function of the clock and of chance, so that
 * neither is the host's. A standing clock is `() => 0`; a door that only reports the knock throws.
 */
export const doors = `(function (now, random) {
  "use strict";
  const RealDate = Date;
  RealDate.now = () => now();
  const still = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === still ? target : newTarget),
    apply: () => new RealDate(now()).toString()
  });
  RealDate.prototype.constructor = still;
  globalThis.Date = still;
  Math.random = () => random();
})`;

/**
 * A function from any value to JSON text, as script source. It is made before the candidate runs, holds on to the
 * built-ins it needs and is reachable from the host alone, so that neither poisoned prototypes nor redefined globals
 * change what it says. Plain data keeps its shape; everything else is a tagged array: ["array", ...items],
 * ["object", [key, value], ...] with enumerable own string keys, ["number", "NaN"], ["undefined"], ["function"],
 * ["other", "[object Map]"], and ["over"] past 32 levels, 10,000 values or strings of 10,000 characters.
 */
export const serializer = `(function () {
  "use strict";
  const {ownKeys, apply, getOwnPropertyDescriptor} = Reflect;
  const {isArray} = Array;
  const {stringify} = JSON;
  const {is} = Object;
  const {toString} = Object.prototype;
  return function (value) {
    let left = 10000;
    const walk = (v, depth) => {
      if (--left < 0 || depth > 32) return '["over"]';
      switch (typeof v) {
        case "undefined": return '["undefined"]';
        case "boolean": return v ? "true" : "false";
        case "number": return is(v, -0) ? '["number","-0"]' : v - v === 0 ? "" + v : '["number","' + v + '"]';
        case "bigint": return v < 10n ** 1000n && v > -(10n ** 1000n) ? '["bigint","' + v + '"]' : '["over"]';
        case "string": return v.length > 10000 ? '["over"]' : stringify(v);
        case "symbol": return '["symbol"]';
        case "function": return '["function"]';
      }
      if (v === null) return "null";
      if (isArray(v)) {
        let out = '["array"';
        const n = v.length;
        if (typeof n !== "number") return '["over"]';
        for (let i = 0; i < n && left > 0; i++) out += "," + walk(v[i], depth + 1);
        return left > 0 ? out + "]" : '["over"]';
      }
      const tag = apply(toString, v, []);
      if (tag !== "[object Object]" && tag !== "[object Arguments]") return '["other",' + stringify("" + tag) + "]";
      let out = '["object"';
      const keys = ownKeys(v);
      for (let i = 0; i < keys.length && left > 0; i++) {
        const key = keys[i];
        if (typeof key !== "string") continue;
        const descriptor = getOwnPropertyDescriptor(v, key);
        if (descriptor === undefined || !descriptor.enumerable) continue;
        out += ",[" + stringify(key) + "," + walk(v[key], depth + 1) + "]";
      }
      return left > 0 ? out + "]" : '["over"]';
    };
    return walk(value, 0);
  };
})()`;

/** A function that says what was thrown in one line, as script source; see `serializer` for why it is made early. */
export const describer = `(function () {
  "use strict";
  const Base = Error;
  const {isPrototypeOf} = Object.prototype;
  const {apply} = Reflect;
  return function (thrown) {
    if (typeof thrown === "string") return thrown.length > 200 ? "a long string" : thrown;
    if (typeof thrown !== "object" || thrown === null || !apply(isPrototypeOf, Base.prototype, [thrown]))
      return "threw a " + typeof thrown;
    const {name, message} = thrown;
    return (typeof name === "string" ? name : "Error") + ": " + (typeof message === "string" ? message : "");
  };
})()`;
