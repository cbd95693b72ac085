import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {afterAll, beforeAll, expect, test} from "vitest";
import {readRows} from "../../lib/io/readRows.js";
import {collect} from "../collect.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-rows-"));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("gzipped lines, documents with a list of rows and documents that are one row are read in their order", async () => {
  const zipped = file("a.jsonl.gz", gzipSync('{"a":1}\n{"a":2}\n'));
  const list = file("b.json", '[{"a":3}]');
  const one = file("c.txt", '{"a":4}');
  const yaml = file("d.traj", "a: 5\nb: |\n  two\n  lines\n");
  expect(await collect(readRows([zipped, list, one, yaml]))).toEqual([
    {at: `${zipped}:1`, value: {a: 1}},
    {at: `${zipped}:2`, value: {a: 2}},
    {at: `${list}, item 1`, value: {a: 3}},
    {at: one, value: {a: 4}},
    {at: yaml, value: {a: 5, b: "two\nlines\n"}}
  ]);
});

test("what is not what its name says is told with the file", async () => {
  const zipped = file("e.jsonl.gz", "not gzip");
  await expect(collect(readRows([zipped]))).rejects.toThrow(`${zipped}: expected a gzipped file`);
  const cut = file("f.jsonl.gz", gzipSync('{"a":1}\n'.repeat(1000)).subarray(0, 40));
  await expect(collect(readRows([cut]))).rejects.toThrow(`${cut}: expected a gzipped file`);
  const json = file("g.json", "{");
  await expect(collect(readRows([json]))).rejects.toThrow(`${json}: expected JSON: `);
});
