import {mkdtemp, readdir, readFile, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {atomic, writeAtomic} from "../../lib/io/atomic.js";

test("a write that fails halfway leaves the older file and nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ballast-atomic-"));
  const path = join(folder, "a.txt");
  await writeAtomic(path, "old");
  const failing = atomic(path, async (temporary) => {
    await writeFile(temporary, "hal");
    throw new Error("disk full");
  });
  await expect(failing).rejects.toThrow("disk full");
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["a.txt"]);
});

test("folders above the file are made", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ballast-atomic-"));
  await writeAtomic(join(folder, "b", "c", "d.txt"), "x");
  expect(await readFile(join(folder, "b", "c", "d.txt"), "utf8")).toBe("x");
});
