import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test, vi} from "vitest";
import {rows, withDuckDB} from "../../lib/io/duckdb.js";
import {check} from "../../lib/run/check.js";
import {estimate} from "../../lib/run/estimate.js";
import {runFactory} from "../../lib/run/factory.js";
import {parseRecipe} from "../../lib/run/recipe.js";
import {createRandom, type Random} from "../../lib/text/random.js";
import {serveModels, type AskedModel, type Reply} from "../endpoints/modelServer.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-models-"));
vi.stubEnv("ASKED_KEY", "sk-asked-secret");
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, {recursive: true, force: true});
});

/** Words of letters alone: a number that no source has would be refused. */
const words = (draw: Random, n: number) =>
  Array.from({length: n}, () =>
    Array.from({length: 4 + draw.int(5)}, () => draw.pick([..."abdegiklmnoprstu"])).join("")
  ).join(" ");
const random = createRandom("models factory");
const sentence = () => `${words(random, 14)}.`;
const secret = "a held-out passage whose thirteen words nobody but the examiner may ever come to read";
const documents = Array.from({length: 16}, () => Array.from({length: 4}, sentence).join(" "));
writeFileSync(join(folder, "notes.jsonl"), documents.map((text) => `${JSON.stringify({text})}\n`).join(""));
writeFileSync(join(folder, "exam.jsonl"), `${JSON.stringify({question: secret, answer: "none"})}\n`);

const judges = ["mistral-small", "gemma-3-27b", "phi-4"];
const recipeOf = (url: string, more = "") =>
  parseRecipe(`
name: asked
license: CC0-1.0
seeds:
  - {id: notes, source: jsonl, path: notes.jsonl, license: CC0-1.0, kind: human, domain: prose}
endpoints:
  - {id: a, url: "${url}", model: qwen3-32b, key: ASKED_KEY, price: {currency: EUR, input: 1, output: 2}, output: &terms {train: true, jurisdictions: [EU], terms: apache-2.0}}
  - {id: b, url: "${url}", model: llama-3.3-70b, key: ASKED_KEY, price: {currency: EUR, input: 1, output: 2}, output: *terms}
${judges.map((model, i) => `  - {id: j${i}, url: "${url}", model: ${model}, price: {currency: EUR, input: 1, output: 2}, output: *terms}`).join("\n")}
critics: {judges: [j0, j1, j2]}
generate:
  - {generator: human, from: notes}
  - {generator: question-answer, from: notes, teachers: [a, b], perSeed: 4, accept: 10}
policy:
  prose: {}
  example: {}
  question-answer: {promote: [critic-relevance]}
${more}`);

/** The value of the first JSON string or list after a label in a prompt. */
function valueAfter(prompt: string, label: string): unknown {
  const from = prompt.indexOf(label) + label.length;
  return JSON.parse(prompt.slice(from).split("\n")[0]);
}

/** A model that does as it is told, now and then refuses, and as a judge quotes what is there. */
function model({body: {messages, model: name, seed}}: AskedModel): Reply {
  const prompt = messages[1].content;
  if (prompt.startsWith("The document, as one JSON string:")) {
    const text = valueAfter(prompt, "The document, as one JSON string:") as string;
    const quotes = text.split(/(?<=\.)\s+/).filter((one) => text.includes(one) && one.split(" ").length > 4);
    return JSON.stringify({facts: quotes.map((quote) => ({fact: `It is said that ${quote}`, quote}))});
  }
  if (prompt.startsWith("Facts, as a JSON list:")) {
    const [fact] = valueAfter(prompt, "Facts, as a JSON list:") as string[];
    const draw = createRandom(name, prompt, String(seed));
    if (draw() < 0.3) return {text: "", refusal: "I would rather not."};
    return JSON.stringify({
      question: `What is said by ${words(draw, 8)}?`,
      answer: `${fact} ${words(draw, 30)}`
    });
  }
  const quote = (valueAfter(prompt, "TEXT:") as string).slice(0, 40);
  return JSON.stringify({verdict: "pass", confidence: 0.9, evidence: quote, reason: "it fits"});
}

const tree = (root: string) =>
  readdirSync(root, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(".store") && entry.name !== "run.jsonl")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(root.length), readFileSync(path).toString("base64")]);

test("a recipe that asks models comes to exactly the samples it wants, pays nothing twice and gives the same bytes offline", async () => {
  const server = await serveModels(model);
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

    const sent = server.counts.chat;
    const made = tree(out);
    expect((await runFactory({recipe, folder, out, workers: 1})).changed).toBe(false);
    rmSync(out, {recursive: true});
    server.close();
    await runFactory({recipe, folder, out, workers: 2});
    expect(server.counts.chat).toBe(sent);
    expect(tree(out)).toEqual(made);
    for (const [path, bytes] of [...tree(out), ...tree(join(folder, ".ballast"))])
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
