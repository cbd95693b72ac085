import {spawn, type ChildProcessByStdio} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {delimiter, join} from "node:path";
import type {Readable, Writable} from "node:stream";
import type {Deno} from "./deno.js";
import type {Outcome} from "./outcome.js";
import type {Limits, ProgramRun, Session} from "./program.js";
import type {PyodideJob} from "./pyodideChild.js";
import {denoRun, type Snapshot} from "./pyodideSnapshot.js";

/** s of processor time after which the kernel ends a process that nobody ended: the last resort against leftovers */
const lastCpu = 900;
/** bytes that it may map to write to, of which deno takes 700 MB at once; the kernel refuses more */
const lastData = 2 ** 31 - 2 ** 20;
/** ms between two looks at a process that runs */
const look = 20;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** A deno process with Pyodide loaded that waits for its one program. */
export interface PyodideProcess {
  /** resolves once it can be given a program; rejects with what it said when it ended before */
  ready(): Promise<void>;
  /** gives it its program; once only */
  run(job: PyodideJob, limits: Limits): Session;
  kill(): void;
  /** resolves once it is gone */
  gone: Promise<void>;
}

const living = new Set<Child>();
process.on("exit", () => {
  for (const child of living) kill(child);
});

function kill({pid}: Child): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/**
 * Starts deno on the snapshot, with no permission but to read its folder (which it gives up before it runs a program),
 * an environment of two names, and stdin and stdout as the channel. It has a process group of its own. Should nobody be left
 * to end it: it ends with its parent where there is util-linux, else after 15 minutes of processor time or with its stdin.
 *
 * @param lasting whether code that runs for long is optimised; else a start costs less
 */
export function startPyodide({binary}: Deno, {folder}: Snapshot, lasting = false): PyodideProcess {
  const {args: flags, env} = denoRun({folder, lasting});
  const deno = [binary, ...flags, `--allow-read=${folder}`, join(folder, "child.mjs")];
  const argv = process.platform === "win32" ? deno : ["/bin/sh", "-c", bounds, "sh", ...dyingWithParent(), ...deno];
  const [command = "", ...args] = argv;
  const child: Child = spawn(command, args, {
    cwd: folder,
    env,
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32"
  });
  living.add(child);
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on("error", () => undefined);
  ref(child, false);

  let outcome: Outcome = "done";
  let code: number | null = null;
  let signal: string | null = null;
  let ended = false;
  let detail = "";
  const gone = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      detail = error.message;
      living.delete(child);
      ended = true;
      resolve();
    });
    child.on("close", (c, s) => {
      [code, signal] = [c, s];
      living.delete(child);
      ended = true;
      resolve();
    });
  });

  let limit = Infinity;
  const lines: string[] = [];
  const waiting: ((line: string | null) => void)[] = [];
  let parts: Buffer[] = [];
  let sent = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    sent += chunk.length;
    if (sent > limit) return stop("output-limit");
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, end));
      const line = Buffer.concat(parts).toString();
      parts = [];
      from = end + 1;
      const next = waiting.shift();
      if (next === undefined) lines.push(line);
      else next(line);
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  });
  const printed: Buffer[] = [];
  let said = 0;
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.length;
    if (said > limit) return stop("output-limit");
    printed.push(chunk);
  });
  void gone.then(() => {
    for (const next of waiting.splice(0)) next(null);
  });

  function stop(why: Outcome): void {
    if (outcome === "done" && !ended) outcome = why;
    child.stdout.removeAllListeners("data").resume();
    child.stderr.removeAllListeners("data").resume();
    kill(child);
  }
  const receive = (): Promise<string | null> => {
    const line = lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (ended || outcome !== "done") return Promise.resolve(null);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const ready = receive().then(async (line) => {
    if (line === "ready") return;
    stop("error");
    await gone;
    throw new Error(
      `deno with pyodide did not start: ${detail} ${Buffer.concat(printed).toString().slice(0, 500)}`.trim()
    );
  });
  ready.catch(() => undefined);

  return {
    ready() {
      ref(child, true);
      return ready;
    },
    gone,
    kill() {
      ref(child, true); // whoever waits until it is gone must not find Node ended
      stop("error");
    },
    run(job, limits) {
      limit = limits.output;
      sent = said = 0;
      const start = performance.now();
      const before = measure(child.pid);
      let last = before;
      const wall = setTimeout(() => stop("timeout"), limits.wall);
      const watch = setInterval(() => {
        const now = measure(child.pid);
        if (now === null || before === null) return;
        last = now;
        if (now.memory - before.memory > limits.memory) stop("out-of-memory");
        else if (now.cpu - before.cpu > limits.cpu * 1000) stop("timeout");
      }, look);
      void gone.then(() => {
        clearTimeout(wall);
        clearInterval(watch);
      });
      child.stdin.write(`${JSON.stringify(job)}\n`);
      return {
        send: (line) => void child.stdin.write(`${line}\n`),
        receive,
        async end() {
          last = measure(child.pid) ?? last;
          // Nothing may be lost of what one that is ending by itself still says.
          if (!ended) {
            child.stdin.end();
            kill(child);
          }
          await gone;
          const stderr = Buffer.concat(printed).toString();
          if (outcome === "done" && signal !== null && signal !== "SIGKILL") outcome = crash(stderr);
          return {
            outcome,
            code,
            signal,
            stdout: "",
            stderr,
            channel: "",
            usage: {
              wall: performance.now() - start,
              cpu: last === null || before === null ? 0 : last.cpu - before.cpu,
              memory: last?.peak ?? 0,
              programs: 1
            }
          } satisfies ProgramRun;
        }
      };
    }
  };
}

const bounds = `ulimit -c 0; ulimit -t ${lastCpu}; ulimit -d ${lastData >> 10}; exec "$@"`;

function dyingWithParent(): string[] {
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "setpriv"))
    .find((path) => path.startsWith("/") && existsSync(path));
  return found === undefined ? [] : [found, "--pdeathsig", "KILL"];
}

function crash(stderr: string): Outcome {
  if (/out of memory|memory allocation of|OOM/i.test(stderr)) return "out-of-memory";
  if (/stack overflow|overflowed its stack/i.test(stderr)) return "stack-overflow";
  return "error";
}

/** Processor time in ms (in steps of 10), resident bytes and their peak; null where there is no /proc or it has ended. */
function measure(pid: number | undefined): {cpu: number; memory: number; peak: number} | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const bytes = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0) * 1024;
    if (bytes("VmRSS") === 0) return null;
    return {cpu: (Number(fields[11]) + Number(fields[12])) * 10, memory: bytes("VmRSS"), peak: bytes("VmHWM")};
  } catch {
    return null;
  }
}

function ref(child: Child, held: boolean): void {
  const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as {ref(): void; unref(): void}[];
  for (const handle of handles)
    if (held) handle.ref();
    else handle.unref();
}
