import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect} from "vitest";
import type {Limits, ProgramRun} from "../../../lib/verify/sandbox/program.js";
import type {Pyodide} from "../../../lib/verify/sandbox/pyodide.js";

/** Runs candidate code as a harness would: it may say lines, and what it raises comes as a last one. */
export const main = `
import channel, traceback

told = channel.receive()
space = {"channel": channel, "say": lambda value: channel.send(str(value))}
try:
    exec(told, space)
    channel.send("end")
except BaseException as error:
    channel.send(("raised " + type(error).__name__ + ": " + str(error))[:2000].replace("\\n", " "))
`;

/** Small enough that whoever breaks them is stopped soon. */
export const small: Partial<Limits> = {wall: 20_000, cpu: 2, memory: 64 * 2 ** 20, output: 100_000};

/** What a candidate said, line by line, and how its process ended. */
export async function attack(
  pyodide: Pyodide,
  code: string,
  {limits = {}, lines = 1, seed}: {limits?: Partial<Limits>; lines?: number; seed?: number} = {}
): Promise<{lines: string[]; run: ProgramRun}> {
  const session = await pyodide.start({main, limits: {...small, ...limits}, seed});
  session.send(JSON.stringify(code).slice(1, -1) === code ? code : `exec(${JSON.stringify(code)})`);
  const said: string[] = [];
  while (said.length < lines) {
    const line = await session.receive();
    if (line === null) break;
    said.push(line);
  }
  return {lines: said, run: await session.end()};
}

/** Programs that each do harm in another way. */
const programs = [
  "print('PASS')",
  "import os; os._exit(0)",
  "import os; os.abort()",
  "import sys; sys.exit(137)",
  "x = bytearray(10 ** 9)",
  "x = [[0] * 1000 for _ in range(10 ** 6)]",
  "def f(): f()\nimport sys; sys.setrecursionlimit(10 ** 9); f()",
  "import js; js.eval('const a = []; for (;;) a.push(new Uint8Array(2 ** 24).fill(1))')",
  "while True: print('x' * 1000)",
  "while True: channel.send('PASS')",
  "import os; os.system('kill -9 -1')",
  "import builtins, sys; builtins.print = None; sys.modules.clear(); builtins.__dict__.clear()",
  "import js; js.eval('Object.prototype.then = () => {}; throw 1')",
  "open('/tmp/' + 'a', 'w').write('b' * 10 ** 7)",
  "import js; js.setTimeout(js.eval('() => {}'), 10 ** 6)",
  "import channel; channel.receive()",
  "import signal, os; os.kill(os.getpid(), signal.SIGKILL)",
  "import ctypes; ctypes.string_at(0, 10 ** 9)",
  "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
  "while True: pass"
];

function left(): {processes: number; descriptors: number; temporary: number} {
  const children = readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === process.pid && stat.includes("(deno)");
    } catch {
      return false; // it has ended meanwhile
    }
  });
  return {
    processes: children.length,
    descriptors: readdirSync("/proc/self/fd").length,
    temporary: readdirSync(tmpdir()).length
  };
}

/**
 * Runs so many hostile programs, each in a process of its own on two lanes, and expects that nothing of them is left: no
 * process, descriptor or temporary file, and no memory of ours that grows with their number.
 */
export async function survive(pyodide: Pyodide, count: number): Promise<void> {
  const there = process.platform === "linux";
  await pyodide.close();
  // Other tests come and go in the machine's own.
  const {TMPDIR = tmpdir()} = process.env;
  process.env.TMPDIR = mkdtempSync(join(TMPDIR, "pyodide-"));
  const before = there ? left() : null;
  const resident = process.memoryUsage.rss();
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const code = programs[next++ % programs.length];
      const {lines, run} = await attack(pyodide, code, {limits: {cpu: 0.1}, lines: 10});
      expect(lines.join("").length + run.stderr.length).toBeLessThanOrEqual(200_000);
    }
  };
  await Promise.all([lane(), lane()]);
  await pyodide.close();
  const after = there ? left() : null;
  rmSync(process.env.TMPDIR, {recursive: true});
  process.env.TMPDIR = TMPDIR;
  expect(after).toEqual(before);
  // Each is held to 100 kB a stream; 200 that each kept theirs would hold 40 MB, and garbage comes and goes.
  expect(process.memoryUsage.rss() - resident).toBeLessThan(150 * 2 ** 20);
}
