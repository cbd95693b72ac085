import {spawn} from "node:child_process";
import {once} from "node:events";
import {appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {build} from "esbuild";
import {afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {z} from "zod";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {encodeRecord} from "../../lib/endpoints/answerRecord.js";
import {createRandom} from "../../lib/text/random.js";
import {answered} from "./answered.js";

let folder: string;
let program: string;
const file = () => join(folder, "answers.jsonl");

beforeAll(async () => {
  // Bundled once: a process that is killed should not spend its life reading modules.
  const bundled = mkdtempSync(join(tmpdir(), "ballast-answer-writing-"));
  program = join(bundled, "answerWriting.mjs");
  const entry = join(import.meta.dirname, "answerWriting.ts");
  await build({entryPoints: [entry], outfile: program, bundle: true, platform: "node", format: "esm", minify: true});
  return () => rmSync(bundled, {recursive: true, force: true});
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-answers-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

async function store(...numbers: number[]): Promise<void> {
  const cache = await openAnswers(folder);
  for (const n of numbers) {
    const {key, request, answer} = answered(n);
    await cache.put(key, request, answer);
  }
  await cache.close();
}

/** Runs the program that stores answers; killed once it has said so many, if a number is given. */
async function writing(args: readonly (string | number)[], {killAfter = Infinity, limit = ""} = {}): Promise<string[]> {
  const command = [process.execPath, program, folder, ...args.map(String)];
  const child = spawn("sh", ["-c", `${limit} exec "$@"`, "sh", ...command], {stdio: ["ignore", "pipe", "inherit"]});
  let said = "";
  child.stdout.on("data", (part: Buffer) => {
    said += String(part);
    if (said.split("\n").length > killAfter) child.kill("SIGKILL");
  });
  await once(child, "close");
  return said.split("\n").slice(0, -1);
}

describe("openAnswers", () => {
  it("gives back what was stored, to the byte, in this process and the next", async () => {
    const cache = await openAnswers(folder);
    const all = Array.from({length: 3000}, (_, n) => answered(n));
    expect(cache.get(all[0].key)).toBe(null);
    await Promise.all(all.map(({key, request, answer}) => cache.put(key, request, answer)));
    for (const {key, answer} of all) expect(cache.get(key)).toEqual(answer);
    await cache.close();
    const again = await openAnswers(folder);
    expect(again.size).toBe(3000);
    for (const {key, answer} of all) expect(again.get(key)).toEqual(answer);
    expect(again.get(answered(3000).key)).toBe(null);
    expect(again.damage.lines).toBe(0);
    expect([...again.records()].map(({key}) => key)).toEqual(all.map(({key}) => key).sort());
    await again.close();
  });

  it("makes no folder until something is stored, and a file for its owner alone", async () => {
    rmSync(folder, {recursive: true});
    const cache = await openAnswers(join(folder, "deep", "answers"));
    expect(cache.get(answered(1).key)).toBe(null);
    await cache.close();
    expect(statSync(folder, {throwIfNoEntry: false})).toBe(undefined);
    await store(1);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it("keeps the first answer under a key, whoever stores a second", async () => {
    const one = await openAnswers(folder);
    const other = await openAnswers(folder);
    const first = answered(1, "first");
    const second = answered(1, "second");
    // Both at once: whichever is written first counts, for both.
    const [a, b] = await Promise.all([
      one.put(first.key, first.request, first.answer),
      other.put(second.key, second.request, second.answer)
    ]);
    expect([a, b].filter(Boolean)).toHaveLength(1);
    const counted = (a ? first : second).answer;
    expect([one.get(first.key), other.get(first.key)]).toEqual([counted, counted]);
    expect(await one.put(first.key, first.request, {...first.answer, text: "third"})).toBe(false);
    expect(await one.put(first.key, first.request, counted)).toBe(true);
    await Promise.all([one.close(), other.close()]);
    const later = await openAnswers(folder);
    expect([later.size, later.get(first.key)]).toEqual([1, counted]);
    await later.close();
  });

  it("stores one answer where the same is stored twice at once", async () => {
    const cache = await openAnswers(folder);
    const {key, request, answer} = answered(5);
    const others = ["b", "c"].map((text) => cache.put(key, request, {...answer, text}));
    expect(await Promise.all([cache.put(key, request, answer), ...others])).toEqual([false, true, false]);
    await cache.close();
    expect(readFileSync(file(), "utf8").split("\n").filter(Boolean)).toHaveLength(1);
  });

  it("finds what another has stored since, before a miss is told", async () => {
    const reader = await openAnswers(folder);
    expect(reader.get(answered(1).key)).toBe(null);
    await store(1);
    expect(reader.get(answered(1).key)).toEqual(answered(1).answer);
    await store(2);
    expect(reader.get(answered(2).key)).toEqual(answered(2).answer);
    expect(reader.size).toBe(2);
    await reader.close();
  });

  it("passes over a torn end, and glues nothing to it", async () => {
    await store(1, 2, 3);
    const whole = readFileSync(file());
    const lineOf = (n: number) => encodeRecord(answered(n));
    for (let cut = 1; cut <= lineOf(3).length; cut += 37) {
      writeFileSync(file(), whole);
      truncateSync(file(), whole.length - cut);
      const torn = await openAnswers(folder);
      expect([torn.size, torn.get(answered(3).key)]).toEqual([2, null]);
      await torn.close();
      await store(4);
      const mended = await openAnswers(folder);
      // Without its line feed alone a line is whole again once another follows.
      expect(mended.size).toBe(cut === 1 ? 4 : 3);
      for (const n of [1, 2, 4]) expect(mended.get(answered(n).key)).toEqual(answered(n).answer);
      expect(mended.damage.lines).toBe(cut === 1 || cut === lineOf(3).length ? 0 : 1);
      await mended.close();
    }
  });

  it("uses no record with a flipped bit, and tells its line", async () => {
    await store(1, 2, 3);
    const whole = readFileSync(file());
    const random = createRandom("flipped bits");
    const second = whole.indexOf(encodeRecord(answered(2)));
    for (let i = 0; i < 60; i++) {
      const bytes = Buffer.from(whole);
      bytes[second + random.int(encodeRecord(answered(2)).length - 1)] ^= 1 << random.int(8);
      writeFileSync(file(), bytes);
      const cache = await openAnswers(folder);
      for (const n of [1, 3]) expect(cache.get(answered(n).key)).toEqual(answered(n).answer);
      expect(cache.get(answered(2).key)).toBe(null);
      expect(cache.damage.lines).toBeGreaterThan(0);
      // Each write begins with a line feed: the second record is on line 4.
      expect(cache.damage.first[0]).toContain(`${file()}:4: expected`);
      await cache.close();
    }
  });

  it("stores an answer again in the place of a damaged one", async () => {
    await store(1, 2);
    const bytes = readFileSync(file());
    bytes[bytes.indexOf("stand-in-1")] = 0x53;
    writeFileSync(file(), bytes);
    await store(1);
    const cache = await openAnswers(folder);
    expect(cache.get(answered(1).key)).toEqual(answered(1).answer);
    expect([cache.size, cache.damage.lines]).toEqual([2, 1]);
    await cache.close();
  });

  it("counts an answer of another shape as damage, and takes the next one", async () => {
    const {key, request, answer} = answered(1);
    const cache = await openAnswers(folder);
    await cache.put(key, request, {picture: "aGk="});
    expect(cache.get(key, z.strictObject({picture: z.string()}))).toEqual({picture: "aGk="});
    expect(cache.get(key)).toBe(null);
    expect(cache.damage.first).toEqual([expect.stringContaining(`${file()}:2: `) as string]);
    expect(await cache.put(key, request, answer)).toBe(true);
    expect(cache.get(key)).toEqual(answer);
    await cache.close();
    // So it is for the next process, whose index has both.
    const next = await openAnswers(folder);
    expect([next.get(key), next.size]).toEqual([answer, 1]);
    await next.close();
  });

  it("refuses a key that is not its request's", async () => {
    const cache = await openAnswers(folder);
    const {request, answer} = answered(1);
    await expect(cache.put(answered(2).key, request, answer)).rejects.toThrow(/own key/);
    await cache.close();
    await expect(cache.put(answered(1).key, request, answer)).rejects.toThrow(/closed/);
    expect(() => cache.get(answered(1).key)).toThrow(/closed/);
  });

  it("says when its file was deleted or cut under it", async () => {
    await store(1, 2);
    const cache = await openAnswers(folder);
    truncateSync(file(), 10);
    expect(() => cache.get(answered(9).key)).toThrow(/was cut/);
    rmSync(file());
    expect(() => cache.get(answered(9).key)).toThrow(/was deleted/);
    await cache.close();
  });

  it("refuses a file of something else", async () => {
    writeFileSync(file(), "question,answer\n1,2\n");
    const cache = await openAnswers(folder);
    expect([cache.size, cache.damage.lines]).toEqual([0, 2]);
    expect(cache.damage.first[0]).toContain("expected a record of version 1");
    await cache.close();
  });

  it("has every answer that two processes had stored when they were killed, in ten kills, and no torn one", async () => {
    const random = createRandom("kills");
    const stored = new Set<number>();
    let from = 0;
    for (let round = 0; round < 5; round++) {
      // The two write 200 of the same and 100 of their own.
      const said = await Promise.all([
        writing([from, 300, "a"], {killAfter: 1 + random.int(250)}),
        writing([from + 100, 300, "b"], {killAfter: 1 + random.int(250)})
      ]);
      for (const line of said.flat()) stored.add(Number.parseInt(line, 10));
      from += 400;
    }
    const cache = await openAnswers(folder);
    expect(stored.size).toBeGreaterThan(100);
    const kept = (n: number) => cache.get(answered(n).key);
    for (const n of stored) expect(kept(n), `answer ${n}`).not.toBe(null);
    for (let n = 0; n < from; n++)
      expect([null, answered(n, "a").answer, answered(n, "b").answer], `answer ${n}`).toContainEqual(kept(n));
    await cache.close();
  });

  it("loses nothing when there is no more room, and goes on once there is", async () => {
    // Files of at most 64 KiB: the write that reaches that is cut there, the next one is refused.
    const limit = "trap '' XFSZ; ulimit -f 128;";
    const said = await writing([0, 2000, "a"], {limit});
    expect(said.at(-1)).toMatch(/^error .*answers\.jsonl: expected to store an answer of \d+ bytes, got EFBIG/);
    const cache = await openAnswers(folder);
    expect(said.length).toBeGreaterThan(20);
    for (const line of said.slice(0, -1)) {
      const {key, answer} = answered(Number.parseInt(line, 10));
      expect(cache.get(key)).toEqual(answer);
    }
    const {key, request, answer} = answered(5000);
    expect(await cache.put(key, request, answer)).toBe(true);
    expect(cache.get(key)).toEqual(answer);
    await cache.close();
  });

  it("reads on where its file ends within a line", async () => {
    const cache = await openAnswers(folder);
    const {key, request, answer} = answered(1);
    const line = encodeRecord({key, request, answer});
    for (const byte of line.subarray(0, -1)) {
      appendFileSync(file(), Buffer.of(byte));
      if (cache.get(key) !== null) throw new Error("expected nothing of half a line");
    }
    appendFileSync(file(), "\n");
    expect(cache.get(key)).toEqual(answer);
    await cache.close();
  });
});
