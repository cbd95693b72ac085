import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect} from "vitest";
import type {Bubblewrap} from "../../../lib/verify/sandbox/bubblewrap.js";
import type {Limits} from "../../../lib/verify/sandbox/program.js";

const small: Partial<Limits> = {wall: 5000, cpu: 1, memory: 2 ** 25, processes: 16, files: 2 ** 20, output: 50_000};
const mark = "hostile-mark";

/** Shell commands that each do harm in another way; most end at once, the others are stopped soon. */
const commands = [
  "bomb() { bomb | bomb & }; bomb",
  "head -c 1000000000 /dev/zero | tail",
  "yes PASS",
  "cat /dev/urandom >&2",
  "yes forged >&3",
  "kill -9 -1",
  "kill -9 $PPID; kill -STOP $PPID",
  "setsid sleep 60 <&- >&- 2>&- 3>&- 4>&- & exit 0",
  "trap '' TERM HUP INT; (sleep 60; sleep 60) & (sleep 60) & exit 137",
  "for i in 1 2 3 4 5 6 7 8 9; do head -c 300000 /dev/zero > /tmp/$i; done",
  "for i in 1 2 3 4 5 6 7 8 9; do mkdir -p /tmp/$i/$i/$i; ln -s / /tmp/$i/l; done; rm -rf /tmp/*/l/*",
  "exec 5<>/dev/zero; exec kill -ABRT $$",
  "kill -SEGV $$",
  "f() { f; }; f",
  "mkfifo /tmp/p; (echo > /tmp/p) & exit 0"
];

/** What a sandbox may leave behind on this machine: processes with our mark, descriptors, temporary files. */
function left(): {processes: number; descriptors: number; temporary: number} {
  const marked = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && commandLine(name).includes(mark));
  return {
    processes: marked.length,
    descriptors: readdirSync("/proc/self/fd").length,
    temporary: readdirSync(tmpdir()).length
  };
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it has ended meanwhile
  }
}

/**
 * Runs so many hostile programs, each in a sandbox of its own on two lanes, and expects that nothing of them is left: no
 * process, descriptor or temporary file, and no memory of ours that grows with their number.
 */
export async function survive(bubblewrap: Bubblewrap, count: number): Promise<void> {
  // A folder of our own: other tests make temporary files meanwhile.
  const {TMPDIR} = process.env;
  const temporary = mkdtempSync(join(tmpdir(), "survive-"));
  process.env.TMPDIR = temporary;
  let next = 0;
  const lane = async (until: number) => {
    while (next < until) {
      const command = commands[next++ % commands.length];
      const run = await bubblewrap.run({argv: ["/bin/sh", "-c", command, mark], limits: small});
      for (const text of [run.stdout, run.channel]) expect(text.length).toBeLessThanOrEqual(50_000);
    }
  };
  const lanes = (until: number) => Promise.all([lane(until), lane(until)]);
  await lanes(count / 10);
  const before = left();
  const resident = process.memoryUsage.rss();
  await lanes(count);
  expect(left()).toEqual({...before, processes: 0});
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  rmSync(temporary, {recursive: true});
  // Garbage of 50 kB a run comes and goes; 10,000 runs that each kept theirs would hold 500 MB.
  expect(process.memoryUsage.rss() - resident).toBeLessThan(150 * 2 ** 20);
}
