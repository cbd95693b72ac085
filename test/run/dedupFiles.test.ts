import {spawnSync} from "node:child_process";
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, expect, test} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command as contaminationCommand} from "../../lib/cli/contamination.js";
import {command as dedup} from "../../lib/cli/dedup.js";
import {rows, literal, withDuckDB, type Row} from "../../lib/io/duckdb.js";
import {writeParquet} from "../../lib/io/parquet.js";
import {dedupFiles} from "../../lib/run/dedupFiles.js";
import {createRandom} from "../../lib/text/random.js";
import {randomText} from "../dedup/perturb.js";

const random = createRandom("dedupFiles");
const [a, b, c] = [randomText(random, 60), randomText(random, 60), randomText(random, 60)];
// 56 shingles, of which a changed last word takes one: 55 of 57 are shared.
const nearA = a.split(" ").with(59, "changed").join(" ");
const bin = fileURLToPath(new URL("../../bin/ballast.js", import.meta.url));
let folder: string;
const at = (name: string) => join(folder, name);
const jsonl = (name: string, values: readonly unknown[]) => {
  writeFileSync(at(name), values.map((value) => JSON.stringify(value) + "\n").join(""));
  return at(name);
};
const read = (path: string): Promise<Row[]> =>
  withDuckDB((connection) => rows(connection, `SELECT * FROM read_parquet(${literal(path)})`));
const ballast = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], {encoding: "utf8"});

beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "ballast-dedup-"))));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("JSONL and Parquet are purged together; every row is in kept or rejects, with its columns", async () => {
  const lines = jsonl("in.jsonl", [
    {body: a, n: 1},
    {body: b, n: 2},
    {body: a, n: 3}
  ]);
  await writeParquet(at("in.parquet"), {body: "VARCHAR", n: "INTEGER", ceiling: "VARCHAR"}, [
    {body: nearA, n: 4, ceiling: "T0"},
    {body: c, n: 5, ceiling: null}
  ]);
  const out = at("out");
  const deduped = await dedupFiles([lines, at("in.parquet")], out, {text: "body"});
  expect(deduped).toMatchObject({rows: 5, kept: 3, exact: 0, near: 2, clusters: 1, largestCluster: 3});
  expect(readdirSync(out).sort()).toEqual(["clusters.parquet", "kept.parquet", "rejects.parquet"]);
  // The row of ceiling T0 is kept, although it comes later.
  expect((await read(join(out, "kept.parquet"))).map(({n, body}) => [n, body])).toEqual([
    [2, b],
    [4, nearA],
    [5, c]
  ]);
  const of = {representative: "2:1", jaccard: 55 / 57, kind: "near"};
  expect(await read(join(out, "clusters.parquet"))).toEqual([
    {member: "1:1", ...of, superseded: true},
    {member: "1:3", ...of, superseded: true}
  ]);
  expect(await read(join(out, "rejects.parquet"))).toEqual(
    [1, 3].map((n) => ({
      body: a,
      n,
      ceiling: null,
      duplicate_of: "2:1",
      duplicate_kind: "near",
      duplicate_jaccard: 55 / 57
    }))
  );
});

test("rows stay in order, their facts beside them, in files of few rows and many, where few are removed or few stay", async () => {
  const sizes = [5000, 0, 1, 50_000, 3];
  const removedMostly = (n: number) => n >= 10_000 && n < 20_000;
  const bodyOf = (n: number) =>
    removedMostly(n) === (n % 500 !== 0) ? `copy number ${n % 40}` : `alone with its number, which is ${n}`;
  const of: (string | null)[] = [];
  const firsts = new Map<string, string>();
  const files: string[] = [];
  for (const [i, size] of sizes.entries()) {
    files.push(at(`facts-${i}.parquet`));
    const rows = Array.from({length: size}, (_, row) => {
      const n = of.length;
      const body = bodyOf(n);
      of.push(firsts.get(body) ?? null);
      if (of[n] === null) firsts.set(body, `${i + 1}:${row + 1}`);
      return {body, n};
    });
    await writeParquet(files[i], {body: "VARCHAR", n: "INTEGER"}, rows);
  }
  const written = async (name: string) =>
    (await read(join(at("facts"), `${name}.parquet`))).map((row) => [row.n, row.duplicate_of ?? null]);
  const all = of.map((name, n) => [n, name]);
  const willing = {text: "body", guard: {cluster: 1, source: 1, least: 0}};
  await dedupFiles(files, at("facts"), {...willing, annotate: true});
  expect(await written("annotated")).toEqual(all);
  await dedupFiles(files, at("facts"), willing);
  expect(await written("kept")).toEqual(all.filter(([, name]) => name === null));
  expect(await written("rejects")).toEqual(all.filter(([, name]) => name !== null));
});

test("a second pass over what was kept removes nothing", async () => {
  const again = await dedupFiles([at("out/kept.parquet")], at("again"), {text: "body"});
  expect(again).toMatchObject({rows: 3, kept: 3, exact: 0, near: 0});
});

test.each([
  ["a broken line", '{"text": "a"}\n{"text": \n', "broken.jsonl", ":2: expected JSON"],
  ["a line that is no object", "7\n", "number.jsonl", ":1: expected an object, got 7"],
  ["a missing field", '{"text": "a"}\n{"body": "a"}\n', "column.jsonl", ':2: expected a field "text", got body'],
  ["a column of numbers", '{"text": 1}\n', "numbers.jsonl", ":1: text: expected text, got 1"],
  ["a missing text", '{"text": "a"}\n{"text": null}\n', "null.jsonl", ":2: text: expected text, got null"],
  [
    "no UTF-8",
    Buffer.from([...Buffer.from('{"text": "a"}\n{"text": "b'), 0xff, 0x22, 0x7d]),
    "bytes.jsonl",
    ":2: expected UTF-8"
  ],
  ["half of a character", '{"text": "a\\ud83d"}\n', "half.jsonl", ":1: text: expected text, got half of a character"],
  ["a broken Parquet file", "PAR1", "broken.parquet", "expected a file that can be read"],
  ["another format", "a,b\n", "table.csv", "expected a .parquet or .jsonl file"]
])("%s is a clear error that leaves no file", async (_, content, name, message) => {
  writeFileSync(at(name), content);
  await expect(dedup.run([at(name), "--out", at("bad")])).rejects.toThrow(message);
  expect(readdirSync(at("bad"))).toEqual([]);
});

test("wrong flags are misuse", async () => {
  const misused = (run: Promise<number>) => expect(run).rejects.toThrow(Misuse);
  await misused(dedup.run([at("in.jsonl")]));
  await misused(dedup.run([at("in.jsonl"), "--out", at("x"), "--threshold", "80%"]));
  await misused(contaminationCommand.run([at("in.jsonl")]));
});

test("the contamination command prints one JSON document under --json and words without", async () => {
  const held = jsonl("held.jsonl", [{text: a}, {text: b}, {text: "too short to tell"}]);
  const run = b.split(" ").slice(10, 23).join(" ");
  const data = jsonl("data.jsonl", [{text: c}, {text: `${c} ${run}`}, {text: nearA}]);
  const args = ["contamination", data, "--against", held];
  const json = ballast(...args, "--json");
  expect(json.status).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({documents: 3, contaminated: 2, items: 3});
  expect(ballast(...args).stdout).toMatch(/ngram-13/);
  await expect(contaminationCommand.run([at("broken.jsonl"), "--against", at("held.jsonl")])).rejects.toThrow(
    ":2: expected JSON"
  );
});
