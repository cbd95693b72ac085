import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {collect} from "../collect.js";
import {readParquet, writeParquet} from "../../lib/io/parquet.js";
import {sha256File} from "../../lib/io/sha256.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-parquet-"));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const columns = {text: "VARCHAR", n: "INTEGER", spans: 'STRUCT("start" INTEGER, "end" INTEGER)[]'};
const made = (n: number) =>
  Array.from({length: n}, (_, i) => ({text: `row ${i} 😀 \u2028`, n: i, spans: [{start: i, end: i + 1}]}));

describe("writeParquet", () => {
  it("brings rows back in their order, lists of structs too", async () => {
    const path = join(folder, "a.parquet");
    await writeParquet(path, columns, made(1000));
    expect((await collect(readParquet(path))).flat()).toEqual(made(1000));
    expect(readdirSync(folder)).toEqual(["a.parquet"]);
  });

  it("gives the same bytes for the same rows", async () => {
    const hashes = [];
    for (const name of ["b", "c"]) {
      await writeParquet(join(folder, name), columns, made(150_000));
      hashes.push(await sha256File(join(folder, name)));
    }
    expect(hashes[0]).toBe(hashes[1]);
  });

  it("leaves nothing behind when the rows fail", async () => {
    const before = readdirSync(folder);
    const rows = function* () {
      yield made(1)[0];
      throw new Error("no more");
    };
    await expect(writeParquet(join(folder, "d.parquet"), columns, rows())).rejects.toThrow("no more");
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe("readParquet", () => {
  it("names a file that is missing or broken", async () => {
    const path = join(folder, "broken.parquet");
    await expect(collect(readParquet(path))).rejects.toThrow(`${path}: expected a file, got nothing there`);
    writeFileSync(path, "PAR1 but not really");
    await expect(collect(readParquet(path))).rejects.toThrow(
      `${path}: expected a Parquet file, got one that cannot be read`
    );
  });
});
