import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {sections, withoutSections} from "../../lib/dedup/sections.js";
import {literal, rows, withDuckDB} from "../../lib/io/duckdb.js";
import {dedupSections} from "../../lib/run/dedupSections.js";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "ballast-sections-"))));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("lines and paragraphs have places that make up the text, and hash alike as their words read alike", () => {
  const text = "One line here,\r\nand two!\n\n  \nONE LINE: here\n and two!";
  expect(sections(text, "line").map(({start, end}) => text.slice(start, end))).toEqual([
    "One line here,\r\n",
    "and two!\n",
    "ONE LINE: here\n",
    " and two!"
  ]);
  const [a, b] = sections(text, "paragraph");
  expect([a.hash, a.words]).toEqual([b.hash, b.words]);
  expect(withoutSections(text, [b])).toBe("One line here,\r\nand two!\n\n  \n");
  expect(sections("a bc", "line")[0].hash).not.toBe(sections("ab c", "line")[0].hash);
  expect(sections("\n… \n", "line")).toEqual([]);
});

test("a repeated line is cut from all but the first text, and what was cut is told", async () => {
  const footer = "Subscribe to our newsletter for more of this.";
  const path = join(folder, "in.jsonl");
  const texts = [
    `First text.\n${footer}\nYes.`,
    `Second text of its own.\nsubscribe to our NEWSLETTER for more of this\nYes.`,
    `${footer}\n`
  ];
  writeFileSync(path, texts.map((text, n) => JSON.stringify({n, text}) + "\n").join(""));
  await expect(dedupSections([path], folder, {unit: "line", share: 0.1})).rejects.toThrow("nothing was");
  expect(existsSync(join(folder, "kept.parquet"))).toBe(false);
  expect(await dedupSections([path], folder, {unit: "line", share: 0.8})).toMatchObject({rows: 3, cut: 2, emptied: 1});
  const read = (name: string) =>
    withDuckDB((connection) => rows(connection, `SELECT * FROM read_parquet(${literal(join(folder, name))})`));
  expect(await read("kept.parquet")).toEqual([
    {n: 0, text: texts[0]},
    {n: 1, text: "Second text of its own.\nYes."},
    {n: 2, text: ""}
  ]);
  expect(await read("cuts.parquet")).toMatchObject([
    {row: "1:2", start: 24, first: "1:1", words: 8},
    {row: "1:3", start: 0, first: "1:1", words: 8}
  ]);
});
