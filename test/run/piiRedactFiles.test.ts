import {mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {readParquet} from "../../lib/io/parquet.js";
import {redactFiles} from "../../lib/run/piiRedactFiles.js";

const key = new TextEncoder().encode("a key of sixteen bytes or more");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ballast-pii-"));
});
afterAll(() => rm(folder, {recursive: true}));

async function redact(name: string, rows: readonly object[], style: "stand-in" | "tag" = "tag") {
  const path = join(folder, `${name}.jsonl`);
  await writeFile(path, rows.map((row) => JSON.stringify(row) + "\n").join(""));
  const out = join(folder, name);
  return {out, done: await redactFiles([path], out, {texts: ["text"], key, style})};
}

test("what is found in one row is replaced in all, and each redaction is told with its keyed hash", async () => {
  const {out, done} = await redact("all", [
    {id: 1, text: "My name is Grace Okafor"},
    {id: 2, text: "nothing here"},
    {id: 3, text: "The note is by grace okafor"},
    {id: 4, text: null}
  ]);
  expect(done).toMatchObject({rows: 4, redacted: 2, values: 1, byType: {PERSON: 2, CARD: 0}});
  const lines = (await readFile(join(out, "redacted.jsonl"), "utf8")).trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as {text: string | null});
  const [, tag] = /(<PERSON_[0-9a-f]{10}>)/.exec(rows[0].text!)!;
  expect(rows.map(({text}) => text)).toEqual([`My name is ${tag}`, "nothing here", `The note is by ${tag}`, null]);
  const found = [];
  for await (const batch of readParquet(join(out, "pii.parquet"))) found.push(...batch);
  expect(found.map(({type, start, end}) => [type, start, end])).toEqual([
    ["PERSON", 11, 11 + tag.length],
    ["PERSON", 15, 15 + tag.length]
  ]);
  expect(found[0].hash).toBe(found[1].hash);
});

test("a value left in another column fails by place, without the value, and nothing is written", async () => {
  const rows = [
    {text: "card 4111 1111 1111 1111", meta: {note: ["paid"]}},
    {text: "ok", meta: {note: ["x", "by 4111-1111-1111-1111"]}}
  ];
  const error = await redact("left", rows).catch((e: Error) => e.message);
  expect(error).toMatch(/got 1:\n.*redacted\.jsonl:2: meta\.note\[1\] \[3, 22\): CARD [0-9a-f]{16}$/);
  expect(error).not.toContain("1111");
  expect(await readdir(join(folder, "left"))).toEqual([]);
});

test("a row without the column is refused by place", async () => {
  await expect(redact("none", [{text: "a"}, {other: "b"}])).rejects.toThrow(
    /none\.jsonl:2: text: expected text or null, got no such column/
  );
});
