import {existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {literal, rows, withDuckDB} from "../../lib/io/duckdb.js";
import {check} from "../../lib/run/check.js";
import {contamination} from "../../lib/run/contamination.js";
import {registerBenchmark} from "../../lib/run/contaminationHashes.js";
import {runFactory} from "../../lib/run/factory.js";
import {parseRecipe} from "../../lib/run/recipe.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-benchmarks-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));
const out = join(folder, "out");

const recipe = (contamination: string) =>
  parseRecipe(`
name: searched
license: CC0-1.0
seeds: [{id: states, source: states, license: CC0-1.0, kind: simulator, domain: math, options: {count: 30}}]
generate: [{generator: word-problems, from: states}, {generator: noisy-problems, from: states}]
policy: {problem: {require: [arithmetic], promote: [arithmetic]}}
rules: {anchor: 0, generators: 1}
contamination: ${contamination}
`);
const run = (contamination: string) => runFactory({recipe: recipe(contamination), folder, out, workers: 1});
const kept = () =>
  withDuckDB((connection) =>
    rows(
      connection,
      `SELECT origin, text FROM read_parquet(${literal(join(out, "data/*/*/*.parquet"))}) ORDER BY origin`
    )
  );

test("a benchmark's items are refused or reported as the recipe says, the report is vouched for, and goes with the recipe", async () => {
  const {card: before} = await run("{}");
  expect(before.contamination).toBeNull();
  expect(existsSync(join(out, "meta", "contamination.parquet"))).toBe(false);
  const [first, second, ...others] = await kept();
  writeFileSync(
    join(folder, "exam.jsonl"),
    [first, second].map(({text}, i) => JSON.stringify({id: `q${i}`, question: text})).join("\n")
  );

  const {card: flagged} = await run("{benchmarks: [exam.jsonl], block: []}");
  expect(flagged.counts).toEqual(before.counts);
  expect(flagged.contamination).toMatchObject({
    blocked: 0,
    benchmarks: [{benchmark: "exam", items: 2, contaminated: 2}]
  });

  const {card: blocked} = await run("{benchmarks: [exam.jsonl]}");
  const left = await kept();
  expect(left.map(({origin}) => origin)).not.toContain(first.origin);
  expect(left.map(({origin}) => origin)).not.toContain(second.origin);
  const n = blocked.counts.byReason["benchmark-overlap"];
  // Of one template others may share thirteen words too; whatever is gone is in the report.
  expect(n).toBeGreaterThanOrEqual(2);
  expect(left.length).toBe(others.length + 2 - n);
  expect(blocked.contamination?.blocked).toBe(n);
  expect(blocked.counts.kept + blocked.counts.rejected).toBe(before.counts.generated);
  expect(readFileSync(join(out, "README.md"), "utf8")).toContain("Benchmarks that were looked for");
  expect((await check(out)).findings).toEqual([]);

  // Who takes the traces of a refused sample out of the report is found out.
  const report = join(out, "meta", "contamination.parquet");
  const without = `SELECT * FROM read_parquet(${literal(report)}) WHERE document <> ${literal(first.origin as string)}`;
  const spoilt = join(folder, "spoilt.parquet");
  await withDuckDB((connection) => connection.run(`COPY (${without}) TO ${literal(spoilt)} (FORMAT parquet)`));
  renameSync(spoilt, report);
  expect((await check(out)).findings).toContainEqual(
    expect.objectContaining({file: "meta/contamination.parquet", row: first.origin, got: "none"})
  );

  await expect(contamination([], [join(folder, "exam.jsonl")], {out})).rejects.toThrow(
    /out: expected a folder without a report of its own, got a data set that was searched/
  );

  const {card: after} = await run("{}");
  expect(after.contamination).toBeNull();
  expect(existsSync(report)).toBe(false);
  expect((await check(out)).findings).toEqual([]);
});

test("hashes of a benchmark do as well, with their key, and a missing one says so", async () => {
  writeFileSync(join(folder, "key"), "only the owner has this\n");
  await registerBenchmark([join(folder, "exam.jsonl")], join(folder, "sealed.jsonl"), {key: "only the owner has this"});
  const {card} = await run("{benchmarks: [sealed.jsonl], key: key}");
  expect(card.contamination?.benchmarks[0]).toMatchObject({items: 2, sealed: 2, contaminated: 2});
  expect(card.counts.byReason["benchmark-overlap"]).toBeGreaterThanOrEqual(2);
  await expect(run("{benchmarks: [sealed.jsonl]}")).rejects.toThrow(/expected the key that its hashes were made with/);
  await expect(run("{benchmarks: [none.jsonl]}")).rejects.toThrow(/none\.jsonl: expected a file, got nothing there/);
});

test("a method that is none is named in the recipe's own line", () => {
  expect(() => recipe("{benchmarks: [exam.jsonl], block: [ngram-14]}")).toThrow(
    /contamination\.block\[0\]: expected one of ngram-13, .*got "ngram-14"/
  );
});
