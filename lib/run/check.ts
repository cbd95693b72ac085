import {mkdtemp, readFile, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {isDeepStrictEqual} from "node:util";
import type {DuckDBConnection} from "@duckdb/node-api";
import {parse as parseYaml} from "yaml";
import type {z} from "zod";
import {builtinTokenizer} from "../io/assets.js";
import {literal, rows, withDuckDB, type Row} from "../io/duckdb.js";
import {readParquet} from "../io/parquet.js";
import {sha256File} from "../io/sha256.js";
import {DataCard, ShardCard} from "../schema/card.js";
import {Recipe} from "../schema/recipe.js";
import {checkAsked} from "./checkAsked.js";
import {checkContamination} from "./checkContamination.js";
import {checkDuplicates} from "./checkDuplicates.js";
import {checkReject, checkSample, type RowContext} from "./checkRow.js";
import {checkSeeds} from "./checkSeeds.js";
import {checkMedia} from "./checkMedia.js";
import {mediaColumn, rejectColumns, sampleColumns} from "./columns.js";
import {dataCard} from "./dataCard.js";
import {
  auditFile,
  benchmarkReports,
  calibrationFile,
  cardPath,
  datasetFiles,
  metaFiles,
  modelFiles,
  rejectsOf,
  shardsOf
} from "./datasetFiles.js";
import {Findings, type Finding} from "./findings.js";
import {jsonDifferences} from "./jsonDifferences.js";
import {Manifest} from "./manifest.js";
import {personalSpans} from "./piiGuard.js";
import {createSeedLookup} from "./seedLookup.js";
import {shardCard} from "./shardCard.js";

/** What a check found, and how much it looked at. */
export interface Checked {
  name: string;
  files: number;
  kept: number;
  rejected: number;
  /** all findings; `findings` holds the first of them */
  total: number;
  findings: Finding[];
}

const cardName = "data-card.json";

/**
 * Re-computes a data set from its files: hashes, counts, shares, spans, tiers, rules, cluster map, what is held out.
 * Other files in the folder (runs, fits, plans, a site, README.md, meta/run.jsonl) are not looked at. Rows are streamed; in
 * memory stay the held-out texts' index and a bounded part of the seeds.
 *
 * It shows that the files agree with each other, with the recipe in them, and with the rules. It runs no verifier again,
 * and it cannot know of a data set that was made anew throughout by somebody who lies.
 *
 * @throws TypeError where the folder holds no data set
 */
export async function check(folder: string, {limit = 200}: {limit?: number} = {}): Promise<Checked> {
  const there = await stat(join(folder, cardName)).catch(() => null);
  if (there === null) throw new TypeError(`${folder}: expected a data set with ${cardName}, got none`);
  const temporary = await mkdtemp(join(tmpdir(), "ballast-check-"));
  try {
    return await withDuckDB((connection) => checkAll(connection, folder, {temporary, findings: new Findings(limit)}), {
      temporary
    });
  } finally {
    await rm(temporary, {recursive: true, force: true});
  }
}

async function checkAll(
  connection: DuckDBConnection,
  folder: string,
  {temporary, findings}: {temporary: string; findings: Findings}
): Promise<Checked> {
  const card = await readJson(cardName, DataCard);
  const files = await datasetFiles(folder);
  const sound = await checkFiles();
  const recipe = await readRecipe();
  const shards = shardsOf(files).filter((path) => sound.has(path));
  const rejects = rejectsOf(files).filter((path) => sound.has(path));
  const checked = {name: card?.name ?? recipe?.name ?? folder, files: files.length, kept: 0, rejected: 0};
  if (recipe !== null && metaFiles.every((path) => sound.has(path))) {
    const ours = builtinTokenizer();
    const named = card?.tokenizer ?? ours;
    const same = named.sha256 === ours.sha256;
    if (!same) findings.add(cardName, "", "tokenizer.sha256", ours.sha256, named.sha256);
    const source = {folder, recipe, tokenizer: named};
    for (const path of shards) {
      await attempt(cardPath(path), async () => {
        const given = await readJson(cardPath(path), ShardCard);
        if (given !== null) compare(cardPath(path), await shardCard(connection, path, source), given);
      });
    }
    await checkRows(recipe, same);
    await attempt("meta/clusters.parquet", () =>
      checkDuplicates(
        connection,
        {folder, temporary, recipe, kept: all(shards, sampleColumns), rejects: all(rejects, rejectColumns)},
        findings
      )
    );
    if (card?.media !== undefined)
      await attempt("media/", () => {
        const columns = {...sampleColumns, ...mediaColumn};
        return checkMedia(
          connection,
          {folder, kept: all(shards, columns), rejects: all(rejects, {...rejectColumns, ...mediaColumn})},
          findings
        );
      });
    for (const path of modelFiles.filter((name) => sound.has(name)))
      await attempt(path, () =>
        checkAsked(
          connection,
          path,
          {
            ...{folder, recipe, endpoint: path === "meta/votes.parquet" ? "judge" : "endpoint"},
            ...{kept: all(shards, sampleColumns), rejects: all(rejects, rejectColumns)}
          },
          findings
        )
      );
    if (sound.has("meta/contamination.parquet"))
      await attempt("meta/contamination.parquet", () =>
        checkContamination(
          connection,
          {folder, recipe, kept: all(shards, sampleColumns), rejects: all(rejects, rejectColumns)},
          findings
        )
      );
    if (sound.size === files.length) await attempt(cardName, () => checkCard(source));
    else findings.add(cardName, "", "", "a card that can be re-computed", "files that cannot be read");
  }
  return {...checked, total: findings.total, findings: findings.list};

  /** Compares the files with the card's list; returns those that can be read. */
  async function checkFiles(): Promise<Set<string>> {
    const readable = new Set<string>();
    const known = new Set([
      ...shardsOf(files),
      ...shardsOf(files).map(cardPath),
      ...rejectsOf(files),
      ...metaFiles,
      ...modelFiles,
      calibrationFile,
      auditFile,
      ...benchmarkReports
    ]);
    for (const path of new Set([...metaFiles, ...Object.keys(card?.files ?? {})]))
      if (!files.includes(path)) findings.add(path, "", "", "a file of the data set", "nothing there");
    for (const path of files) {
      if (!known.has(path)) findings.add(path, "", "", "no file of this name in a data set", "a file");
      const listed = card !== null && Object.hasOwn(card.files, path) ? card.files[path] : undefined;
      if (card !== null && listed === undefined)
        findings.add(path, "", "", `a file that ${cardName} lists`, "one that it does not list");
      await attempt(path, async () => {
        const whole = join(folder, path);
        const hash = await sha256File(whole);
        const {size} = await stat(whole);
        if (listed !== undefined && hash !== listed.sha256) findings.add(path, "", "sha256", listed.sha256, hash);
        if (listed !== undefined && size !== listed.bytes) findings.add(path, "", "bytes", listed.bytes, size);
        let n: number | null = null;
        if (path.endsWith(".parquet")) {
          const columns = path.startsWith("data/") ? sampleColumns : path.startsWith("rejects/") ? rejectColumns : null;
          const more = card?.media === undefined ? {} : mediaColumn;
          if (columns !== null && !(await expectColumns(path, {...columns, ...more}))) return;
          // Every value is read, so that a page that cannot be unpacked is found here.
          const [row] = await rows(
            connection,
            `SELECT count(*) AS n, max(hash(t)::VARCHAR) AS value FROM read_parquet(${literal(whole)}) AS t`
          );
          n = row.n as number;
        }
        if (listed !== undefined && n !== listed.rows) findings.add(path, "", "rows", listed.rows, n);
        readable.add(path);
      });
    }
    return readable;
  }

  async function expectColumns(path: string, columns: Readonly<Record<string, string>>): Promise<boolean> {
    const described = await rows(connection, `DESCRIBE SELECT * FROM read_parquet(${literal(join(folder, path))})`);
    const got = described.map((row) => row.column_name as string).join(", ");
    const expected = Object.keys(columns).join(", ");
    if (got !== expected) findings.add(path, "", "columns", expected, got);
    return got === expected;
  }

  async function readRecipe(): Promise<Recipe | null> {
    const path = "meta/recipe.yaml";
    const text = await readFile(join(folder, path), "utf8").catch(() => null);
    if (text === null) return null;
    let value: unknown;
    try {
      value = parseYaml(text);
    } catch (error) {
      findings.add(path, "", "", "YAML", (error as Error).message);
      return null;
    }
    return report(path, Recipe, value);
  }

  async function readJson<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T> | null> {
    const text = await readFile(join(folder, path), "utf8").catch(() => null);
    if (text === null) {
      findings.add(path, "", "", "a file of the data set", "nothing there");
      return null;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      findings.add(path, "", "", "JSON", (error as Error).message);
      return null;
    }
    return report(path, schema, value);
  }

  function report<T extends z.ZodType>(path: string, schema: T, value: unknown): z.infer<T> | null {
    const {data, error} = schema.safeParse(value);
    for (const issue of error?.issues ?? [])
      findings.add(
        path,
        "",
        issue.path.map(String).join("."),
        issue.message.replace(/^Invalid input: /, ""),
        "something else"
      );
    return (data as z.infer<T> | undefined) ?? null;
  }

  function compare(path: string, expected: unknown, got: unknown): void {
    for (const difference of jsonDifferences(expected, got))
      findings.add(path, "", difference.path, difference.expected, difference.got);
  }

  async function checkRows(recipe: Recipe, recount: boolean): Promise<void> {
    const {threshold, shingle} = recipe.dedup;
    const heldOut = await checkSeeds(connection, folder, {threshold, shingle}, findings);
    const lookup = createSeedLookup(connection, join(folder, "meta", "seeds.parquet"));
    const context = {
      policy: recipe.policy,
      benchmarks: recipe.contamination.benchmarks.length > 0,
      tokenizer: recount ? builtinTokenizer() : null,
      heldOut,
      personal: personalSpans(recipe)
    };
    for (const path of [...shards, ...rejects]) {
      const [root, domain, tier] = path.split("/");
      await attempt(path, async () => {
        for await (const batch of readParquet(join(folder, path))) {
          const seeds = await lookup(batch.flatMap(seedsOf));
          for (const row of batch) {
            const at: RowContext = {...context, seeds, domain};
            const add = (field: string, expected: unknown, got: unknown) =>
              findings.add(path, String(root === "data" ? row.id : row.origin), field, expected, got);
            if (root === "data") checkSample(row, tier, at, add);
            else checkReject(row, at, add);
          }
          if (root === "data") checked.kept += batch.length;
          else checked.rejected += batch.length;
        }
      });
    }
  }

  async function checkCard(source: Parameters<typeof dataCard>[1]): Promise<void> {
    const expected = await dataCard(connection, source);
    // Families are compared themselves: the table that they stand in may have grown since.
    if (expected.models !== null && card !== null && card.models !== null)
      expected.models.families = card.models.families;
    // Files were compared one by one before.
    if (card !== null) compare(cardName, {...expected, files: {}}, {...card, files: {}});
    for (const {rule, statement, value, bound, ok} of expected.rules)
      if (!ok) findings.add("data/", "", `rules.${rule}`, `${statement}; bound ${bound}`, value);
    const manifest = await readJson("meta/manifest.json", Manifest);
    if (manifest === null) return;
    const drafts = manifest.chunks.reduce((sum, chunk) => sum + chunk.drafts, 0);
    if (drafts !== expected.counts.generated)
      findings.add("meta/manifest.json", "", "chunks", `${expected.counts.generated} drafts, kept and refused`, drafts);
    if (!isDeepStrictEqual(manifest.tokenizer, expected.tokenizer))
      findings.add("meta/manifest.json", "", "tokenizer", expected.tokenizer, manifest.tokenizer);
  }

  function all(paths: readonly string[], columns: Readonly<Record<string, string>>): string {
    if (paths.length > 0) return `read_parquet([${paths.map((path) => literal(join(folder, path))).join(", ")}])`;
    const nothing = Object.entries(columns).map(([name, type]) => `NULL::${type} AS "${name}"`);
    return `(SELECT ${nothing.join(", ")} WHERE false)`;
  }

  /** A file that cannot be read is a finding, and the check goes on. */
  async function attempt(path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      findings.add(path, "", "", "a file that can be read", (error as Error).message.split("\n")[0]);
    }
  }
}

function seedsOf(row: Row): string[] {
  const spans = Array.isArray(row.spans) ? (row.spans as {seed?: unknown}[]) : [];
  return [row.seed, ...spans.map((span) => span?.seed)].filter((hash) => typeof hash === "string");
}
