import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {QuickJSContext, QuickJSHandle, QuickJSRuntime} from "quickjs-emscripten";
import type {Outcome} from "./outcome.js";
import {describer} from "./realm.js";
import {createQuickJs} from "./realmModule.js";

const stackBytes = 256 * 1024;
const heapBytes = 32 * 1024 * 1024;
const pageBytes = 64 * 1024;
// A memory that has grown is read whole at every restore; past this a new module is cheaper.
const keptBytes = 16 * 1024 * 1024;
const zeroes = Buffer.alloc(pageBytes);

/** What one run may use up and why it was stopped; realms that work together share one. */
export interface Meter {
  /** interrupts so far, and those it may use */
  steps: number;
  limit: number;
  stopped: Outcome | null;
  /** what it knocked at, or "" */
  denied: string;
}

/** A QuickJS realm whose whole memory can be put back to what it was when it was set up. */
export interface Realm {
  context: QuickJSContext;
  runtime: QuickJSRuntime;
  /** all that a run can change, but for what host functions do */
  memory: WebAssembly.Memory;
  /** makes every byte of its memory what it was, for a run that counts on this meter */
  restore(meter: Meter): void;
  /** the meter of the run */
  meter(): Meter;
  /** what was thrown, as an outcome and a line for a person */
  classify(error: QuickJSHandle): [Outcome, string];
  /** whether it is not to be used again: its memory has grown past 16 MiB, or `spend` was called */
  spent(): boolean;
  spend(): void;
}

/**
 * A realm in a WebAssembly module of its own: 64 MiB of memory at most, a 32 MiB heap, a 256 KiB stack.
 *
 * `prepare` sets the realm up once; what it made is then kept as an image, and `restore` writes it back: pages that the
 * image holds are copied, every other page is compared with zeroes and filled with them where it differs. That leaves
 * the same bytes as a fresh runtime in a fresh module (0.2 ms, where making those anew takes 11, and 40 with lodash). A
 * memory that has grown stays as large, its new pages all zero, until it is past 16 MiB.
 *
 * It does not put back what lives outside the module's memory: host functions must keep no state of a run.
 */
export async function createRealm(
  prepare: (realm: Realm) => void,
  {lodash = false}: {lodash?: boolean} = {}
): Promise<Realm> {
  const {quickjs, memory} = await createQuickJs();
  const runtime = quickjs.newRuntime({maxStackSizeBytes: stackBytes, memoryLimitBytes: heapBytes});
  const context = runtime.newContext();

  let meter: Meter = {steps: 0, limit: Infinity, stopped: null, denied: ""};
  let spent = false;
  runtime.setInterruptHandler(() => {
    if (meter.stopped === null && ++meter.steps > meter.limit) meter.stopped = "timeout";
    return meter.stopped !== null;
  });
  runtime.setModuleLoader((name) => {
    meter.denied = `import ${name.slice(0, 100)}`;
    return {error: new Error(`${meter.denied} is not available`)};
  });
  const describe = context.unwrapResult(context.evalCode(describer));

  const realm: Realm = {
    context,
    runtime,
    memory,
    restore(next) {
      meter = next;
      const whole = Buffer.from(memory.buffer);
      for (let start = 0; start < whole.length; start += pageBytes) {
        const kept = pages[start / pageBytes] ?? null;
        if (kept !== null) whole.set(kept, start);
        else if (whole.compare(zeroes, 0, pageBytes, start, start + pageBytes) !== 0)
          whole.fill(0, start, start + pageBytes);
      }
    },
    meter: () => meter,
    classify(error) {
      const said = context.callFunction(describe, context.undefined, error);
      const text = said.error === undefined ? context.getString(said.value).slice(0, 200) : "threw what cannot be read";
      if (/out of memory/.test(text)) return ["out-of-memory", text];
      if (/stack (overflow|size)/.test(text)) return ["stack-overflow", text];
      const door = /^ReferenceError: '?(\w+)'? is not defined/.exec(text)?.[1];
      return [door !== undefined && outside.has(door) ? "denied" : "error", text];
    },
    spent: () => spent || memory.buffer.byteLength > keptBytes,
    spend: () => void (spent = true)
  };
  prepare(realm);
  // Where a realm has module and exports, lodash would go there.
  if (lodash) context.unwrapResult(context.evalCode(`(function (module, exports) {${lodashSource()}\n})();`));

  const pages = Array.from({length: memory.buffer.byteLength / pageBytes}, (_, page) => {
    const kept = Buffer.from(memory.buffer, page * pageBytes, pageBytes);
    return kept.equals(zeroes) ? null : Buffer.from(kept);
  });
  return realm;
}

/** Whether a text may mean lodash by `_`. */
export function namesLodash(text: string): boolean {
  return /(?<![\w$])_(?![\w$])/.test(text);
}

const lodashSource = () => readFileSync(createRequire(import.meta.url).resolve("lodash/lodash.min.js"), "utf8");

const outside = new Set(
  (
    "process require module exports fetch XMLHttpRequest WebSocket EventSource Worker Deno Bun Buffer fs os std " +
    "setTimeout setInterval setImmediate window document navigator jQuery"
  ).split(" ")
);
