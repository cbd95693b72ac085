import {spawnSync} from "node:child_process";
import {cpSync, existsSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, expect, test} from "vitest";
import {builtinTokenizer} from "../../lib/io/assets.js";
import {literal, rows, withDuckDB} from "../../lib/io/duckdb.js";
import {sha256} from "../../lib/io/sha256.js";
import {writeCards} from "../../lib/run/cards.js";
import {check} from "../../lib/run/check.js";
import {madeDataSet, recipe} from "./madeDataSet.js";

const t0 = "data/prose/T0/part-00000.parquet";
const t2 = "data/math/T2/part-00000.parquet";
const bin = fileURLToPath(new URL("../../bin/ballast.js", import.meta.url));
let folder: string;
let made: string;

beforeAll(async () => {
  ({folder, made} = await madeDataSet());
}, 120_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** A copy of the data set that a test may spoil. */
function copy(name: string): string {
  const to = join(folder, name.replace(/\W+/g, "-").slice(0, 60));
  cpSync(made, to, {recursive: true, filter: (path) => !path.endsWith(".store")});
  return to;
}

/** Rewrites a Parquet file by a query over `it`; with `cards`, all cards are made anew, as a careful liar would. */
async function rewrite(out: string, path: string, sql: string, {cards = true} = {}): Promise<void> {
  await withDuckDB(async (connection) => {
    const file = join(out, path);
    await connection.run(`CREATE TABLE it AS SELECT row_number() OVER () AS n, * FROM read_parquet(${literal(file)})`);
    await connection.run(`COPY (SELECT * EXCLUDE (n) FROM (${sql}) ORDER BY n) TO ${literal(file)} (FORMAT parquet)`);
    if (cards) await writeCards(connection, {folder: out, recipe, tokenizer: builtinTokenizer()});
  });
}

/** One value of a Parquet file. */
async function value(out: string, path: string, sql: string): Promise<string> {
  const [row] = await withDuckDB((connection) =>
    rows(connection, `SELECT ${sql} AS value FROM read_parquet(${literal(join(out, path))}) LIMIT 1`)
  );
  return row.value as string;
}

test("a data set as the factory made it is sound, and the command says so", async () => {
  const {total, findings, kept, rejected} = await check(made);
  expect(findings).toEqual([]);
  expect(total).toBe(0);
  expect(kept).toBeGreaterThan(200);
  expect(rejected).toBeGreaterThan(20);
  const {status, stdout} = spawnSync(process.execPath, [bin, "check", made, "--json"], {encoding: "utf8"});
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ok: true, total: 0, findings: []});
});

test("what is no part of the data set is not looked at", async () => {
  const out = copy("beside");
  for (const name of ["runs.parquet", "fit.json", "README.md", "meta/run.jsonl"]) writeFileSync(join(out, name), "x");
  expect((await check(out)).total).toBe(0);
});

test("one changed byte of a shard is named with the shard, wherever it is, by exit code 1", async () => {
  const size = readFileSync(join(made, t2)).length;
  for (const at of [0, 4, size >> 1, size - 10]) {
    const out = copy(`byte ${at}`);
    const bytes = readFileSync(join(out, t2));
    bytes[at] ^= 1;
    writeFileSync(join(out, t2), bytes);
    const {findings} = await check(out);
    expect(findings.filter(({file, field}) => file === t2 && field === "sha256")).toHaveLength(1);
  }
  const {status, stdout} = spawnSync(process.execPath, [bin, "check", join(folder, "byte-4")], {encoding: "utf8"});
  expect(status).toBe(1);
  expect(stdout).toContain(`${t2}: sha256: expected `);
});

test("one count in a shard's card is named by its path in the card", async () => {
  const out = copy("shard card");
  const path = join(out, t0.replace(".parquet", ".card.json"));
  const card = JSON.parse(readFileSync(path, "utf8")) as {generators: {rows: number}[]};
  card.generators[0].rows++;
  writeFileSync(path, JSON.stringify(card));
  const {findings} = await check(out);
  expect(findings).toContainEqual({
    file: t0.replace(".parquet", ".card.json"),
    row: "",
    field: "generators[0].rows",
    expected: String(card.generators[0].rows - 1),
    got: String(card.generators[0].rows)
  });
});

test("one count in the data set's card is named, and nothing else", async () => {
  const out = copy("data card");
  const path = join(out, "data-card.json");
  const text = readFileSync(path, "utf8");
  const card = JSON.parse(text) as {tiers: {T2: {generated: number}}; counts: {byReason: Record<string, number>}};
  card.tiers.T2.generated--;
  card.counts.byReason["arithmetic:wrong-answer"] += 2;
  writeFileSync(path, JSON.stringify(card));
  const {findings} = await check(out);
  expect(findings.map(({file, field}) => [file, field])).toEqual([
    ["data-card.json", 'counts.byReason["arithmetic:wrong-answer"]'],
    ["data-card.json", "tiers.T2.generated"]
  ]);
});

test("a tier label is found out although all hashes and cards were made anew", async () => {
  const out = copy("tier label");
  const id = await value(out, t2, "id");
  await rewrite(out, t2, `SELECT * REPLACE (CASE WHEN id = ${literal(id)} THEN 'T1' ELSE tier END AS tier) FROM it`);
  const {findings} = await check(out);
  expect(findings).toContainEqual({
    file: t2,
    row: id,
    field: "tier",
    expected: "T2, by ceiling, spans and verdicts",
    got: "T1"
  });
});

test("generated text that poses as the anchor is found out by its spans", async () => {
  const out = copy("anchor");
  const id = await value(out, t2, "id");
  await rewrite(
    out,
    t2,
    `SELECT * REPLACE (CASE WHEN id = ${literal(id)} THEN 'T0' ELSE ceiling END AS ceiling, CASE WHEN id = ${literal(id)} THEN 0 ELSE generated END AS generated) FROM it`
  );
  const {findings} = await check(out);
  expect(findings.filter(({row}) => row === id).map(({field}) => field)).toEqual(
    expect.arrayContaining(["spans", "generated", "tier"])
  );
});

test.each([
  ["tokens", "tokens + 1", "tokens"],
  ["text", "text || ' more'", "id"],
  ["domain", "'prose'", "domain"],
  ["seed", "repeat('0', 64)", "seed"],
  ["family", "verdicts[1].family", "verdicts"],
  ["verdicts", "list_transform(verdicts, v -> struct_update(v, ok := false, reason := 'no'))", "tier"]
])("a changed %s of one row is found in its own row", async (column, sql, field) => {
  const out = copy(`row ${column}`);
  const id = await value(out, t2, "id");
  await rewrite(
    out,
    t2,
    `SELECT * REPLACE (CASE WHEN id = ${literal(id)} THEN ${sql} ELSE ${column} END AS ${column}) FROM it`
  );
  const found = (await check(out)).findings.filter((finding) => finding.file === t2 && finding.row === id);
  expect(found.map((finding) => finding.field)).toContain(field);
});

test("a held-out sentence planted in a shard or in a seed is found", async () => {
  const sentence = await value(made, "meta/heldout.parquet", "text[1:200]");
  const out = copy("held out");
  const origin = await value(out, t2, "origin");
  await rewrite(
    out,
    t2,
    `SELECT * REPLACE (CASE WHEN origin = ${literal(origin)} THEN text || ' ' || ${literal(sentence)} ELSE text END AS text) FROM it`
  );
  const planted = await value(
    out,
    t2,
    `(SELECT text FROM read_parquet(${literal(join(out, t2))}) WHERE origin = ${literal(origin)})`
  );
  await rewrite(
    out,
    t2,
    `SELECT * REPLACE (CASE WHEN origin = ${literal(origin)} THEN ${literal(sha256(planted))} ELSE id END AS id) FROM it`
  );
  expect((await check(out)).findings).toContainEqual(
    expect.objectContaining({file: t2, row: sha256(planted), field: "text", expected: "nothing of the held-out texts"})
  );

  const other = copy("held out seed");
  const seed = await value(other, "meta/seeds.parquet", "min(sha256)");
  await rewrite(
    other,
    "meta/seeds.parquet",
    `SELECT * REPLACE (CASE WHEN sha256 = ${literal(seed)} THEN ${literal(sentence)} ELSE text END AS text, 'human' AS kind) FROM it`
  );
  expect((await check(other)).findings).toContainEqual(
    expect.objectContaining({file: "meta/seeds.parquet", row: seed, field: "text"})
  );
});

test("files that are missing, or were added, are named", async () => {
  const out = copy("files");
  rmSync(join(out, t0));
  writeFileSync(join(out, "data/extra.bin"), "x");
  const {findings} = await check(out);
  expect(findings).toContainEqual({
    file: t0,
    row: "",
    field: "",
    expected: "a file of the data set",
    got: "nothing there"
  });
  expect(findings.filter(({file}) => file === "data/extra.bin").length).toBe(2);
});

test("a dropped reject, a doubled sample and a false cluster map are found although the cards were made anew", async () => {
  const rejects = "rejects/prose/part-00000.parquet";
  expect(existsSync(join(made, rejects))).toBe(true);
  const dropped = copy("dropped");
  await rewrite(dropped, rejects, "SELECT * FROM it WHERE n > 1");
  expect((await check(dropped)).findings.map(({file}) => file)).toContain("meta/manifest.json");

  const doubled = copy("doubled");
  await rewrite(doubled, t2, "SELECT * FROM it UNION ALL (SELECT * REPLACE (origin || 'b' AS origin) FROM it LIMIT 1)");
  expect((await check(doubled)).findings).toContainEqual(
    expect.objectContaining({file: "data/", field: "text", got: expect.stringContaining("Jaccard 1 to ")})
  );

  const clusters = copy("clusters");
  const member = await value(clusters, "meta/clusters.parquet", "min(member)");
  await rewrite(
    clusters,
    "meta/clusters.parquet",
    `SELECT * REPLACE (CASE WHEN member = ${literal(member)} THEN 0.9 ELSE jaccard END AS jaccard) FROM it`
  );
  expect((await check(clusters)).findings).toContainEqual({
    file: "meta/clusters.parquet",
    row: member,
    field: "jaccard",
    expected: "1",
    got: "0.9"
  });
});

test("a reject with another reason than its verdicts give is found", async () => {
  const out = copy("reason");
  const rejects = "rejects/math/part-00000.parquet";
  const origin = await value(out, rejects, "origin");
  await rewrite(
    out,
    rejects,
    `SELECT * REPLACE (CASE WHEN origin = ${literal(origin)} THEN 'arithmetic:other' ELSE reason END AS reason) FROM it`
  );
  expect((await check(out)).findings).toContainEqual(
    expect.objectContaining({file: rejects, row: origin, field: "reason"})
  );
});

test("rules that the data set's own recipe breaks are found", async () => {
  const out = copy("rules");
  await withDuckDB(async (connection) => {
    const strict = {...recipe, rules: {...recipe.rules, anchor: 0.99}};
    const path = join(out, "meta/recipe.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace(/anchor: [\d.]+/, "anchor: 0.99"));
    await writeCards(connection, {folder: out, recipe: strict, tokenizer: builtinTokenizer()});
  });
  expect((await check(out)).findings).toEqual([
    expect.objectContaining({field: "rules.anchor", expected: "T0 + T1 ≥ 0.99; bound 0.99"})
  ]);
});

test("findings are all counted and the first are kept", async () => {
  const out = copy("many");
  await rewrite(out, t2, "SELECT * REPLACE (tokens + 1 AS tokens) FROM it");
  const {total, findings} = await check(out, {limit: 5});
  expect(findings).toHaveLength(5);
  expect(total).toBeGreaterThan(100);
});

test("a folder without a data set is a clear error", async () => {
  await expect(check(folder)).rejects.toThrow("expected a data set with data-card.json, got none");
});
