import {cpSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test, vi} from "vitest";
import {rows, withDuckDB} from "../../lib/io/duckdb.js";
import {check} from "../../lib/run/check.js";
import {estimate} from "../../lib/run/estimate.js";
import {runFactory} from "../../lib/run/factory.js";
import {parseRecipe} from "../../lib/run/recipe.js";
import {serveModels} from "../endpoints/modelServer.js";
import {askedModel, askingRecipe, filesOf, writeNotes} from "./askedModels.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-models-"));
vi.stubEnv("ASKED_KEY", "sk-asked-secret");
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, {recursive: true, force: true});
});

const secret = "a held-out passage whose thirteen words nobody but the examiner may ever come to read";
const documents = writeNotes(folder, 16);
writeFileSync(join(folder, "exam.jsonl"), `${JSON.stringify({question: secret, answer: "none"})}\n`);
const recipeOf = (url: string, more?: string) => parseRecipe(askingRecipe(url, "perSeed: 4, accept: 10", more));

/** A file, its column, and what stands there in the rows of the first origin of a data set that somebody has changed. */
const tampered = [
  ["meta/requests.parquet", "kept", "NOT kept"],
  ["meta/votes.parquet", "origin", "origin || '9'"],
  ["meta/votes.parquet", "judge", "'zz'"]
] as const;

test("a recipe that asks models comes to exactly the samples it wants, pays nothing twice and gives the same bytes offline", async () => {
  const server = await serveModels(askedModel);
  const recipe = recipeOf(server.url);
  const out = join(folder, "out");
  try {
    const before = await estimate(recipe, {folder, preview: 4, workers: 1});
    expect(before.steps.map(({generator, previewed}) => [generator, previewed])).toEqual([["question-answer", 4]]);
    const {value, interval} = before.money.EUR;
    expect(interval[0] < value && value < interval[1]).toBe(true);
    const previewed = server.counts.chat;
    expect(before.spent).toEqual({requests: previewed, paid: previewed});

    const {card} = await runFactory({recipe, folder, out, workers: 1});
    const kept = Object.entries(card.counts.byGenerator).filter(([id]) => id.startsWith("question-answer@"));
    expect(kept.map(([id]) => id)).toEqual(["question-answer@a", "question-answer@b"]);
    expect(kept.reduce((sum, [, one]) => sum + one.kept, 0)).toBe(10);
    expect(card.counts.byReason.refused).toBeGreaterThan(0);
    expect(card.counts.generated).toBe(card.counts.kept + card.counts.rejected);
    expect(card.tiers.T2.rows).toBe(10);
    expect(card.models!.asked.map(({role, endpoint, family}) => [role, endpoint, family])).toEqual([
      ["generate", "a", "qwen"],
      ["generate", "b", "llama"],
      ["judge", "j0", "mistral"],
      ["judge", "j1", "gemma"],
      ["judge", "j2", "phi"]
    ]);
    const asked = card.models!.asked.reduce((sum, {requests}) => sum + requests, 0);
    // Each of them was sent once, the preview's among them, and facts that two drafts share once for both.
    expect(server.counts.chat).toBeLessThanOrEqual(asked);
    expect((await check(out)).findings).toEqual([]);
    for (const [path, field, sql] of tampered) {
      const spoilt = join(folder, "spoilt");
      cpSync(out, spoilt, {recursive: true, filter: (from) => !from.endsWith(".store")});
      const file = join(spoilt, path);
      await withDuckDB(async (db) => {
        await db.run(`CREATE TABLE it AS SELECT * FROM read_parquet('${file}')`);
        await db.run(`COPY (SELECT * REPLACE (CASE WHEN origin = (SELECT min(origin) FROM it) THEN ${sql} ELSE ${field} END AS ${field}) FROM it) TO '${file}' (FORMAT parquet)`); // prettier-ignore
      });
      const {findings} = await check(spoilt);
      expect(findings.filter((one) => one.file === path && one.field !== "sha256" && one.field !== "bytes")).toEqual(
        expect.arrayContaining([expect.objectContaining({file: path, field})])
      );
      rmSync(spoilt, {recursive: true});
    }

    const sent = server.counts.chat;
    const made = filesOf(out);
    expect((await runFactory({recipe, folder, out, workers: 1})).changed).toBe(false);
    rmSync(out, {recursive: true});
    server.close();
    await runFactory({recipe, folder, out, workers: 2});
    expect(server.counts.chat).toBe(sent);
    expect(filesOf(out)).toEqual(made);
    for (const [path, bytes] of [...filesOf(out), ...filesOf(join(folder, ".ballast"))])
      expect([path, Buffer.from(bytes, "base64").includes("sk-asked-secret")]).toEqual([path, false]);
    const [{votes}] = await withDuckDB((db) => rows(db, `SELECT count(*) AS votes FROM '${join(out, "meta/votes.parquet")}' WHERE answer = 'pass'`)); // prettier-ignore
    expect(votes as number).toBeGreaterThanOrEqual(30);
  } finally {
    server.close();
  }
});

test("a step that cannot come to its samples says so with its numbers, and a held-out text reaches no server", async () => {
  const server = await serveModels(() => ({text: "", refusal: "no"}));
  writeFileSync(join(folder, "notes.jsonl"), `${JSON.stringify({text: `${documents[0]} ${secret}`})}\n`, {flag: "a"});
  const recipe = recipeOf(server.url, "contamination: {benchmarks: [exam.jsonl]}\nanswers: .ballast/other");
  try {
    await expect(runFactory({recipe, folder, out: join(folder, "none"), workers: 1})).rejects.toThrow(
      /generate\[1\]\.accept: expected 10 kept samples of question-answer, got 0 of \d+ drafts/
    );
    expect(server.counts.chat).toBeGreaterThan(0);
    expect(JSON.stringify(server.asked)).not.toContain("nobody but the examiner");
  } finally {
    server.close();
  }
});
