import {readdirSync, readFileSync} from "node:fs";

/** What the processes of a sandbox hold at this moment. */
export interface Held {
  /** bytes of resident memory; pages that forks share are counted once where the kernel tells */
  memory: number;
  /** ms of processor time, those of ended children that were waited for included */
  cpu: number;
}

const pageBytes = 4096;
const tickMs = 10;
const maxProcesses = 1024;

/**
 * What the process and all of its descendants hold, from /proc. Proportional shares are read only where the plain sum
 * is above `exactAbove` bytes: that costs more.
 */
export function heldBy(pid: number, exactAbove: number): Held {
  const pids = descendants(pid);
  let memory = 0;
  let cpu = 0;
  for (const one of pids) {
    const stat = read(`/proc/${one}/stat`);
    if (stat === null) continue;
    // After the name, which may hold spaces and parentheses: fields from 3 on.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    for (const i of [11, 12, 13, 14]) cpu += tickMs * Number(fields[i]);
    memory += pageBytes * Number(fields[21]);
  }
  if (memory > exactAbove) memory = pids.reduce((sum, one) => sum + proportional(one), 0);
  return {memory, cpu};
}

/** Whether a process runs; one that has ended and that nobody has asked about (a zombie) does not. */
export function isAlive(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== null && !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
}

function descendants(root: number): number[] {
  const found = [root];
  for (let i = 0; i < found.length && found.length < maxProcesses; i++)
    for (const thread of list(`/proc/${found[i]}/task`))
      for (const child of (read(`/proc/${found[i]}/task/${thread}/children`) ?? "").split(" "))
        if (child !== "") found.push(Number(child));
  return found;
}

function proportional(pid: number): number {
  const rollup = read(`/proc/${pid}/smaps_rollup`);
  const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(rollup ?? "") ?? [];
  if (kilobytes !== undefined) return 1024 * Number(kilobytes);
  const [, resident] = (read(`/proc/${pid}/statm`) ?? "0 0").split(" ");
  return pageBytes * Number(resident);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // it has ended meanwhile
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
