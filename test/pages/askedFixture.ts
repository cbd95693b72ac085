import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {stringify} from "yaml";
import {writeParquet} from "../../lib/io/parquet.js";
import {Recipe} from "../../lib/schema/recipe.js";
import {hostile} from "./fixture.js";

/** Writes what models were asked for a data set: two teachers, of which one has no price, and a judge; a name is hostile. */
export async function writeAsked(folder: string): Promise<void> {
  const output = {train: true, jurisdictions: ["EU"], terms: "apache-2.0"};
  const price = {currency: "EUR", input: 1, output: 2};
  const endpoint = {url: "http://127.0.0.1:1/v1", output};
  const recipe = Recipe.parse({
    name: "asked",
    license: "CC0-1.0",
    seeds: [{id: "notes", source: "text", license: "CC0-1.0", kind: "human", domain: "prose"}],
    endpoints: [
      {...endpoint, id: "a", model: "qwen3-32b", price},
      {...endpoint, id: "b", model: hostile[0], family: "made"},
      {...endpoint, id: "j", model: "gemma-3-27b", price}
    ],
    generate: [{generator: "question-answer", from: "notes", teachers: ["a", "b"]}],
    policy: {}
  });
  await writeFile(join(folder, "meta", "recipe.yaml"), stringify(recipe));
  const columns = {
    ...{
      origin: "VARCHAR",
      role: "VARCHAR",
      endpoint: "VARCHAR",
      model: "VARCHAR",
      prompt: "VARCHAR",
      version: "VARCHAR"
    },
    ...{requests: "INTEGER", input: "INTEGER", output: "INTEGER", kept: "BOOLEAN"}
  } as const;
  const row = (i: number, role: string, endpoint: string, prompt: string) => ({
    ...{origin: `question-answer/${i}`, role, endpoint, model: "", prompt, version: "1"},
    ...{requests: 1, input: 1000, output: 500, kept: i % 4 > 0}
  });
  await writeParquet(
    join(folder, "meta", "requests.parquet"),
    columns,
    Array.from({length: 40}, (_, i) => [
      row(i, "generate", i % 2 === 0 ? "a" : "b", "facts"),
      row(i, "generate", i % 2 === 0 ? "a" : "b", "question-answer"),
      ...(i % 4 > 0 ? [row(i, "judge", "j", "critic-support")] : [])
    ]).flat()
  );
  const sent = {retries: 2, errors: 0, latency: {p50: 210, p90: 400, p99: 900}};
  const run = {
    finished: "2026-01-02T03:04:05.000Z",
    models: {endpoints: [{endpoint: "a", requests: 40, paid: 36, sent}]}
  };
  await writeFile(join(folder, "meta", "run.jsonl"), `${JSON.stringify(run)}\n`);
}
