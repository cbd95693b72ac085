import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {parse} from "yaml";
import {billionths, costOf, costOfPictures} from "../endpoints/cost.js";
import {endpointFamily} from "../endpoints/families.js";
import {literal, rows, withDuckDB} from "../io/duckdb.js";
import {Recipe} from "../schema/recipe.js";
import {clopperPearson} from "../stats/proportion.js";
import type {Artefacts} from "./artefacts.js";

/** Requests of one prompt to one model. */
interface PromptCount {
  role: "generate" | "judge" | "draw";
  endpoint: string;
  model: string;
  family: string;
  prompt: string;
  version: string;
  requests: number;
  /** tokens */
  input: number;
  output: number;
  /** drafts that it was asked for or about, those kept, and the exact 95 % interval of their share */
  drafts: number;
  kept: number;
  interval: [number, number];
  /** by the recipe's price; null where it has none */
  money: number | null;
  currency: string | null;
}

/** Models of a data set, as a page shows them. */
export interface Teachers {
  prompts: PromptCount[];
  /** drafts by the models that wrote them and what became of them; "kept" is one reason among the others */
  fates: {writers: string; reason: string; drafts: number}[];
  /** each endpoint in each run of the factory that asked it: volatile, from meta/run.jsonl */
  runs: {
    finished: string;
    endpoint: string;
    requests: number;
    paid: number;
    retries: number;
    errors: number;
    latency: {p50: number; p90: number; p99: number} | null;
  }[];
}

/** What models were asked for a data set, and what came of it; null where none was asked. */
export async function teachers({requests, shards, rejects, source}: Artefacts): Promise<Teachers | null> {
  if (requests === null) return null;
  const {endpoints} = Recipe.parse(parse(await readFile(join(source, "meta", "recipe.yaml"), "utf8")));
  return withDuckDB(async (connection) => {
    const counted = await rows(
      connection,
      `SELECT role, endpoint, prompt, version, sum(requests)::BIGINT AS requests, sum(input)::BIGINT AS input,
         sum(output)::BIGINT AS output, count(DISTINCT origin) AS drafts, count(DISTINCT origin) FILTER (kept) AS kept
       FROM read_parquet(${literal(requests)}) GROUP BY ALL ORDER BY ALL`
    );
    const prompts = counted.map((row) => {
      const endpoint = endpoints.find(({id}) => id === row.endpoint)!;
      const {role, requests: sent, drafts, kept, input, output} = row as unknown as PromptCount;
      const cost =
        role === "draw" ? costOfPictures(sent, endpoint.price) : costOf({input, cached: 0, output}, endpoint.price);
      return {
        ...row,
        ...{model: endpoint.model, family: endpointFamily(endpoint)},
        interval: clopperPearson(kept, drafts),
        money: cost.currency === null ? null : cost.money / billionths,
        currency: cost.currency
      } as PromptCount;
    });
    const of = (files: readonly string[], reason: string) =>
      files.length === 0
        ? []
        : [`SELECT generator, ${reason} AS reason FROM read_parquet([${files.map(literal).join(", ")}])`];
    const fates = await rows(
      connection,
      `SELECT split_part(generator, '@', 2) AS writers, reason, count(*) AS drafts
       FROM (${[...of(shards, "'kept'"), ...of(rejects, "reason")].join(" UNION ALL ")})
       WHERE contains(generator, '@') GROUP BY ALL ORDER BY writers, drafts DESC, reason`
    );
    return {prompts, fates: fates as unknown as Teachers["fates"], runs: await runsOf(source)};
  });
}

interface RunLine {
  finished: string;
  models?: {
    endpoints: {
      endpoint: string;
      requests: number;
      paid: number;
      sent: Pick<Teachers["runs"][number], "retries" | "errors" | "latency">;
    }[];
  } | null;
}

async function runsOf(source: string): Promise<Teachers["runs"]> {
  const text = await readFile(join(source, "meta", "run.jsonl"), "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      const {finished, models} = JSON.parse(line) as RunLine;
      return (models?.endpoints ?? [])
        .filter(({requests}) => requests > 0)
        .map(({endpoint, requests, paid, sent: {retries, errors, latency}}) => ({
          ...{finished, endpoint, requests, paid, retries, errors, latency}
        }));
    });
}
