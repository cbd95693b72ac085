import {randomBytes} from "node:crypto";
import {readFileSync} from "node:fs";
import {link, mkdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {hostname} from "node:os";
import {dirname} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";

/** Who holds a lock. */
interface Holder {
  pid: number;
  /** start of that process as the kernel counts it, so that a later process with the same pid is not taken for it */
  started: string;
  host: string;
  nonce: string;
}

/**
 * Runs `use` while this process alone holds the lock file. A lock whose process is gone is taken over.
 *
 * Two that take over at once are kept apart: a stale lock may be replaced only by who holds a second lock that is named
 * after the stale one's nonce. Does not guard against processes of another host: their locks count as held.
 *
 * @param options.wait whether to wait for the holder instead of refusing
 * @throws Error naming the holder's pid, when the lock is held and `wait` is false
 */
export async function withLock<T>(
  path: string,
  use: () => Promise<T>,
  {wait = false, poll = 100}: {wait?: boolean; poll?: number} = {}
): Promise<T> {
  const release = await acquire(path, wait, poll);
  try {
    return await use();
  } finally {
    await release();
  }
}

async function acquire(path: string, wait: boolean, poll: number): Promise<() => Promise<void>> {
  await mkdir(dirname(path), {recursive: true});
  const me: Holder = {
    pid: process.pid,
    started: startOf(process.pid) ?? "",
    host: hostname(),
    nonce: randomBytes(8).toString("hex")
  };
  // Made whole beside it and then linked or renamed: nobody ever reads half a lock.
  const mine = `${path}.${me.nonce}.mine`;
  await writeFile(mine, JSON.stringify(me));
  try {
    for (;;) {
      const holder = await read(path);
      if (holder === null) {
        if (await tryLink(mine, path)) break;
      } else if (isGone(holder)) {
        const releaseStale = await acquire(`${path}.${holder.nonce}`, true, poll);
        try {
          if ((await read(path))?.nonce === holder.nonce) {
            await rename(mine, path);
            break;
          }
        } finally {
          await releaseStale();
        }
      } else {
        if (!wait) throw new Error(refusal(path, holder));
        await sleep(poll);
      }
    }
  } finally {
    await rm(mine, {force: true});
  }
  return async () => {
    if ((await read(path))?.nonce === me.nonce) await rm(path, {force: true});
  };
}

function refusal(path: string, {pid, host}: Holder): string {
  const where = host === hostname() ? "" : ` on host ${host} (remove the file if that process is gone)`;
  return `${path}: expected to run alone in this folder, but process ${pid}${where} is at work in it`;
}

async function read(path: string): Promise<Holder | null> {
  let text;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const holder = JSON.parse(text) as Holder;
    if (typeof holder.pid === "number" && typeof holder.nonce === "string") return holder;
  } catch {
    // What is no lock of ours is reported below.
  }
  throw new TypeError(`${path}: expected a lock file of ballast, got ${JSON.stringify(text.slice(0, 60))}; remove it`);
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isGone({pid, started, host}: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  const now = startOf(pid);
  return started !== "" && now !== null && now !== started;
}

/** Field 22 of /proc/PID/stat where there is one; the command's name before it may hold spaces and brackets. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
