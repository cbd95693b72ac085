import {spawn, type ChildProcess} from "node:child_process";
import {closeSync} from "node:fs";
import {availableParallelism, constants} from "node:os";
import type {Readable, Writable} from "node:stream";
import {setTimeout as pause} from "node:timers/promises";
import {firstFileFd, statusFd} from "./bubblewrapArguments.js";
import {heldBy, isAlive} from "./bubblewrapUsage.js";
import type {Outcome} from "./outcome.js";
import type {Limits, Program, ProgramRun} from "./program.js";

const lookMs = 25;
const cores = availableParallelism();
// Reversed, since the first name of a number is the usual one (SIGABRT, not SIGIOT).
const signals = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number, name])
);

/** A sandbox that runs. */
export interface Running {
  /** resolves once no process of it is left; rejects where the sandbox itself could not be made */
  ended: Promise<ProgramRun>;
  /** writes to file descriptor 4 */
  send(text: string): void;
  /** kills every process of it */
  stop(): void;
}

/**
 * Starts a command that is bubblewrap with its arguments, and holds it to its limits of time, memory and output.
 *
 * @param filter file descriptor of the seccomp filter; closed here
 * @param options.user number of the user and group that it runs as, without further groups; only root may say one
 * @param options.heard gets what the program writes to file descriptor 3, as it comes
 */
export function startProcess(
  [command, ...args]: readonly string[],
  {files = {}, input}: Program,
  limits: Limits,
  filter: number,
  {user, heard}: {user?: number; heard?: (chunk: Buffer) => void} = {}
): Running {
  const start = performance.now();
  const texts = Object.values(files);
  const child = spawn(command, args, {
    env: {},
    cwd: "/",
    uid: user,
    gid: user,
    stdio: [
      input === undefined ? "ignore" : "pipe",
      "pipe",
      "pipe",
      "pipe",
      heard === undefined ? "ignore" : "pipe",
      "pipe",
      filter,
      ...texts.map(() => "pipe" as const)
    ]
  });
  closeSync(filter);
  const held = {memory: 0, cpu: 0};
  let stopped: Outcome | "ended" | null = null;
  let status = "";
  let init: number | null = null;

  const kill = (why: Outcome | "ended") => {
    stopped ??= why;
    if (init === null) return; // it is killed as soon as it has a number
    try {
      process.kill(init, "SIGKILL");
    } catch {
      // it has ended by itself
    }
  };
  const look = () => {
    if (init === null || child.exitCode !== null) return;
    const {memory, cpu} = heldBy(init, limits.memory);
    held.memory = Math.max(held.memory, memory);
    held.cpu = Math.max(held.cpu, cpu);
    if (memory > limits.memory) kill("out-of-memory");
  };

  const pipe = (fd: number) => child.stdio[fd] as Readable | null;
  const collect = (fd: number, also?: (chunk: Buffer) => void) => {
    const chunks: Buffer[] = [];
    let left = limits.output;
    pipe(fd)?.on("data", (chunk: Buffer) => {
      if (left < 0) return;
      const kept = chunk.subarray(0, left);
      left -= chunk.length;
      chunks.push(kept);
      also?.(kept);
      if (left < 0) kill("output-limit");
    });
    return () => Buffer.concat(chunks).toString();
  };
  const [stdout, stderr, channel] = [collect(1), collect(2), collect(3, heard)];
  pipe(statusFd)?.on("data", (chunk: Buffer) => {
    status += chunk.toString();
    const [, pid] = /"child-pid":\s*(\d+)/.exec(status) ?? [];
    if (init !== null || pid === undefined) return;
    init = Number(pid);
    if (stopped !== null) kill(stopped);
  });
  for (const stream of child.stdio) stream?.on("error", () => undefined); // a reader that has gone is no error of ours
  if (input !== undefined) child.stdin?.end(input);
  for (const [i, text] of texts.entries()) (child.stdio[firstFileFd + i] as Writable | null)?.end(text);

  const wall = setTimeout(() => kill("timeout"), limits.wall);
  let watch = setTimeout(function again() {
    look();
    watch = setTimeout(again, lookMs);
  }, lookMs);

  const closed = new Promise<void>((resolve, reject) => {
    child.once("close", () => resolve());
    child.once("error", reject);
  });
  const ended = closed
    .finally(() => {
      clearTimeout(wall);
      clearTimeout(watch);
    })
    .then(async (): Promise<ProgramRun> => {
      const [, said] = /"exit-code":\s*(\d+)/.exec(status) ?? [];
      if (said === undefined && stopped === null)
        throw new Error(`bubblewrap gave up: ${stderr().trim().split("\n")[0] || exitOf(child)}`);
      while (init !== null && isAlive(init)) await pause(1);
      const took = performance.now() - start;
      const code = Number(said ?? 137);
      const signal = code > 128 ? (signals.get(code - 128) ?? null) : null;
      return {
        outcome: stopped === null ? outcomeOf(signal, took, limits) : stopped === "ended" ? "done" : stopped,
        code: signal === null ? code : null,
        signal,
        stdout: stdout(),
        stderr: stderr(),
        channel: channel(),
        usage: {wall: took, cpu: held.cpu, memory: held.memory, programs: 1}
      };
    });
  return {
    ended,
    send: (text) => void (child.stdio[4] as Writable | null)?.write(text),
    stop: () => kill("ended")
  };
}

// Bubblewrap says 128 + n for signal n, as a program may by itself: a time that cannot have been used up is not believed.
function outcomeOf(signal: string | null, took: number, {cpu}: Limits): Outcome {
  const mayBeCpu = signal === "SIGXCPU" || signal === "SIGKILL";
  if (mayBeCpu && took * cores >= cpu * 1000) return "timeout";
  if (signal === "SIGXFSZ") return "output-limit";
  if (signal === "SIGSYS") return "denied";
  return "done";
}

function exitOf({exitCode, signalCode}: ChildProcess): string {
  return `code ${exitCode}, signal ${signalCode}`;
}
