import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {literal, rows, withDuckDB, type Row} from "../../lib/io/duckdb.js";
import {writeParquet} from "../../lib/io/parquet.js";
import {dedupFiles, type DedupFilesOptions} from "../../lib/run/dedupFiles.js";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "ballast-texts-"))));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const read = (out: string, name: string): Promise<Row[]> =>
  withDuckDB((connection) => rows(connection, `SELECT * FROM read_parquet(${literal(join(out, name))})`));

async function given(name: string, texts: readonly (string | [text: string, n: number])[]): Promise<string> {
  const path = join(folder, name);
  const values = texts.map((text) => (typeof text === "string" ? {text, n: 0} : {text: text[0], n: text[1]}));
  await writeParquet(path, {text: "VARCHAR", n: "INTEGER"}, values);
  return path;
}

async function purge(paths: string[], options: DedupFilesOptions = {}) {
  const out = mkdtempSync(join(folder, "out-"));
  const counts = await dedupFiles(paths, out, {whole: true, workers: 1, ...options});
  return {counts, out, clusters: await read(out, "clusters.parquet")};
}

test("texts are one where the normalisation reads them alike, whole and in order; those without words where equal", async () => {
  const texts = [
    "It was 7 km, or 8.",
    "it was 7 KM or 8",
    "it was 8 km or 7",
    "It was 7 km, or 9.",
    "It was 7 km, or 8. No.",
    "...",
    "…",
    "...",
    "",
    "",
    "Re\u0301sume\u0301",
    "Résumé.",
    "It was 7 km, or 8."
  ];
  const path = await given("texts.parquet", texts);
  const precise = await purge([path]);
  // Of texts that read alike the one of the smaller hash stays, so that the order of rows does not matter.
  const pairs = precise.clusters.map(({member, representative, kind}) => `${member} ${representative} ${kind}`);
  expect(pairs).toEqual([
    "1:1 1:2 normalised",
    "1:8 1:6 exact",
    "1:10 1:9 exact",
    "1:12 1:11 normalised",
    "1:13 1:2 normalised"
  ]);
  expect(precise.counts).toMatchObject({rows: 13, kept: 8, exact: 2, near: 0, normalised: 3, clusters: 4, compared: 0});
  expect(precise.counts.settings).toMatchObject({unit: "text", normalisation: "precise", threshold: 1});
  const turned = await purge([await given("turned.parquet", texts.toReversed())]);
  const kept = async (out: string) => (await read(out, "kept.parquet")).map(({text}) => text).sort();
  expect(await kept(turned.out)).toEqual(await kept(precise.out));
  // Digits count as 0 there: all sentences but the longer are one.
  expect((await purge([path], {preset: "fineweb"})).counts).toMatchObject({kept: 6, exact: 2, normalised: 5});
});

test("a keep rule, files that nothing is removed from, and notes in place of a purge", async () => {
  const path = await given("rule.parquet", [["A b.", 1], ["a, b", 3], ["A B", 2], "c"]); // prettier-ignore
  const held = await given("held.parquet", ["C."]);
  const ruled = await purge([path], {keep: ["n DESC"], against: [held]});
  expect(ruled.clusters.map(({member, representative}) => [member, representative])).toEqual([
    ["1:1", "1:2"],
    ["1:3", "1:2"],
    ["1:4", "against 1:1"]
  ]);
  expect(await read(ruled.out, "kept.parquet")).toEqual([{text: "a, b", n: 3}]);
  const noted = await purge([path], {keep: ["n DESC"], annotate: true});
  expect(readdirSync(noted.out).sort()).toEqual(["annotated.parquet", "clusters.parquet"]);
  expect((await read(noted.out, "annotated.parquet")).map(({duplicate_kind}) => duplicate_kind)).toEqual([
    "normalised",
    null,
    "normalised",
    null
  ]);
  const guard = {cluster: 0.4, source: 1, least: 1};
  await expect(purge([path], {guard})).rejects.toThrow("would lose 2 of all 4 rows, more than 0.4");
  await expect(purge([path], {index: folder})).rejects.toThrow("expected no index with whole texts");
});
