import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {literal, rows, withDuckDB, type Row} from "../../lib/io/duckdb.js";
import {writeParquet} from "../../lib/io/parquet.js";
import {dedupFiles, type DedupFilesOptions} from "../../lib/run/dedupFiles.js";
import {dedupSections} from "../../lib/run/dedupSections.js";
import {semanticFiles} from "../../lib/run/semanticFiles.js";
import {spanFiles, type SpanOptions} from "../../lib/run/spanFiles.js";
import {createRandom} from "../../lib/text/random.js";
import {randomText} from "../dedup/perturb.js";

const random = createRandom("dedupColumns");
const [a, b, c] = [randomText(random, 60), randomText(random, 60), randomText(random, 60)];
// What tables of ours call their columns, and the tables themselves.
const names =
  "action body bytes cuts document duplicates end file first found_spans hash id input jaccard key kind member name pos rank removed repeated representative root row run size source start stop superseded tokens units words".split(
    " "
  );
let folder: string;
const at = (name: string) => join(folder, name);
const read = (path: string): Promise<Row[]> =>
  withDuckDB((connection) => rows(connection, `SELECT * FROM read_parquet(${literal(path)})`));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-dedup-columns-"));
  const values = (text: string, n: number) => ({
    text,
    ...Object.fromEntries(names.map((name) => [name, `${name} ${n}`]))
  });
  const types = {text: "VARCHAR", ...Object.fromEntries(names.map((name) => [name, "VARCHAR"]))};
  const texts = [a, b, a, `${b}\n\n${c}`, c, b];
  await writeParquet(at("in.parquet"), types, texts.map(values));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const willing = {guard: {cluster: 1, source: 1, least: 0}};
const strict = {guard: {cluster: 1, source: 0, least: 0}};
test.each([
  [
    "near duplicates",
    [0, 1, 3, 4],
    (out: string, more: DedupFilesOptions) => dedupFiles([at("in.parquet")], out, more)
  ],
  ["spans", [0, 3], (out: string, more: SpanOptions) => spanFiles([at("in.parquet")], out, {size: 20, ...more})],
  ["equal meanings", [0, 1, 3, 4], (out: string) => semanticFiles([at("in.parquet")], out, {clusterShare: 1})],
  [
    "paragraphs",
    [0, 1, 2, 3, 4, 5],
    (out: string, {annotate}: {annotate?: boolean}) =>
      dedupSections([at("in.parquet")], out, {unit: "paragraph", share: 1, annotate})
  ]
] as const)("%s are purged whatever the columns are called", async (kind, stay, purge) => {
  const out = at(kind);
  const own = (row: Row) => Object.fromEntries(names.map((name) => [name, row[name]]));
  const rowOf = (n: number) => Object.fromEntries(names.map((name) => [name, `${name} ${n}`]));
  await purge(out, willing);
  expect((await read(join(out, "kept.parquet"))).map(own)).toEqual(stay.map(rowOf));
  if (kind === "equal meanings") return;
  await purge(out, {annotate: true});
  expect((await read(join(out, "annotated.parquet"))).map(own)).toEqual([0, 1, 2, 3, 4, 5].map(rowOf));
  if (kind === "paragraphs") return;
  for (const source of ["key", "kind", "member", "name", "removed", "repeated"])
    await expect(purge(out, {...strict, source}), source).rejects.toThrow(`${source} 2 would lose`);
});
