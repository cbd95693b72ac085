import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC, type QuickJSHandle} from "quickjs-emscripten";
import {defaultSteps, type Job, type Outcome, type Run} from "./outcome.js";
import {describer, doors, serializer} from "./realm.js";

const stackBytes = 256 * 1024;
const heapBytes = 32 * 1024 * 1024;
const maxLines = 1000;
const maxCharacters = 100_000;
const maxJobs = 10_000;

/** Runs JavaScript that nobody trusts. It blocks its thread. */
export interface Sandbox {
  run(job: Job): Promise<Run>;
}

/**
 * QuickJS in WebAssembly with lodash loaded as `_`: a module with 64 MiB of memory at most, a 32 MiB heap, a 256 KiB
 * stack. There is no process, module, network, clock or chance inside; console.log is caught.
 *
 * A realm is set up once; its whole memory is then kept as an image and copied back before every run, so that each
 * candidate meets the same bytes (1 ms, where loading lodash anew takes 30). After any failure of memory or stack the
 * module itself is thrown away.
 *
 * It does not guard against what runs long inside one built-in without counting a step, such as `indexOf` on an object
 * whose length is 2^53 − 1: that takes a thread that can be ended from outside, see `guard`. Local times are the host's.
 */
export function createSandbox(): Sandbox {
  let realm: Realm | undefined;
  return {
    async run(job) {
      realm ??= await createRealm();
      const run = realm.run(job);
      if (realm.spent) realm = undefined;
      return run;
    }
  };
}

interface Realm {
  run(job: Job): Run;
  /** true once it can no longer be trusted */
  spent: boolean;
}

async function createRealm(): Promise<Realm> {
  const memory = new WebAssembly.Memory({initial: 256, maximum: 1024});
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC, {wasmMemory: memory}));
  const runtime = quickjs.newRuntime({maxStackSizeBytes: stackBytes, memoryLimitBytes: heapBytes});
  const context = runtime.newContext();

  let steps = 0;
  let limit = Infinity;
  let stopped: Outcome | null = null;
  let denied = "";
  let lines: string[][] = [];
  let printed = 0;
  runtime.setInterruptHandler(() => {
    if (stopped === null && ++steps > limit) stopped = "timeout";
    return stopped !== null;
  });
  const deny = context.newFunction("deny", (what) => {
    denied = context.getString(what).slice(0, 100);
    throw new Error(`${denied} is not available`);
  });
  runtime.setModuleLoader((name) => {
    denied = `import ${name.slice(0, 100)}`;
    return {error: new Error(`${denied} is not available`)};
  });
  const value = (source: string) => context.unwrapResult(context.evalCode(source));
  const serialize = value(serializer);
  const describe = value(describer);
  context.unwrapResult(context.callFunction(value(doors), context.undefined, deny));
  const write = (handle: QuickJSHandle): string | null => {
    const result = context.callFunction(serialize, context.undefined, handle);
    return result.error === undefined ? context.getString(result.value) : null;
  };
  const log = context.newFunction("log", (...args) => {
    if (stopped !== null) return;
    const line = args.map((arg) => write(arg) ?? '["over"]');
    for (const text of line) printed += text.length;
    if (lines.length >= maxLines || printed > maxCharacters) stopped = "output-limit";
    else lines.push(line);
  });
  const consoleObject = context.newObject();
  for (const name of ["log", "info", "warn", "error"]) context.setProp(consoleObject, name, log);
  context.setProp(context.global, "console", consoleObject);
  value(readFileSync(createRequire(import.meta.url).resolve("lodash/lodash.min.js"), "utf8"));

  const bytes = memory.buffer.byteLength;
  const image = new Uint8Array(memory.buffer).slice(0, lastUsed(memory));

  const realm: Realm = {
    spent: false,
    run({scripts, steps: most = defaultSteps}) {
      const whole = new Uint8Array(memory.buffer);
      whole.set(image);
      whole.fill(0, image.length);
      steps = 0;
      limit = most;
      stopped = null;
      denied = "";
      const run: Run = {outcome: "done", values: [], logs: [], detail: ""};
      const fail = (outcome: Outcome, detail: string): Run => {
        realm.spent ||= outcome === "out-of-memory" || outcome === "stack-overflow";
        return {...run, outcome, detail: `script ${run.values.length}: ${detail}`.slice(0, 300)};
      };
      try {
        for (const script of scripts) {
          lines = [];
          printed = 0;
          const result = context.evalCode(script, "candidate.js");
          let text = result.error === undefined ? write(result.value) : null;
          let error: QuickJSHandle | undefined = result.error;
          if (error === undefined && stopped === null) {
            const jobs = runtime.executePendingJobs(maxJobs);
            error = jobs.error;
            if (error === undefined && runtime.hasPendingJob()) stopped = "timeout";
          }
          if (stopped !== null) return fail(stopped, said[stopped] ?? stopped);
          if (denied !== "") return fail("denied", denied);
          if (error !== undefined) return fail(...classify(error));
          text ??= '["over"]';
          run.values.push(text);
          run.logs.push(lines);
        }
      } catch (thrown) {
        // The engine itself gave up: what it left behind is not looked at.
        realm.spent = true;
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        return fail(/stack/i.test(message) ? "stack-overflow" : "out-of-memory", message);
      } finally {
        realm.spent ||= memory.buffer.byteLength !== bytes;
      }
      return run;
    }
  };

  function classify(error: QuickJSHandle): [Outcome, string] {
    const said = context.callFunction(describe, context.undefined, error);
    const text = said.error === undefined ? context.getString(said.value).slice(0, 200) : "threw what cannot be read";
    if (/out of memory/.test(text)) return ["out-of-memory", text];
    if (/stack (overflow|size)/.test(text)) return ["stack-overflow", text];
    const door = /^ReferenceError: '?(\w+)'? is not defined/.exec(text)?.[1];
    return [door !== undefined && outside.has(door) ? "denied" : "error", text];
  }

  return realm;
}

const said: Partial<Record<Outcome, string>> = {
  timeout: "stopped after the steps it may take",
  "output-limit": `more than ${maxLines} lines or ${maxCharacters} characters`
};

const outside = new Set(
  (
    "process require module exports fetch XMLHttpRequest WebSocket EventSource Worker Deno Bun Buffer fs os std " +
    "setTimeout setInterval setImmediate window document navigator jQuery"
  ).split(" ")
);

function lastUsed(memory: WebAssembly.Memory): number {
  const words = new BigUint64Array(memory.buffer);
  let n = words.length;
  while (n > 0 && words[n - 1] === 0n) n--;
  return n * 8;
}
