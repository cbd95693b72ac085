import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {presetOptions} from "../../lib/dedup/presets.js";
import {stars} from "../../lib/dedup/stars.js";
import {literal, rows, withDuckDB, type Row} from "../../lib/io/duckdb.js";
import {writeParquet} from "../../lib/io/parquet.js";
import {sha256} from "../../lib/io/sha256.js";
import {dedupFiles} from "../../lib/run/dedupFiles.js";
import {defaultGuard} from "../../lib/run/dedupGuard.js";
import {tiers} from "../../lib/schema/tier.js";
import {createRandom} from "../../lib/text/random.js";
import {perturb, randomText} from "../dedup/perturb.js";

const random = createRandom("dedupRows");
const texts = Array.from({length: 150}, () => randomText(random, 10 + random.int(90)))
  .flatMap((text) => [
    text,
    ...(random() < 0.4 ? [text] : []),
    perturb(random, text, 0.02),
    perturb(random, text, 0.03)
  ])
  .concat(["...", ",,,", "...", "", ""])
  .map((text, n) => ({n, text, ceiling: random.pick(tiers), verified: random() < 0.5}));
const columns = {n: "INTEGER", text: "VARCHAR", ceiling: "VARCHAR", verified: "BOOLEAN"};
let folder: string;
const at = (name: string) => join(folder, name);
const write = async (name: string, list: readonly Row[]) => {
  await writeParquet(at(name), columns, list);
  return at(name);
};
const read = (path: string): Promise<Row[]> =>
  withDuckDB((connection) => rows(connection, `SELECT * FROM read_parquet(${literal(path)})`));
const clusters = (out: string) => read(join(out, "clusters.parquet"));

beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "ballast-rows-"))));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("files are purged as stars are made in memory, in any order of files", async () => {
  const third = Math.floor(texts.length / 3);
  const files = [await write("a.parquet", texts.slice(0, third)), await write("b.parquet", texts.slice(third))];
  const one = await dedupFiles(files, at("one"), {workers: 1});
  const two = await dedupFiles([...files].reverse(), at("two"), {workers: 3});
  expect(two).toEqual(one);
  for (const name of ["kept", "rejects", "clusters"])
    expect(readFileSync(at(`two/${name}.parquet`))).toEqual(readFileSync(at(`one/${name}.parquet`)));
  const key = (n: number) => (n < third ? `1:${n + 1}` : `2:${n - third + 1}`);
  // Keys of the same length sort as rows do, which is what parts equal texts of one standing.
  const expected = stars(
    texts.map(({n, text, ...rest}) => ({...rest, text, id: sha256(text), key: String(n).padStart(5, "0")})),
    presetOptions("ballast")
  );
  expect(expected.length).toBeGreaterThan(150);
  expect(
    (await clusters(at("one"))).map(({member, representative, jaccard, kind}) => ({
      member,
      representative,
      jaccard,
      kind
    }))
  ).toEqual(
    expected
      .sort((a, b) => (a.member < b.member ? -1 : 1))
      // What is a copy of a text that a kept one equals is exact; copies of a near duplicate are near.
      .map((edge) => ({...edge, member: key(Number(edge.member)), representative: key(Number(edge.representative))}))
      .map(({member, representative, jaccard, kind}) => ({member, representative, jaccard, kind}))
  );
  expect(one.kept + one.exact + one.near).toBe(texts.length);
  expect((await read(at("one/kept.parquet"))).length).toBe(one.kept);
  expect(existsSync(at("one/.ballast-dedup"))).toBe(false);
});

test("annotating keeps every row in its place and says what each duplicates", async () => {
  const annotated = await dedupFiles([at("a.parquet"), at("b.parquet")], at("notes"), {annotate: true, workers: 2});
  const all = await read(at("notes/annotated.parquet"));
  expect(all.map(({n}) => n)).toEqual(texts.map(({n}) => n));
  expect(all.filter((row) => row.duplicate_of !== null).length).toBe(annotated.exact + annotated.near);
  expect(existsSync(at("notes/kept.parquet"))).toBe(false);
});

test("the guard stops a purge before a row is written, and shows what it would have removed", async () => {
  const copies = Array.from({length: 150}, (_, n) => ({...texts[0], n}));
  const path = await write("copies.parquet", copies);
  await expect(dedupFiles([path], at("guarded"), {workers: 1})).rejects.toThrow(
    /cluster of 1:\d+ would lose 149 of all 150 rows.*\n.*copies\.parquet would lose 149 of its 150 rows[^]*J = 1\.000/
  );
  expect(existsSync(at("guarded/kept.parquet"))).toBe(false);
  expect((await clusters(at("guarded"))).length).toBe(149);
  const allowed = await dedupFiles([path], at("guarded"), {workers: 1, guard: {cluster: 1, source: 1, least: 0}});
  expect(allowed).toMatchObject({rows: 150, kept: 1, exact: 149, largestCluster: 150});
});

test("nothing is removed from what rows are compared with, and a keep rule of one's own decides", async () => {
  const [base] = texts;
  const near = base.text.split(" ").with(0, "changed").join(" ");
  const seeds = await write("seeds.parquet", [
    {...base, ceiling: "T3"},
    {...base, text: near}
  ]);
  const fresh = await write("fresh.parquet", [{...base, ceiling: "T0"}, texts[400 % texts.length]]);
  const found = await dedupFiles([fresh], at("against"), {against: [seeds], workers: 1});
  expect(found).toMatchObject({rows: 2, kept: 1, exact: 1});
  expect(await clusters(at("against"))).toMatchObject([{member: "1:1", representative: "against 1:1", kind: "exact"}]);
  const kept = async (keep: string[]) => {
    await dedupFiles([at("copies.parquet")], at("keep"), {keep, workers: 1, guard: {cluster: 1, source: 1, least: 0}});
    return (await read(at("keep/kept.parquet"))).map(({n}) => n);
  };
  expect(await kept(["n DESC"])).toEqual([149]);
  await expect(kept(["nothing"])).rejects.toThrow("keep: expected terms of an ORDER BY");
});

test("an index knows the texts of earlier batches, and a better one supersedes", async () => {
  const index = at("index");
  const [base, , , , other] = texts.filter(({text}) => text.split(" ").length > 40);
  const first = await write("first.parquet", [
    {...base, ceiling: "T2"},
    {...other, ceiling: "T1"},
    {...base, text: ""}
  ]);
  expect(await dedupFiles([first], at("batch"), {index, workers: 1})).toMatchObject({rows: 3, kept: 3});
  const second = await write("second.parquet", [
    {...base, ceiling: "T0"},
    {...other, text: other.text.split(" ").with(0, "changed").join(" "), ceiling: "T1"},
    {...base, text: ""}
  ]);
  const found = await dedupFiles([second], at("batch"), {index, workers: 1});
  expect(found).toMatchObject({rows: 3, kept: 1, exact: 1, near: 1, superseded: 1});
  expect(await clusters(at("batch"))).toMatchObject([
    {member: "1:2", representative: "index 1/1:2", kind: "near", superseded: false},
    {member: "1:3", representative: "index 1/1:3", kind: "exact", superseded: false},
    {member: "index 1/1:1", representative: "1:1", kind: "exact", superseded: true}
  ]);
  // All of the second batch is known by now.
  expect(await dedupFiles([second], at("batch"), {index, workers: 1})).toMatchObject({kept: 0});
  await expect(dedupFiles([second], at("batch"), {index, size: 3, workers: 1})).rejects.toThrow(
    "size: the index was made with 5, got 3"
  );
});

test("one text repeated is compared with nothing, however often", async () => {
  const file = at("repeated.parquet");
  await withDuckDB((connection) =>
    connection.run(`COPY (SELECT 'the same few words again and again' AS text FROM range(20000)) TO ${literal(file)}`)
  );
  const found = await dedupFiles([file], at("repeated"), {workers: 1, guard: {...defaultGuard, cluster: 1, source: 1}});
  expect(found).toMatchObject({rows: 20_000, kept: 1, exact: 19_999, compared: 0, largestCluster: 20_000});
});
