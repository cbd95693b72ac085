/**
 * One side of the wall between two realms, as script source: `(side, send, roots) => {receive, remote, name, ...}`. Both
 * sides run the same text; `side` is "T" for the tests and "S" for the solution. `send` is a host function that hands a
 * message (JSON) to the other side's `receive` and returns its answer.
 *
 * Plain data cross as copies that keep their identity: arrays, plain objects without functions and accessors, Date,
 * RegExp, Map, Set, typed arrays. Whenever a message crosses, what either side has changed in such an object since is
 * sent along, so that an argument sorted in place is sorted for the caller too. Primitives cross as they are, built-in
 * objects become the receiver's own, and a promise becomes a promise that settles alike. Everything else (functions,
 * instances of classes, errors, generators, objects with methods) stays where it is, behind a proxy.
 *
 * Built-ins are known by their place in a walk over every object that a fresh realm can reach, which goes the same way
 * on both sides: so no constructor of functions of the tests' realm is ever handed out, and the solution's side can
 * read, set and call what the tests gave it, but neither see its prototypes nor define accessors on it.
 *
 * It does not guard against running long (the realms' meter does) nor against a solution that lies about its own data.
 */
export const bridge = String.raw`(function (side, send) {
  "use strict";
  const other = side === "T" ? "S" : "T";
  const maxNodes = 20000, maxShared = 300;
  const {apply, construct, ownKeys, getPrototypeOf, getOwnPropertyDescriptor, defineProperty, has, get, set,
    deleteProperty} = Reflect;
  const {isArray} = Array;
  const {stringify, parse} = JSON;
  const {is} = Object;
  const evaluate = eval;
  const RealMap = Map, RealSet = Set, RealWeakMap = WeakMap, RealDate = Date, RealRegExp = RegExp, RealError = Error;
  const RealPromise = Promise, RealProxy = Proxy, RealSymbol = Symbol, RealTypeError = TypeError, RealBigInt = BigInt;
  const bind = (f) => (self, ...args) => apply(f, self, args);
  const mapGet = bind(Map.prototype.get), mapSet = bind(Map.prototype.set), mapEach = bind(Map.prototype.forEach);
  const mapClear = bind(Map.prototype.clear), mapHas = bind(Map.prototype.has);
  const setAdd = bind(Set.prototype.add), setEach = bind(Set.prototype.forEach), setClear = bind(Set.prototype.clear);
  const weakGet = bind(WeakMap.prototype.get), weakSet = bind(WeakMap.prototype.set);
  const dateGet = bind(Date.prototype.getTime), dateSet = bind(Date.prototype.setTime);
  const then = bind(Promise.prototype.then), test = bind(RegExp.prototype.test), toString = bind(Object.prototype.toString);
  const regexSource = bind(getOwnPropertyDescriptor(RegExp.prototype, "source").get);
  const regexFlags = bind(getOwnPropertyDescriptor(RegExp.prototype, "flags").get);
  const isPrototypeOf = bind(Object.prototype.isPrototypeOf);
  const typedName = bind(getOwnPropertyDescriptor(getPrototypeOf(Int8Array.prototype), RealSymbol.toStringTag).get);
  const typed = {};
  for (const name of ["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array",
    "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"]) typed[name] = globalThis[name];
  const InternalBase = InternalError.prototype, ReferenceBase = ReferenceError.prototype;
  const put = (object, key, value) =>
    defineProperty(object, key, {value, writable: true, enumerable: true, configurable: true, __proto__: null});
  // A list whose push does not ask Array.prototype.
  const add = (list, value) => put(list, list.length, value);

  const intrinsics = [], places = new RealWeakMap();
  const wellKnown = {__proto__: null}, wellKnownNames = new RealMap();
  for (const key of ownKeys(RealSymbol)) if (typeof RealSymbol[key] === "symbol") {
    wellKnown[key] = RealSymbol[key];
    mapSet(wellKnownNames, RealSymbol[key], key);
  }
  (function walk() {
    const queue = [globalThis, function* () {}, async function () {}, async function* () {}, (function* () {})(),
      (async function* () {})(), [][RealSymbol.iterator](), new RealMap()[RealSymbol.iterator](),
      new RealSet()[RealSymbol.iterator](), ""[RealSymbol.iterator](), "a".matchAll(/a/g),
      (function () { return getOwnPropertyDescriptor(arguments, "callee").get; })()];
    for (let at = 0; at < queue.length; at++) {
      const object = queue[at];
      if ((typeof object !== "object" && typeof object !== "function") || object === null) continue;
      if (weakGet(places, object) !== undefined) continue;
      weakSet(places, object, intrinsics.length);
      add(intrinsics, object);
      add(queue, getPrototypeOf(object));
      for (const key of ownKeys(object)) {
        const {value, get, set} = getOwnPropertyDescriptor(object, key);
        add(queue, value); add(queue, get); add(queue, set);
      }
    }
  })();
  const globals = new RealMap();
  for (const key of ownKeys(globalThis)) if (typeof key === "string") mapSet(globals, key, true);

  // Every object that has crossed: its owner and number, and the object itself by them; what it last held, if a copy.
  const known = new RealWeakMap(), objects = new RealMap(), copies = [], symbols = new RealMap(), settlers = new RealMap();
  let count = 0;
  const register = (object, key) => {
    const entry = {key, object, last: undefined, kind: "handle"};
    weakSet(known, object, entry);
    mapSet(objects, key, entry);
    return entry;
  };
  const plain = (object) => {
    const prototype = getPrototypeOf(object);
    if (isArray(object)) return prototype === Array.prototype ? "array" : "handle";
    if (prototype !== null && weakGet(places, prototype) === undefined) return "handle";
    if (prototype === null || prototype === Object.prototype) {
      if (toString(object) !== "[object Object]") return "handle";
      const keys = ownKeys(object);
      for (let i = 0; i < keys.length; i++) {
        const descriptor = getOwnPropertyDescriptor(object, keys[i]);
        if (descriptor === undefined || !("value" in descriptor) || typeof descriptor.value === "function"
          || typeof keys[i] === "symbol" || !descriptor.enumerable) return "handle";
      }
      return prototype === null ? "bare" : "object";
    }
    try {
      if (prototype === RealDate.prototype) return dateGet(object), "date";
      if (prototype === RealRegExp.prototype) return regexSource(object), "regex";
      if (prototype === RealMap.prototype) return mapHas(object, 0), "map";
      if (prototype === RealSet.prototype) return setEach(object, () => {}), "set";
      if (prototype === RealPromise.prototype) return then(object, () => {}, () => {}), "promise";
      const name = typedName(object);
      if (name !== undefined && prototype === typed[name].prototype) return "typed";
    } catch {}
    return "handle";
  };

  // Writes values into one message; the objects that it speaks of come along once each.
  function writer(wide) {
    const table = [], seen = new RealMap();
    let nodes = 0;
    const spend = (n) => {
      nodes += n;
      if (nodes > maxNodes) { send("over"); throw new RealTypeError("too much data at once"); }
    };
    function value(v) {
      spend(1);
      switch (typeof v) {
        case "undefined": return ["u"];
        case "boolean": return v;
        case "string": spend(v.length >> 5); return v;
        case "number": return is(v, -0) ? ["n", "-0"] : v - v === 0 ? v : ["n", "" + v];
        case "bigint": {
          if (v > 2n ** 4096n || v < -(2n ** 4096n)) { send("over"); throw new RealTypeError("too large a number"); }
          return ["b", "" + v];
        }
        case "symbol": {
          const name = mapGet(wellKnownNames, v);
          if (name !== undefined) return ["w", name];
          let key = mapGet(symbols, v);
          if (key === undefined) {
            key = side + ++count;
            mapSet(symbols, v, key);
            mapSet(symbols, key, v);
          }
          return ["s", key, v.description === undefined ? null : v.description];
        }
      }
      if (v === null) return null;
      const place = weakGet(places, v);
      if (place !== undefined && !(wide && typeof v === "function")) return ["i", place];
      const entry = weakGet(known, v) || register(v, side + ++count);
      if (entry.kind === "remote") return ["@", entry.key];
      if (!mapHas(seen, entry.key)) {
        mapSet(seen, entry.key, true);
        if (entry.kind !== "promised") describe(entry);
      }
      return ["@", entry.key];
    }
    function describe(entry) {
      const object = entry.object;
      if (typeof object === "function") {
        const {name, length} = object;
        add(table, [entry.key, "function", typeof name === "string" ? name : "", typeof length === "number" ? length : 0]);
        return;
      }
      const kind = plain(object);
      if (kind === "promise") {
        entry.kind = "promised";
        add(table, [entry.key, "promise"]);
        then(object, (v) => settle(entry.key, true, v), (e) => settle(entry.key, false, e));
        return;
      }
      if (kind === "handle") {
        add(table, [entry.key, isPrototypeOf(RealError.prototype, object) ? "error" : "handle"]);
        return;
      }
      if (entry.kind !== "copy") { entry.kind = "copy"; add(copies, entry); }
      const row = [entry.key, kind];
      add(table, row);
      add(row, content(object, kind));
      entry.last = stringify(row);
    }
    function content(object, kind) {
      const list = [];
      if (kind === "array") {
        const n = object.length;
        spend(n);
        for (let i = 0; i < n; i++) add(list, has(object, i) ? value(object[i]) : ["h"]);
        return list;
      }
      if (kind === "object" || kind === "bare") {
        for (const key of ownKeys(object)) if (typeof key === "string") add(list, [key, value(object[key])]);
        return list;
      }
      if (kind === "date") return value(dateGet(object));
      if (kind === "regex") return [regexSource(object), regexFlags(object), value(object.lastIndex)];
      if (kind === "map") mapEach(object, (v, k) => add(list, [value(k), value(v)]));
      else if (kind === "set") setEach(object, (v) => add(list, value(v)));
      else {
        add(list, typedName(object));
        spend(object.length);
        for (let i = 0; i < object.length; i++) add(list, value(object[i]));
      }
      return list;
    }
    return {
      value,
      // With all that has changed in what was shared before.
      finish(head) {
        for (let i = 0; i < copies.length && i < maxShared; i++) {
          const entry = copies[i];
          if (mapHas(seen, entry.key)) continue;
          const kind = plain(entry.object);
          if (kind === "handle" || kind === "promise") continue;
          const before = table.length;
          mapSet(seen, entry.key, true);
          const row = [entry.key, kind];
          add(table, row);
          add(row, content(entry.object, kind));
          const text = stringify(row);
          if (text === entry.last && table.length === before + 1) table.length = before;
          entry.last = text;
        }
        return stringify([head, table]);
      }
    };
  }

  // Reads a message: shells for new objects first, then what they hold.
  function reader(table) {
    for (const [key, kind, name, length] of table) {
      if (mapHas(objects, key)) continue;
      let shell;
      if (kind === "array") shell = [];
      else if (kind === "object") shell = {};
      else if (kind === "bare") shell = {__proto__: null};
      else if (kind === "date") shell = new RealDate(0);
      else if (kind === "map") shell = new RealMap();
      else if (kind === "set") shell = new RealSet();
      else if (kind === "regex") shell = new RealRegExp(name[0], name[1]);
      else if (kind === "typed") shell = new typed[name[0]](name.length - 1);
      else if (kind === "promise") shell = new RealPromise((resolve, reject) => mapSet(settlers, key, [resolve, reject]));
      else shell = remote(key, kind, name, length);
      const entry = register(shell, key);
      if (kind === "function" || kind === "handle" || kind === "error") entry.kind = "remote";
      else if (kind === "promise") entry.kind = "promised";
      else { entry.kind = "copy"; add(copies, entry); }
    }
    for (const row of table) fill(row);
    function fill(row) {
      const [key, kind, held] = row;
      const entry = mapGet(objects, key);
      if (entry.kind !== "copy") return;
      const object = entry.object;
      entry.last = stringify(row);
      if (kind === "array") {
        object.length = held.length;
        for (let i = 0; i < held.length; i++)
          if (isArray(held[i]) && held[i][0] === "h") deleteProperty(object, i); else put(object, i, value(held[i]));
      } else if (kind === "object" || kind === "bare") {
        const keys = new RealSet();
        for (const [name, v] of held) { setAdd(keys, name); put(object, name, value(v)); }
        for (const name of ownKeys(object)) if (!keys.has(name)) deleteProperty(object, name);
      } else if (kind === "date") dateSet(object, value(held));
      else if (kind === "regex") object.lastIndex = value(held[2]);
      else if (kind === "map") { mapClear(object); for (const [k, v] of held) mapSet(object, value(k), value(v)); }
      else if (kind === "set") { setClear(object); for (const v of held) setAdd(object, value(v)); }
      else if (kind === "typed") for (let i = 1; i < held.length; i++) object[i - 1] = value(held[i]);
    }
    function value(v) {
      if (!isArray(v)) return v;
      switch (v[0]) {
        case "u": return undefined;
        case "n": return v[1] === "-0" ? -0 : +v[1];
        case "b": return RealBigInt(v[1]);
        case "w": return wellKnown[v[1]];
        case "s": {
          let symbol = mapGet(symbols, v[1]);
          if (symbol === undefined) {
            symbol = v[2] === null ? RealSymbol() : RealSymbol(v[2]);
            mapSet(symbols, v[1], symbol);
            mapSet(symbols, symbol, v[1]);
          }
          return symbol;
        }
        case "i": return intrinsics[v[1]];
        case "@": return mapGet(objects, v[1]).object;
      }
    }
    return value;
  }

  // Asks the other side; what it throws is thrown here.
  function ask(op, ...values) {
    const out = writer(false), list = [];
    for (let i = 0; i < values.length; i++) add(list, out.value(values[i]));
    const [[ok, v], table] = parse(send(out.finish([op, list])));
    const result = reader(table)(v);
    if (!ok) throw result;
    return result;
  }
  function settle(key, ok, v) { ask("settle", key, ok, v); }

  function remote(key, kind, name, length) {
    let self;
    const target = kind === "function" ? function () {} : {};
    if (kind === "function") {
      defineProperty(target, "name", {value: name, configurable: true, __proto__: null});
      defineProperty(target, "length", {value: length, configurable: true, __proto__: null});
    }
    const descriptor = (property) => {
      const found = ask("descriptor", self, property);
      if (found === undefined) return undefined;
      const [value, writable, enumerable] = found;
      if (kind === "function" && property === "prototype")
        return {value, writable: true, enumerable: false, configurable: false};
      return {value, writable, enumerable, configurable: true};
    };
    self = new RealProxy(target, {
      __proto__: null,
      get: (_, property) => ask("get", self, property),
      set: (_, property, value) => ask("set", self, property, value),
      has: (_, property) => ask("has", self, property),
      deleteProperty: (_, property) => ask("delete", self, property),
      ownKeys: () => {
        const keys = ask("keys", self);
        if (kind === "function" && !keys.includes("prototype")) add(keys, "prototype");
        return keys;
      },
      getOwnPropertyDescriptor: (_, property) => descriptor(property)
        || (kind === "function" && property === "prototype" ? getOwnPropertyDescriptor(target, property) : undefined),
      defineProperty: (_, property, {value}) => ask("set", self, property, value),
      getPrototypeOf: () => ask("prototype", self),
      setPrototypeOf: () => false,
      preventExtensions: () => false,
      apply: (_, receiver, args) => ask("apply", self, receiver, ...args),
      construct: (_, args, target) => ask("construct", self, ...args)
    });
    return self;
  }

  // What the other side may ask for. The solution, asking the tests, sees no prototypes.
  const answers = {
    __proto__: null,
    get: (object, key) => {
      if (side === "T" && (key === "__proto__" || key === "constructor")) return undefined;
      return get(object, key);
    },
    set: (object, key, value) => key !== "__proto__" && set(object, key, value),
    has: (object, key) => has(object, key),
    delete: (object, key) => deleteProperty(object, key),
    keys: (object) => ownKeys(object),
    descriptor: (object, key) => {
      const found = getOwnPropertyDescriptor(object, key);
      if (found === undefined) return undefined;
      return ["value" in found ? found.value : get(object, key), found.writable !== false, found.enumerable];
    },
    prototype: (object) => {
      if (side === "S") return getPrototypeOf(object);
      if (typeof object === "function") return Function.prototype;
      return isPrototypeOf(RealError.prototype, object) ? RealError.prototype : Object.prototype;
    },
    apply: (f, receiver, ...args) => apply(f, receiver, args),
    construct: (f, ...args) => construct(f, args),
    settle: (key, ok, value) => {
      const pair = mapGet(settlers, key);
      settlers.delete(key);
      if (pair !== undefined) pair[ok ? 0 : 1](value);
    },
    // Whether the solution declares or exports a name, and its value.
    name: (name) => {
      if (side === "T" || mapHas(globals, name) || !test(/^[A-Za-z_$][\w$]*$/, name)) return [false, undefined];
      try {
        const value = evaluate(name);
        return [true, value];
      } catch { return [false, undefined]; }
    },
    exports: () => {
      const {exports} = module;
      return exports;
    }
  };
  const module = {exports: {}};

  function receive(message) {
    const [[op, list], table] = parse(message);
    let ok = true, result;
    let wide = false;
    try {
      const value = reader(table), args = [];
      for (let i = 0; i < list.length; i++) add(args, value(list[i]));
      wide = side === "S" && op === "get" && args[1] !== "constructor" && args[1] !== "prototype";
      result = answers[op](...args);
      if (op === "keys") {
        const keys = [];
        for (let i = 0; i < result.length; i++) add(keys, result[i]);
        result = keys;
      }
    } catch (thrown) {
      ok = false;
      result = thrown;
      // What no test may expect: the host looks whether it was memory, stack or a door.
      if (side === "S" && op !== "settle") try {
        if (isPrototypeOf(InternalBase, thrown) || isPrototypeOf(ReferenceBase, thrown)) {
          const {name, message} = thrown;
          if (typeof name === "string" && typeof message === "string") send("threw " + name + ": " + message);
        }
      } catch {}
    }
    const out = writer(wide);
    return out.finish([ok, out.value(result)]);
  }
  return {receive, ask, module, globals};
})`;
