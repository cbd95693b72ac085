import type {QuickJSHandle} from "quickjs-emscripten";
import {createRandom, type Random} from "../../text/random.js";
import type {Outcome} from "./outcome.js";
import type {Usage} from "./program.js";
import {doors} from "./realm.js";
import {bridge} from "./realmBridge.js";
import {createRealm, namesLodash, type Meter, type Realm} from "./realmImage.js";
import {timers} from "./realmTimers.js";

const defaultSteps = 3000;
const maxDepth = 40;
const maxJobs = 100_000;
const maxTimers = 10_000;
const maxMessage = 2_000_000;
const maxPrinted = 100_000;

/** A solution and its tests, each for a realm of its own. */
export interface PairJob {
  /** global script, sloppy mode, with module, exports and require of CommonJS */
  solution: string;
  /** body of an async function */
  tests: string;
  /** identifiers in the tests: those that the solution declares or exports become globals there */
  names: readonly string[];
  /** ms since 1970 when the clock starts; it moves by timers alone */
  start: number;
  /** of Math.random */
  seed: string;
  /** interrupts of both realms together, as in a job */
  steps?: number;
}

/** What came of it. "done" whether or not tests failed. */
export interface PairRun {
  outcome: Outcome;
  detail: string;
  /** the side that the outcome is about */
  side: "solution" | "tests";
  /** null where the tests never came to an end */
  report: PairReport | null;
  /** whether clock or chance was asked, so that another start or seed may give something else */
  varies: boolean;
  usage: Usage;
}

/** What the tests' realm says of the tests. */
export interface PairReport {
  /** false where the test code does not parse */
  loaded: boolean;
  /** tests and assertions that ran; code outside any test is one test where it asserts something */
  tests: number;
  assertions: number;
  failures: number;
  /** the first of the failed */
  failed: {name: string; message: string}[];
  /** the last test that was started */
  running: string;
}

/** Runs solutions against tests that never share a realm with them. */
export interface Pair {
  run(job: PairJob): Promise<PairRun>;
}

interface Side {
  realm: Realm;
  receive: QuickJSHandle;
  fire: QuickJSHandle;
  start: QuickJSHandle | null;
}

interface Timer {
  side: Side;
  id: number;
  at: number;
  order: number;
  every: number | null;
}

/**
 * Two realms, each in a WebAssembly module of its own, joined by messages alone: see `bridge`. Both are put back to the
 * byte before every run, see `createRealm`. The verdict is made in the tests' realm and handed out by a function that
 * only our code there holds.
 *
 * The clock stands still but for timers: when nothing else is left to do it moves to the next one. Chance is seeded.
 *
 * @param library script source of the tests' realm: `(bridge, advance, finish) => start(code, names)`
 */
export function createPair(library: string): Pair {
  const sides = new Map<string, Side>();
  let now = 0;
  let random: Random = createRandom("");
  let varies = false;
  let waiting: Timer[] = [];
  let order = 0;
  let fired = 0;
  let depth = 0;
  let printed = 0;
  let detail = "";
  let blamed: "solution" | "tests" = "tests";
  let report: PairReport | null = null;
  let pair: {tests: Side; solution: Side};
  let meter: Meter;

  function stop(outcome: Outcome, why: string): void {
    if (meter.stopped !== null && detail !== "") return;
    meter.stopped ??= outcome;
    detail = why;
  }

  // Calls into a realm; anything but a value stops the whole run.
  function enter(side: Side, f: QuickJSHandle, ...args: QuickJSHandle[]): string | null {
    const {context} = side.realm;
    if (++depth > maxDepth) stop("stack-overflow", "calls across the wall went too deep");
    try {
      if (meter.stopped !== null) return null;
      const result = context.callFunction(f, context.undefined, ...args);
      if (result.error === undefined)
        return context.typeof(result.value) === "string" ? context.getString(result.value) : "";
      blame(side, result.error);
      return null;
    } finally {
      depth--;
    }
  }

  function blame(side: Side, error: QuickJSHandle): void {
    if (meter.stopped !== null) return;
    blamed = side === pair.tests ? "tests" : "solution";
    stop(...side.realm.classify(error));
  }

  function heard(message: string): void {
    if (message === "over") return stop("output-limit", "more data at once than may cross");
    const text = message.slice("threw ".length, 300);
    blamed = "solution";
    if (/^InternalError: .*out of memory/.test(text)) stop("out-of-memory", text);
    else if (/^InternalError: .*stack overflow/.test(text)) stop("stack-overflow", text);
    else {
      const door = /^ReferenceError: '?(\w+)'? is not defined/.exec(text)?.[1];
      if (door !== undefined && outside.has(door)) stop("denied", text);
    }
  }

  async function createSide(name: "tests" | "solution", lodash: boolean): Promise<Side> {
    const side: Partial<Side> = {start: null};
    await createRealm(prepare, {lodash});
    function prepare(made: Realm): void {
      const {context} = made;
      side.realm = made;
      const value = (source: string) => context.unwrapResult(context.evalCode(source));
      const call = (f: QuickJSHandle, ...args: QuickJSHandle[]) =>
        context.unwrapResult(context.callFunction(f, context.undefined, ...args));
      const number = (f: () => number) =>
        context.newFunction("host", () => {
          varies = true;
          return context.newNumber(f());
        });
      call(
        value(doors),
        number(() => now),
        number(() => random())
      );
      side.fire = call(
        value(timers),
        context.newFunction("schedule", (id, delay, every) => {
          const wait = Math.min(Math.max(1, context.getNumber(delay)), 2 ** 31);
          if (waiting.length >= maxTimers) stop("timeout", "too many timers");
          const again = context.dump(every) === true ? wait : null;
          waiting.push({side: side as Side, id: context.getNumber(id), at: now + wait, order: order++, every: again});
        }),
        context.newFunction("cancel", (id) => {
          const number = context.getNumber(id);
          waiting = waiting.filter((timer) => timer.side !== side || timer.id !== number);
        })
      );
      const log = context.newFunction("log", (...args) => {
        if (meter.stopped !== null) throw new Error("stopped");
        for (const arg of args) printed += context.typeof(arg) === "string" ? context.getString(arg).length : 8;
        if ((printed += 8) > maxPrinted) stop("output-limit", `printed more than ${maxPrinted} characters`);
      });
      const consoleObject = context.newObject();
      for (const method of ["log", "info", "warn", "error", "debug", "table", "assert", "group", "groupEnd", "time"])
        context.setProp(consoleObject, method, log);
      context.setProp(context.global, "console", consoleObject);

      const send = context.newFunction("send", (handle) => {
        const message = context.getString(handle);
        const self = side as Side;
        const answer = (() => {
          if (!message.startsWith("[")) return heard(message);
          if (message.length > maxMessage) return stop("output-limit", "more data at once than may cross");
          const other = self === pair.tests ? pair.solution : pair.tests;
          return enter(other, other.receive, other.realm.context.newString(message));
        })();
        if (typeof answer === "string") return context.newString(answer);
        if (!message.startsWith("[")) return context.undefined;
        throw new Error("the other side was stopped");
      });
      const joined = call(value(bridge), context.newString(name === "tests" ? "T" : "S"), send);
      side.receive = context.getProp(joined, "receive");
      if (name === "tests") {
        const advance = context.newFunction("advance", (ms) => {
          const most = context.getNumber(ms);
          runTimers(most < 0 ? Infinity : now + most);
          if (most > 0) now = Math.max(now, Math.min(now + most, until));
        });
        const finish = context.newFunction("finish", (handle) => {
          report ??= JSON.parse(context.getString(handle)) as PairReport;
        });
        side.start = call(value(library), joined, advance, finish);
      } else {
        context.setProp(context.global, "module", context.getProp(joined, "module"));
        call(
          value(`(function (module) {
            globalThis.exports = module.exports;
            globalThis.require = (name) => {
              if (/^lodash(-es)?$/.test(name) && typeof globalThis._ === "function") return globalThis._;
              throw new ReferenceError("'require' is not defined");
            };
          })`),
          context.getProp(joined, "module")
        );
      }
    }
    return side as Side;
  }

  let until = 0;
  // Fires what is due up to a time, in order.
  function runTimers(to: number): void {
    until = to;
    for (;;) {
      const next = waiting.filter(({at}) => at <= to).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined || meter.stopped !== null) return;
      fireTimer(next);
    }
  }

  function fireTimer(timer: Timer): void {
    if (++fired > maxTimers) return stop("timeout", "timers without end");
    now = Math.max(now, timer.at);
    if (timer.every === null) waiting = waiting.filter((one) => one !== timer);
    else timer.at += timer.every;
    enter(timer.side, timer.side.fire, timer.side.realm.context.newNumber(timer.id));
  }

  function runJobs(): void {
    for (let jobs = 0, ran = -1; ran !== 0 && meter.stopped === null;) {
      ran = 0;
      for (const side of [pair.tests, pair.solution]) {
        const done = side.realm.runtime.executePendingJobs(1000);
        if (done.error !== undefined) return blame(side, done.error);
        ran += done.value;
      }
      if ((jobs += ran) > maxJobs) stop("timeout", "promises without end");
    }
  }

  function run(job: PairJob): void {
    const {solution, tests} = pair;
    const loaded = solution.realm.context.evalCode(job.solution, "solution.js");
    if (loaded.error !== undefined) return blame(solution, loaded.error);
    runJobs();
    if (meter.stopped !== null || meter.denied !== "") return;
    const {context} = tests.realm;
    enter(tests, tests.start!, context.newString(job.tests), context.newString(JSON.stringify(job.names)));
    for (runJobs(); report === null && meter.stopped === null && waiting.length > 0; runJobs())
      fireTimer([...waiting].sort((a, b) => a.at - b.at || a.order - b.order)[0]);
  }

  return {
    async run(job) {
      const lodash = namesLodash(job.solution) || namesLodash(job.tests);
      const side = async (name: "tests" | "solution") => {
        const key = `${name} ${lodash}`;
        const made = sides.get(key) ?? (await createSide(name, lodash));
        sides.set(key, made);
        return made;
      };
      pair = {tests: await side("tests"), solution: await side("solution")};
      const began = performance.now();
      meter = {steps: 0, limit: job.steps ?? defaultSteps, stopped: null, denied: ""};
      for (const {realm} of [pair.tests, pair.solution]) realm.restore(meter);
      [now, random, varies, waiting, order, fired, depth, printed] = [
        job.start,
        createRandom(job.seed),
        false,
        [],
        0,
        0,
        0,
        0
      ];
      [detail, blamed, report] = ["", "tests", null];
      try {
        run(job);
      } catch (thrown) {
        // An engine gave up: what it left behind is not looked at.
        for (const {realm} of [pair.tests, pair.solution]) realm.spend();
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        meter.stopped = /stack/i.test(message) ? "stack-overflow" : "out-of-memory";
        detail = message;
      }
      const outcome: Outcome = meter.stopped ?? (meter.denied === "" ? "done" : "denied");
      const broken = outcome === "out-of-memory" || outcome === "stack-overflow";
      for (const [key, {realm}] of sides)
        if (realm.spent() || (broken && Object.values(pair).some((one) => one.realm === realm))) sides.delete(key);
      if (outcome === "denied") detail ||= meter.denied;
      if (outcome === "timeout") detail ||= "stopped after the steps it may take";
      const memory = pair.tests.realm.memory.buffer.byteLength + pair.solution.realm.memory.buffer.byteLength;
      return {
        outcome,
        detail: detail.slice(0, 300),
        side: blamed,
        report: outcome === "done" ? report : null,
        varies,
        usage: {wall: performance.now() - began, cpu: 0, memory, programs: 1}
      };
    }
  };
}

const outside = new Set(
  "process module exports require fetch XMLHttpRequest WebSocket EventSource Worker Deno Bun Buffer fs os std window document navigator".split(
    " "
  )
);
