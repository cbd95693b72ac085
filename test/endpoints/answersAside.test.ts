import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {openAnswers, openAnswersRead} from "../../lib/endpoints/answerCache.js";
import {readAnswersAside} from "../../lib/endpoints/answersAside.js";
import {answered} from "./answered.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-answers-aside-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

async function store(from: number, to: number): Promise<void> {
  const cache = await openAnswers(folder);
  for (let n = from; n < to; n++) {
    const {key, request, answer} = answered(n);
    await cache.put(key, request, answer);
  }
  await cache.close();
}

it("gives a cache of all answers, those that come to the file meanwhile too", async () => {
  await store(0, 100);
  const read = await readAnswersAside(folder, {least: 0});
  await store(100, 110);
  const cache = openAnswersRead(read!);
  expect(cache.size).toBe(110);
  for (let n = 0; n < 110; n++) expect(cache.get(answered(n).key)).toEqual(answered(n).answer);
  expect(cache.get(answered(110).key)).toBe(null);
  await cache.close();
});

it("leaves few answers, none, and a file that cannot be read to whoever opens them", async () => {
  expect(await readAnswersAside(folder, {least: 0})).toBe(null);
  await store(0, 3);
  expect(await readAnswersAside(folder)).toBe(null);
  writeFileSync(join(folder, "answers.jsonl"), Buffer.alloc(2 ** 28 + 2, "a"));
  expect(await readAnswersAside(folder)).toBe(null);
  await expect(openAnswers(folder)).rejects.toThrow("expected a line of at most");
}, 30_000);

it("ends when it is told to", async () => {
  await store(0, 3);
  const stop = new AbortController();
  const read = readAnswersAside(folder, {least: 0, signal: stop.signal});
  stop.abort();
  expect(await read).toBe(null);
  expect(await readAnswersAside(folder, {least: 0, signal: stop.signal})).toBe(null);
});
