import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test, vi} from "vitest";
import type {Models} from "../../lib/endpoints/models.js";
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

    const lines: string[] = [];
    const {card} = await runFactory({recipe, folder, out, workers: 1, log: (line) => lines.push(line)});
    expect(lines.filter((line) => line.startsWith("spent so far: "))).toEqual([
      expect.stringMatching(new RegExp(` EUR, \\d+ tokens, ${server.counts.chat} requests paid$`))
    ]);
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
    // A data set of an earlier table of families is as sound as it was.
    const cardFile = join(out, "data-card.json");
    const written = readFileSync(cardFile, "utf8");
    const earlier = written.replace(/"families": ?"\d+"/, '"families": "0"');
    expect(earlier).not.toBe(written);
    writeFileSync(cardFile, earlier);
    expect((await check(out)).findings).toEqual([]);
    writeFileSync(cardFile, written);
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

test("a run whose chunks are lost makes them in threads of kept answers, and asks for the one that is missing", async () => {
  const many = join(folder, "many");
  mkdirSync(many);
  // More than one chunk's seeds; the answers that are kept are more than a chunk's worth.
  writeNotes(many, 300);
  const server = await serveModels(askedModel, {keep: 0});
  const recipe = parseRecipe(askingRecipe(server.url, "perSeed: 1").replace("{promote: [critic-relevance]}", "{}"));
  const out = join(many, "out");
  const usage = () => {
    const [line] = readFileSync(join(out, "meta/run.jsonl"), "utf8").trim().split("\n");
    const {models} = JSON.parse(line) as {models: ReturnType<Models["usage"]>};
    return models;
  };
  try {
    await runFactory({recipe, folder: many, out, workers: 1});
    const [made, first, sent] = [filesOf(out), usage(), server.counts.chat];
    expect(sent).toBeGreaterThanOrEqual(600);
    rmSync(out, {recursive: true});
    const path = join(many, recipe.answers, "answers.jsonl");
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    writeFileSync(path, `${lines.slice(0, -1).join("\n")}\n`);
    await runFactory({recipe, folder: many, out, workers: 1});
    expect(server.counts.chat - sent).toBe(1);
    expect(filesOf(out)).toEqual(made);
    const second = usage();
    expect(second.endpoints.reduce((sum, {paid}) => sum + paid, 0)).toBe(1);
    const told = ({prompts}: typeof first) =>
      prompts.map(({endpoint, prompt, questions, requests, verdicts}) => ({endpoint, prompt, questions, requests, verdicts})); // prettier-ignore
    expect(told(second)).toEqual(told(first));
  } finally {
    server.close();
  }
});
