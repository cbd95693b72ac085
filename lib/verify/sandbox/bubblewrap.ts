import {closeSync, openSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {randomUUID} from "node:crypto";
import {bubblewrapArguments, defaultLimits} from "./bubblewrapArguments.js";
import {startProcess} from "./bubblewrapProcess.js";
import {createReach} from "./bubblewrapReach.js";
import {systemTool} from "./bubblewrapTools.js";
import type {Limits, Program, ProgramRun, Session} from "./program.js";
import {seccompFilter} from "./seccomp.js";

/** Runs native programs that nobody trusts. */
export interface Bubblewrap {
  id: "bubblewrap";
  version: string;
  /** runs a program to its end; one that only the clock stopped is run again alone, with four times the patience */
  run(program: Program): Promise<ProgramRun>;
  /** starts a program to talk with; who talks decides whether to try again after a timeout */
  start(program: Program): Session;
  close(): Promise<void>;
}

const patience = 4;
const nobody = 65534;
const rights = ["--reuid", `${nobody}`, "--regid", `${nobody}`, "--clear-groups", "--no-new-privs", "--"];
const inJob = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/;

/**
 * Programs under bubblewrap: each in fresh namespaces of every kind with a seccomp filter, resource limits, an empty
 * environment and no capabilities, as user 65534 where we are root. Memory of all its processes together is watched
 * from outside (every 25 ms) and output is capped by the reader; both kill the sandbox with all its processes.
 *
 * It does not guard against bugs of the kernel, side channels, memory taken within one look (RLIMIT_AS holds for each
 * process meanwhile), or kernel memory behind pipes and unix sockets. Host files under /usr can be read. Exit codes 129
 * to 192 read as signals: bubblewrap cannot tell them apart.
 *
 * @throws Error where a tool is missing, RangeError for a machine other than x64 and arm64
 */
export function createBubblewrap(): Bubblewrap {
  const tool = (name: string) => {
    const path = systemTool(name);
    if (path === null) throw new Error(`expected ${name} among the system's tools; see npm run setup:native`);
    return path;
  };
  const bwrap = tool("bwrap");
  const prlimit = tool("prlimit");
  const root = process.geteuid?.() === 0;
  const drop = root ? [tool("setpriv"), ...rights] : [];
  const reach = root ? createReach(tool("unshare"), tool("sh")) : null;
  let filter: number | null = null;
  const active = new Set<Promise<unknown>>();
  let alone: Promise<unknown> = Promise.resolve();

  function launch(program: Program, limits: Limits, heard?: (chunk: Buffer) => void) {
    if (program.argv.length === 0) throw new RangeError("expected a program to run, got no argv");
    for (const name of Object.keys(program.files ?? {}))
      if (!inJob.test(name)) throw new RangeError(`expected a file name of letters, digits, _ . - and /, got ${name}`);
    filter ??= hiddenFile(seccompFilter(process.arch));
    const {prefix, folders} = reach?.reach(program.folders ?? {}) ?? {prefix: [], folders: program.folders ?? {}};
    const sandbox = [bwrap, ...bubblewrapArguments(program, limits, folders, prlimit)];
    // Root is needed to make folders reachable; else it is given up in the child, which saves a program.
    const mounts = prefix.length > 0;
    const command = mounts ? [...prefix, ...drop, ...sandbox] : sandbox;
    const user = root && !mounts ? nobody : undefined;
    // Opened anew, since every open file has its own place to read from.
    return startProcess(command, program, limits, openSync(`/proc/self/fd/${filter}`, "r"), {user, heard});
  }

  async function together(program: Program, limits: Limits): Promise<ProgramRun> {
    await alone;
    const {ended} = launch(program, limits);
    active.add(ended);
    return ended.finally(() => active.delete(ended));
  }

  async function byItself(program: Program, limits: Limits): Promise<ProgramRun> {
    const turn = alone.then(async () => {
      await Promise.allSettled(active);
      return launch(program, {...limits, wall: patience * limits.wall}).ended;
    });
    alone = turn.catch(() => undefined);
    return turn;
  }

  return {
    id: "bubblewrap",
    version: "1",
    async run(program) {
      const limits = {...defaultLimits, ...program.limits};
      const first = await together(program, limits);
      // What a counted limit stopped is not tried again.
      if (first.outcome !== "timeout" || first.usage.wall < limits.wall) return first;
      return byItself(program, limits);
    },
    start(program) {
      const lines: string[] = [];
      const waiting: ((line: string | null) => void)[] = [];
      let rest = Buffer.alloc(0);
      let over = false;
      const {ended, send, stop} = launch(program, {...defaultLimits, ...program.limits}, (chunk) => {
        rest = Buffer.concat([rest, chunk]);
        for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
          const line = rest.subarray(0, end).toString();
          rest = rest.subarray(end + 1);
          const next = waiting.shift();
          if (next === undefined) lines.push(line);
          else next(line);
        }
      });
      const finish = () => {
        over = true;
        for (const next of waiting.splice(0)) next(null);
      };
      ended.then(finish, finish);
      return {
        send: (line) => send(`${line}\n`),
        async receive() {
          const line = lines.shift();
          if (line !== undefined) return line;
          return over ? null : new Promise((resolve) => waiting.push(resolve));
        },
        end() {
          stop();
          return ended;
        }
      };
    },
    async close() {
      await Promise.allSettled([...active, alone]);
      if (filter !== null) closeSync(filter);
      filter = null;
      reach?.close();
    }
  };
}

/** A file without a name, so that nothing of it is left behind. */
function hiddenFile(content: Buffer): number {
  const path = join(tmpdir(), `ballast-${randomUUID()}`);
  writeFileSync(path, content, {mode: 0o600, flag: "wx"});
  const fd = openSync(path, "r");
  rmSync(path);
  return fd;
}
