import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {collect} from "../collect.js";
import {readJsonl, type JsonLine} from "../../lib/io/jsonl.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-jsonl-"));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

async function read(content: string | Uint8Array, options = {}): Promise<JsonLine[]> {
  const path = join(folder, "a.jsonl");
  writeFileSync(path, content);
  return collect(readJsonl(path, options));
}

describe("readJsonl", () => {
  it("counts lines from 1 and passes over empty ones", async () => {
    expect(await read('{"a":1}\n\n[2]\r\n"x"')).toEqual([
      {line: 1, value: {a: 1}, bytes: 7},
      {line: 3, value: [2], bytes: 4},
      {line: 4, value: "x", bytes: 3}
    ]);
    expect(await read("")).toEqual([]);
  });

  it("does not split at U+2028, which JSON strings may hold", async () => {
    expect(await read('"a\u2028b\u0085c"\n')).toEqual([{line: 1, value: "a\u2028b\u0085c", bytes: 10}]);
  });

  it("reads a range of bytes", async () => {
    expect(await read("1\n22\n333\n", {start: 2, end: 5})).toEqual([{line: 1, value: 22, bytes: 2}]);
    expect(await read("1\n22\n333\n", {start: 2, end: 2})).toEqual([]);
  });

  it("reads lines far longer than its buffer", async () => {
    const long = "é".repeat(5_000_000);
    const lines = await read(`1\n${JSON.stringify(long)}\n2\n`);
    expect(lines.map(({value}) => (value === long ? "long" : value))).toEqual([1, "long", 2]);
  });

  it("names path and line of what is no JSON, no UTF-8, or too long", async () => {
    const path = join(folder, "a.jsonl");
    await expect(read('{"a":1}\n{"a":\n')).rejects.toThrow(`${path}:2: expected JSON, got "{\\"a\\":"`);
    await expect(read(Buffer.from([0x31, 10, 0x22, 0xff, 0x22, 10]))).rejects.toThrow(`${path}:2: expected UTF-8`);
    await expect(read(`1\n${"2".repeat(3_000_000)}\n`, {longest: 1_000_000})).rejects.toThrow(
      `${path}:2: expected a line of at most 1000000 bytes`
    );
  });
});
