import {spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, expect, test} from "vitest";
import {literal, rows, withDuckDB, type Row} from "../../lib/io/duckdb.js";
import {dedupFiles} from "../../lib/run/dedupFiles.js";
import {dedupSections} from "../../lib/run/dedupSections.js";
import {semanticFiles} from "../../lib/run/semanticFiles.js";
import {spanFiles} from "../../lib/run/spanFiles.js";

const kinds = {
  near: (paths: string[], out: string) => dedupFiles(paths, out, {workers: 1}),
  text: (paths: string[], out: string) => dedupFiles(paths, out, {workers: 1, whole: true}),
  line: (paths: string[], out: string) => dedupSections(paths, out, {unit: "line"}),
  span: (paths: string[], out: string) => spanFiles(paths, out),
  semantic: (paths: string[], out: string) => semanticFiles(paths, out)
};
const every = Object.keys(kinds) as (keyof typeof kinds)[];

let folder: string;
const at = (name: string) => join(folder, name);
const read = (path: string): Promise<Row[]> =>
  withDuckDB((connection) => rows(connection, `SELECT * FROM read_parquet(${literal(path)})`));

/** What lies in a file whose bytes are changed. */
function changed(from: string, to: string, change: (bytes: Buffer) => Buffer): void {
  writeFileSync(at(to), change(readFileSync(at(from))));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-bad-"));
  await withDuckDB(async (connection) => {
    const copy = (sql: string, name: string) =>
      connection.run(`COPY (${sql}) TO ${literal(at(name))} (FORMAT parquet, COMPRESSION uncompressed)`);
    await copy("SELECT 'some text of row ' || i AS text, 'other' || i AS other FROM range(3000) t(i)", "good.parquet");
    await copy("SELECT * FROM (VALUES ('one', 1), (NULL, 2)) t(text, n)", "null.parquet");
    await copy("SELECT 1 AS text", "number.parquet");
    await copy("SELECT 'a' AS body, 2 AS n", "column.parquet");
    await copy("SELECT 'a' AS text, 1 AS other", "other.parquet");
    await copy("SELECT 'a' AS text, {'a': 1} AS other", "struct.parquet");
    await copy("SELECT 'a' AS text WHERE false", "none.parquet");
  });
  const broken = (value: string) => (bytes: Buffer) => bytes.fill(0xff, bytes.indexOf(value), bytes.indexOf(value) + 1);
  changed("good.parquet", "text.parquet", broken("some text of row 2345"));
  changed("good.parquet", "field.parquet", broken("other2987"));
  changed("good.parquet", "short.parquet", (bytes) => bytes.subarray(0, 20_000));
  writeFileSync(at("words.parquet"), "this is no Parquet file");
  writeFileSync(at("empty.jsonl"), "\n");
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const refused = (kind: keyof typeof kinds, name: string, message: string) =>
  expect(kinds[kind]([at(name)], at("bad")), name).rejects.toThrow(`${at(name)}${message}`);

// Whole texts are read as near ones are.
test.each(every.filter((kind) => kind !== "text"))(
  "by %s, what cannot be read is told by row and column",
  async (kind) => {
    await refused(kind, "text.parquet", ", row 2346: text: expected UTF-8, got: ");
    await refused(kind, "field.parquet", ", row 2988: other: expected UTF-8, got: ");
    await refused(kind, "null.parquet", ", row 2: text: expected text, got null");
    expect(readdirSync(at("bad"))).toEqual([]);
  }
);

test("what is no table of texts, or no one table with the others, is told by file and column", async () => {
  await refused("near", "number.parquet", ": text: expected text, got INTEGER");
  await refused("near", "column.parquet", ': expected a column "text", got body, n');
  await refused("near", "short.parquet", ": expected a file that can be read, got: ");
  await refused("near", "words.parquet", ": expected a file that can be read, got: ");
  await refused("near", "nothing.parquet", ": expected a file, got nothing there");
  await expect(kinds.near([at("good.parquet"), at("struct.parquet")], at("bad"))).rejects.toThrow(
    `${at("struct.parquet")}: other: expected VARCHAR as in ${at("good.parquet")}, got STRUCT(a INTEGER)`
  );
  expect(readdirSync(at("bad"))).toEqual([]);
});

test.each(every)("by %s, files without rows and texts without words are no error", async (kind) => {
  const out = at(`none-${kind}`);
  expect(await kinds[kind]([at("none.parquet"), at("empty.jsonl")], out)).toMatchObject({rows: 0});
  expect(await read(join(out, "kept.parquet"))).toEqual([]);
  writeFileSync(at("void.jsonl"), '{"text": "", "day": "2024-01-31"}\n{"text": " … ", "day": "2024-02-01"}\n');
  expect(await kinds[kind]([at("void.jsonl"), at("none.parquet")], out)).toMatchObject({rows: 2});
  // What looks like a date in JSON stays the text it is.
  expect((await read(join(out, "kept.parquet"))).map(({text, day}) => [text, day])).toEqual([
    ["", "2024-01-31"],
    [" … ", "2024-02-01"]
  ]);
});

test("a file that comes twice, whatever it is called, is refused", async () => {
  symlinkSync(at("good.parquet"), at("link.parquet"));
  const twice = (paths: string[], against: string[] = []) =>
    expect(dedupFiles(paths, at("twice"), {workers: 1, against})).rejects;
  await twice([at("good.parquet"), at("good.parquet")]).toThrow("expected every file once, got it twice");
  await twice([at("link.parquet"), at("good.parquet")]).toThrow(`got it twice, also as ${at("good.parquet")}`);
  await twice([at("good.parquet")], [at("good.parquet")]).toThrow("got it twice");
});

test("outputs may lie beside the inputs and never take the place of one; what is no folder is no output folder", async () => {
  const own = at("own");
  mkdirSync(own);
  changed("other.parquet", "own/in.parquet", (bytes) => bytes);
  await dedupFiles([join(own, "in.parquet")], own, {workers: 1});
  expect(readdirSync(own).sort()).toEqual(["clusters.parquet", "in.parquet", "kept.parquet", "rejects.parquet"]);
  for (const kind of every)
    await expect(kinds[kind]([join(own, "kept.parquet")], own)).rejects.toThrow("choose another folder for them");
  // Outputs of another kind would not fit the new ones.
  await dedupSections([join(own, "in.parquet")], own, {unit: "line"});
  expect(readdirSync(own).sort()).toEqual(["cuts.parquet", "in.parquet", "kept.parquet"]);
  for (const kind of every)
    await expect(kinds[kind]([at("other.parquet")], at("good.parquet"))).rejects.toThrow(
      `${at("good.parquet")}: expected a folder that outputs can go to, got EEXIST`
    );
});

test("a disk that is full is told, leaves nothing that looks whole, and the same run goes through later", async () => {
  const out = at("full");
  const bin = fileURLToPath(new URL("../../bin/ballast.js", import.meta.url));
  // A file may not grow beyond 64 KiB, as on a disk without room.
  const limited = `ulimit -f 64; exec "$0" "$1" dedup "$2" --out "$3" --workers 1`;
  const {status, stderr} = spawnSync("bash", ["-c", limited, process.execPath, bin, at("good.parquet"), out], {encoding: "utf8"}); // prettier-ignore
  expect(stderr).toMatch(/full: expected room for the outputs .*got .*file too large/i);
  expect(status).toBe(1);
  expect(readdirSync(out)).toEqual([]);
  expect(await kinds.text([at("good.parquet")], out)).toMatchObject({rows: 3000, kept: 3000});
});
