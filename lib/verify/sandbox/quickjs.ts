import type {QuickJSHandle} from "quickjs-emscripten";
import {defaultSteps, type Job, type Outcome, type Run} from "./outcome.js";
import {createRealm, namesLodash, type Meter, type Realm} from "./realmImage.js";
import {doors, serializer} from "./realm.js";

const maxLines = 1000;
const maxCharacters = 100_000;
const maxJobs = 10_000;

/** Runs JavaScript that nobody trusts. It blocks its thread. */
export interface Sandbox {
  run(job: Job): Promise<Run>;
}

/**
 * QuickJS in WebAssembly, with lodash loaded as `_` where a script names it. There is no process, module, network,
 * clock or chance inside; console.log is caught.
 *
 * Each candidate meets a realm whose every byte is as it was set up, see `createRealm`. After any failure of memory or
 * stack the module itself is thrown away, and so is one whose memory has grown.
 *
 * It does not guard against what runs long inside one built-in without counting a step, such as `indexOf` on an object
 * whose length is 2^53 − 1: that takes a thread that can be ended from outside, see `guard`. Local times are the host's.
 */
export function createSandbox(): Sandbox {
  const realms = new Map<boolean, JobRealm>();
  return {
    async run(job) {
      const lodash = job.scripts.some(namesLodash);
      const realm = realms.get(lodash) ?? (await createJobRealm(lodash));
      realms.set(lodash, realm);
      const start = performance.now();
      const run = realm.run(job);
      if (realm.spent()) realms.delete(lodash);
      return {...run, usage: {wall: performance.now() - start, cpu: 0, memory: realm.bytes(), programs: 1}};
    }
  };
}

interface JobRealm {
  run(job: Job): Omit<Run, "usage">;
  bytes(): number;
  spent(): boolean;
}

async function createJobRealm(lodash: boolean): Promise<JobRealm> {
  let lines: string[][] = [];
  let printed = 0;
  let write: (handle: QuickJSHandle) => string | null = () => null;
  const realm = await createRealm(
    (made) => {
      write = prepare(made, (meter, line) => {
        for (const text of line) printed += text.length;
        if (lines.length >= maxLines || printed > maxCharacters) meter.stopped = "output-limit";
        else lines.push(line);
      });
    },
    {lodash}
  );
  const {context, runtime} = realm;

  return {
    spent: realm.spent,
    bytes: () => realm.memory.buffer.byteLength,
    run({scripts, steps = defaultSteps}) {
      const meter: Meter = {steps: 0, limit: steps, stopped: null, denied: ""};
      realm.restore(meter);
      const run: Omit<Run, "usage"> = {outcome: "done", values: [], logs: [], detail: ""};
      const fail = (outcome: Outcome, detail: string): Omit<Run, "usage"> => {
        if (outcome === "out-of-memory" || outcome === "stack-overflow") realm.spend();
        return {...run, outcome, detail: `script ${run.values.length}: ${detail}`.slice(0, 300)};
      };
      try {
        for (const script of scripts) {
          lines = [];
          printed = 0;
          const result = context.evalCode(script, "candidate.js");
          let text = result.error === undefined ? write(result.value) : null;
          let error: QuickJSHandle | undefined = result.error;
          if (error === undefined && meter.stopped === null) {
            const jobs = runtime.executePendingJobs(maxJobs);
            error = jobs.error;
            if (error === undefined && runtime.hasPendingJob()) meter.stopped = "timeout";
          }
          if (meter.stopped !== null) return fail(meter.stopped, said[meter.stopped] ?? meter.stopped);
          if (meter.denied !== "") return fail("denied", meter.denied);
          if (error !== undefined) return fail(...realm.classify(error));
          text ??= '["over"]';
          run.values.push(text);
          run.logs.push(lines);
        }
      } catch (thrown) {
        // The engine itself gave up: what it left behind is not looked at.
        realm.spend();
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        return fail(/stack/i.test(message) ? "stack-overflow" : "out-of-memory", message);
      }
      return run;
    }
  };
}

// Returns how a value is written; `print` gets what console.log is given, written likewise.
function prepare(realm: Realm, print: (meter: Meter, line: string[]) => void) {
  const {context} = realm;
  const value = (source: string) => context.unwrapResult(context.evalCode(source));
  const serialize = value(serializer);
  const write = (handle: QuickJSHandle): string | null => {
    const result = context.callFunction(serialize, context.undefined, handle);
    return result.error === undefined ? context.getString(result.value) : null;
  };
  const chance = context.newFunction("random", () => {
    realm.meter().denied = "Math.random";
    throw new Error("Math.random is not available");
  });
  context.unwrapResult(context.callFunction(value(doors), context.undefined, value("() => 0"), chance));
  const log = context.newFunction("log", (...args) => {
    const meter = realm.meter();
    // Interrupts are asked for too seldom to end what prints.
    if (meter.stopped !== null) throw new Error("stopped");
    print(
      meter,
      args.map((arg) => write(arg) ?? '["over"]')
    );
  });
  const consoleObject = context.newObject();
  for (const name of ["log", "info", "warn", "error"]) context.setProp(consoleObject, name, log);
  context.setProp(context.global, "console", consoleObject);
  return write;
}

const said: Partial<Record<Outcome, string>> = {
  timeout: "stopped after the steps it may take",
  "output-limit": `more than ${maxLines} lines or ${maxCharacters} characters`
};
