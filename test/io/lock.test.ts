import {spawn, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {hostname, tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {withLock} from "../../lib/io/lock.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-lock-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** A process that has ended: its pid is nobody's. */
async function gone(): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid!;
}

const stale = async (path: string, more = {}) =>
  writeFileSync(path, JSON.stringify({pid: await gone(), started: "1", host: hostname(), nonce: "dead", ...more}));

describe("withLock", () => {
  it("holds a file with this process' pid and removes it at the end, after an error too", async () => {
    const path = join(folder, "lock");
    expect(await withLock(path, async () => (JSON.parse(readFileSync(path, "utf8")) as {pid: number}).pid)).toBe(
      process.pid
    );
    await expect(withLock(path, async () => Promise.reject(new Error("oops")))).rejects.toThrow("oops");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses while another holds it, with the holder's pid", async () => {
    const path = join(folder, "lock");
    await withLock(path, async () => {
      await expect(withLock(path, async () => 1)).rejects.toThrow(`process ${process.pid}`);
      expect(readdirSync(folder)).toEqual(["lock"]);
    });
  });

  it("waits for the holder when asked", async () => {
    const path = join(folder, "lock");
    const order: string[] = [];
    let second: Promise<void> | undefined;
    await withLock(path, async () => {
      second = withLock(path, async () => void order.push("second"), {wait: true, poll: 5});
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push("first");
    });
    await second;
    expect(order).toEqual(["first", "second"]);
  });

  it("takes over from a process that is gone", async () => {
    const path = join(folder, "lock");
    await stale(path);
    expect(await withLock(path, async () => "mine")).toBe("mine");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes over from a process whose pid another one has got since", async () => {
    const path = join(folder, "lock");
    await stale(path, {pid: process.pid, started: "1"});
    expect(await withLock(path, async () => "mine")).toBe("mine");
  });

  it("takes a lock of another host for held", async () => {
    const path = join(folder, "lock");
    await stale(path, {host: "elsewhere.example"});
    await expect(withLock(path, async () => 1)).rejects.toThrow(/on host elsewhere\.example \(remove the file/);
  });

  it("lets one at a time in when many take over at once, also where a taker died half way", async () => {
    const path = join(folder, "lock");
    await stale(path);
    await stale(`${path}.dead`, {nonce: "dead2"});
    let inside = 0;
    let most = 0;
    const results = await Promise.all(
      Array.from({length: 20}, (_, i) =>
        withLock(
          path,
          async () => {
            most = Math.max(most, ++inside);
            await new Promise((resolve) => setTimeout(resolve, 2));
            inside--;
            return i;
          },
          {wait: true, poll: 1}
        )
      )
    );
    expect(most).toBe(1);
    expect(results).toEqual(Array.from({length: 20}, (_, i) => i));
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not touch a file that is no lock", async () => {
    const path = join(folder, "lock");
    writeFileSync(path, "my notes");
    await expect(withLock(path, async () => 1)).rejects.toThrow(
      `${path}: expected a lock file of ballast, got "my notes"`
    );
    expect(readFileSync(path, "utf8")).toBe("my notes");
  });
});
