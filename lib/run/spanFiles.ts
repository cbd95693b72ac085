import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {createSpanReader, type SpanReading} from "../dedup/spanReader.js";
import {identifier, literal, rows} from "../io/duckdb.js";
import type {Progress} from "../io/progress.js";
import {defaultGuard, overGuard, type DedupGuard, type Loss} from "./dedupGuard.js";
import type {DedupInput} from "./dedupInputs.js";
import {writeOutputs} from "./dedupOutputs.js";
import {shownKey, viewRows} from "./dedupView.js";
import {spanDocuments} from "./spanDocuments.js";
import {spanProofs, type ProvedSpan} from "./spanProofs.js";
import {spanRepeats, type SpanDocuments} from "./spanRepeats.js";
import {withDedupInputs} from "./withDedupInputs.js";
import {withRoom} from "./withRoom.js";

export interface SpanOptions extends SpanReading {
  /** column that holds the text */
  text?: string;
  /** tokens from which a repeated span counts, at least 2 */
  size?: number;
  /**
   * share of a document's tokens from which, when so many are repeated, it is dropped rather than cut, in (0, 1]; the
   * default is the containment at which near duplicates are called duplicates
   */
  most?: number;
  /** only tell: nothing is cut or dropped */
  annotate?: boolean;
  /** shares of tokens; `least` counts spans of `size` tokens */
  guard?: DedupGuard;
  /** column that names a row's source for the guard; the file by default */
  source?: string;
  progress?: (label: string, total: number) => Progress;
}

/** What a purge of repeated spans found and did. */
export interface SpanCounts {
  rows: number;
  /** rows in kept.parquet, of which `cut` lost a span; and those in rejects.parquet */
  kept: number;
  cut: number;
  dropped: number;
  /** rows of spans.parquet */
  spans: number;
  /** tokens of all rows, and those that stand in repeated spans */
  tokens: number;
  repeatedTokens: number;
  /** spans whose hashes agree and whose tokens do not: nothing was cut there, and a repeat may have been missed */
  collisions: number;
  /** the files, by their numbers in row names */
  files: string[];
}

/**
 * Finds every span of `size` tokens or more that stands in two documents of Parquet and JSONL files, or twice in one, and
 * cuts the later; where most of a document is repeated, and no span leads to it, the document is dropped. Writes
 * into `out`, each whole or not at all: kept.parquet (the input's columns, rows in their order, text without the spans);
 * rejects.parquet (rows that were dropped, their text whole, with repeated_tokens and text_tokens); spans.parquet (document,
 * start, end, tokens, run, repeats, repeats_start, repeats_end, action). With `annotate`, annotated.parquet holds all rows as
 * they came with the two numbers, in place of kept and rejects.
 *
 * The first by the keep rule of keepOrder keeps its text (columns ceiling and verified count, where they are); what a span
 * repeats is never itself a repeat. Files count in the order of their paths; rows are named "<file>:<row>" from 1; start and end are UTF-16 code units of the text;
 * run is the length in tokens of the shared run that justifies the cut, at least `size`. A row whose text equals another's
 * is one span, which repeats that row. The same for any order of files. Memory is bounded; large things spill under `out`.
 *
 * It finds copies, whatever their case and punctuation, and no copy with a token changed within every `size`.
 * Source of 50 tokens: Lee et al. (2021), arXiv:2107.06499, section 4.1.
 *
 * @throws TypeError naming file, row and column; Error where the guard stops the run: spans.parquet is there then, and
 *   nothing else
 */
export async function spanFiles(
  paths: readonly string[],
  out: string,
  {
    text = "text",
    size = 50,
    most = 0.8,
    annotate = false,
    guard = defaultGuard,
    source,
    progress = () => ({update() {}, end() {}}),
    ...reading
  }: SpanOptions = {}
): Promise<SpanCounts> {
  if (!Number.isInteger(size) || size < 2) throw new RangeError(`expected spans of 2 tokens or more, got ${size}`);
  if (!(most > 0 && most <= 1)) throw new RangeError(`expected a share in (0, 1], got ${most}`);
  const reserved = ["repeated_tokens", "text_tokens"];
  return withDedupInputs(paths, out, {text, reserved}, async ({connection, inputs, folder}) => {
    const columns = await viewRows(connection, inputs, text);
    if (source !== undefined && !columns.has(source))
      throw new TypeError(`source: expected a column, got ${JSON.stringify(source)}`);
    await order(connection, columns, text);
    const bars = ["marking what may repeat: texts", "hashing it: texts"];
    const documents = await spanDocuments(connection, (total) => progress(bars.shift()!, total));
    const read = createSpanReader(reading);
    const repeats = await spanRepeats(documents, read, {size, folder});
    const {starts} = repeats;
    const lengths = (position: number) => starts[position + 1] - starts[position];
    // By document: repeated tokens, and whether a span leads to it, also one of its own: then it is the only place left.
    const repeated = new Float64Array(documents.count);
    const needed = new Uint8Array(documents.count);
    let collisions = 0;
    const bar = progress("comparing: spans", repeats.pieces.count);
    let compared = 0;
    const spans = await connection.createAppender("found_spans", "main", "temp");
    for await (const batch of spanProofs(documents, read, repeats)) {
      for (const span of batch) {
        if (!span.proved) collisions++;
        else {
          repeated[span.document] += span.tokens;
          needed[span.root] = 1;
          append(spans, span);
        }
      }
      spans.flushSync();
      bar.update((compared += batch.length));
    }
    bar.end();
    spans.closeSync();
    const fates = await connection.createAppender("fates", "main", "temp");
    for (let position = 0; position < documents.count; position++) {
      const share = repeated[position] / lengths(position);
      fates.appendBigInt(BigInt(position));
      fates.appendBigInt(BigInt(lengths(position)));
      fates.appendBigInt(BigInt(repeated[position]));
      fates.appendBoolean(share >= most && needed[position] === 0);
      fates.endRow();
      if (position % 65_536 === 0) fates.flushSync();
    }
    fates.closeSync();
    await tell(connection, {size, annotate});
    const spansSql = `SELECT ${shownKey("key")} AS document, "start", "end", tokens, run, ${shownKey("root")} AS repeats,
       root_start AS repeats_start, root_end AS repeats_end, action FROM told ORDER BY told.key, "start"`;
    const stopped = annotate ? null : await stop(connection, inputs, {text, size, guard, source});
    if (stopped !== null) {
      await writeOutputs(connection, {spans: spansSql}, {out, folder});
      throw new Error(
        `${stopped}\nnothing was cut; ${join(out, "spans.parquet")} has every span. raise --cluster-share or --source-share if this is right, or use --annotate`
      );
    }
    if (!annotate) await cut(connection, documents);
    const own = Array.from(columns.keys(), (name) => `input.${identifier(name)}`);
    const counts = "row_fates.repeated AS repeated_tokens, row_fates.tokens AS text_tokens";
    const left = own.map((name) =>
      name === `input.${identifier(text)}` ? `coalesce(cut_texts.text, ${name}) AS ${identifier(text)}` : name
    );
    const from = `FROM input JOIN row_fates ON row_fates.key = "row key"`;
    const inOrder = `ORDER BY "row file", file_row_number`;
    const tables = annotate
      ? {annotated: `SELECT ${own.join(", ")}, ${counts} ${from} ${inOrder}`}
      : {
          kept: `SELECT ${left.join(", ")} ${from} LEFT JOIN cut_texts ON cut_texts.pos = row_fates.pos WHERE NOT row_fates.dropped ${inOrder}`,
          rejects: `SELECT ${own.join(", ")}, ${counts} ${from} WHERE row_fates.dropped ${inOrder}`
        };
    await writeOutputs(connection, {spans: spansSql, ...tables}, {out, folder});
    const [counted] = await rows(
      connection,
      `SELECT count(*) AS rows, count(*) FILTER (NOT dropped) AS kept,
         ${annotate ? "0" : "count(*) FILTER (NOT dropped AND repeated > 0)"} AS cut, count(*) FILTER (dropped) AS dropped,
         (SELECT count(*) FROM told) AS spans, coalesce(sum(tokens), 0)::BIGINT AS tokens,
         coalesce(sum(repeated), 0)::BIGINT AS "repeatedTokens" FROM row_fates`
    );
    const told = counted as unknown as Omit<SpanCounts, "collisions" | "files">;
    return {...told, collisions, files: inputs.map(({path}) => path)};
  });
}

/** Tables of the distinct texts in keep order, and of which row has which. */
async function order(connection: DuckDBConnection, columns: Map<string, string>, text: string): Promise<void> {
  // The keep rule of keepOrder.ts in SQL: tier names sort as tiers do.
  const ceiling =
    columns.get("ceiling") === "VARCHAR"
      ? "CASE WHEN ceiling IN ('T0', 'T1', 'T2', 'T3') THEN ceiling ELSE 'T3' END"
      : "'T3'";
  const verified = columns.get("verified") === "BOOLEAN" ? "coalesce(verified, false)" : "true";
  const own = identifier(text);
  for (const sql of [
    `CREATE TEMP TABLE ranked AS
       SELECT "row key" AS key, sha256(${own}) AS id,
         row_number() OVER (ORDER BY ${ceiling}, ${verified} DESC, sha256(${own}), "row key") AS rank FROM input`,
    `CREATE TEMP TABLE firsts AS
       SELECT id, min(rank) AS rank, row_number() OVER (ORDER BY min(rank)) - 1 AS pos FROM ranked GROUP BY id`,
    `CREATE TEMP TABLE places AS
       SELECT ranked.key, firsts.pos, ranked.rank = firsts.rank AS first FROM ranked JOIN firsts USING (id)`,
    `CREATE TEMP TABLE span_texts AS
       SELECT places.pos, input.${own} AS text, strlen(input.${own}) AS bytes FROM places JOIN input ON "row key" = places.key
       WHERE places.first ORDER BY places.pos`
  ])
    await withRoom(connection, () => connection.run(sql));
  await connection.run(`
    DROP TABLE ranked; DROP TABLE firsts;
    CREATE TEMP TABLE found_spans (pos BIGINT, "start" BIGINT, "end" BIGINT, tokens BIGINT, run BIGINT, root BIGINT,
      root_start BIGINT, root_end BIGINT);
    CREATE TEMP TABLE fates (pos BIGINT, tokens BIGINT, repeated BIGINT, dropped BOOLEAN);
    CREATE TEMP TABLE cut_texts (pos BIGINT, text VARCHAR)`);
}

function append(to: Awaited<ReturnType<DuckDBConnection["createAppender"]>>, span: ProvedSpan): void {
  const {document, start, end, tokens, run, root, rootStart, rootEnd} = span;
  for (const value of [document, start, end, tokens, run, root, rootStart, rootEnd]) to.appendBigInt(BigInt(value));
  to.endRow();
}

/** Fills `cut_texts` with what is left of documents that are cut. */
async function cut(connection: DuckDBConnection, documents: SpanDocuments): Promise<void> {
  const batch = 1024;
  for (let last = -1; ;) {
    const found = await rows(
      connection,
      `SELECT pos, list("start" ORDER BY "start") AS starts, list("end" ORDER BY "start") AS ends FROM found_spans
       WHERE pos IN (SELECT pos FROM fates WHERE pos > ${last} AND repeated > 0 AND NOT dropped ORDER BY pos LIMIT ${batch})
       GROUP BY pos ORDER BY pos`
    );
    if (found.length === 0) return;
    const appender = await connection.createAppender("cut_texts", "main", "temp");
    let at = 0;
    let held = 0;
    for await (const {position, text} of documents.read(found.map(({pos}) => pos as number))) {
      const {starts, ends} = found[at++] as {starts: number[]; ends: number[]};
      let left = "";
      let end = 0;
      for (const [i, start] of starts.entries()) {
        left += text.slice(end, start);
        end = ends[i];
      }
      left += text.slice(end);
      appender.appendBigInt(BigInt(position));
      appender.appendVarchar(left);
      appender.endRow();
      held += left.length;
      if (held < mostHeld) continue;
      appender.flushSync();
      held = 0;
    }
    appender.closeSync();
    last = found.at(-1)!.pos as number;
  }
}

// Code units that wait for the database at a time.
const mostHeld = 2 ** 24;

/** Tables of what becomes of each row, and of every span in it. */
async function tell(connection: DuckDBConnection, {size, annotate}: {size: number; annotate: boolean}): Promise<void> {
  const action = annotate ? "'none'" : "CASE WHEN dropped THEN 'dropped' ELSE 'cut' END";
  await connection.run(`
    CREATE TEMP TABLE row_fates AS
      SELECT key, pos, first, tokens, CASE WHEN first THEN repeated WHEN tokens >= ${size} THEN tokens ELSE 0 END AS repeated,
        ${annotate ? "false" : `dropped OR (NOT first AND tokens >= ${size})`} AS dropped
      FROM places JOIN fates USING (pos);
    CREATE TEMP TABLE told AS
      SELECT row_fates.key, "start", "end", found_spans.tokens, run, places.key AS root, root_start, root_end, ${action} AS action
        FROM found_spans JOIN row_fates ON row_fates.pos = found_spans.pos AND first
          JOIN places ON places.pos = root AND places.first
      UNION ALL
      SELECT row_fates.key, 0, units, tokens, tokens, places.key, 0, units, ${action}
        FROM row_fates JOIN places ON places.pos = row_fates.pos AND places.first
          JOIN (SELECT pos, length(text) + length(regexp_replace(text, '[^\\x{10000}-\\x{10FFFF}]', '', 'g')) AS units
            FROM span_texts WHERE pos IN (SELECT pos FROM places WHERE NOT first)) AS sizes ON sizes.pos = row_fates.pos
        WHERE NOT row_fates.first AND tokens >= ${size}`);
}

/** Why the guard stops the run, with examples; null where it does not. */
async function stop(
  connection: DuckDBConnection,
  inputs: readonly DedupInput[],
  {text, size, guard, source}: {text: string; size: number; guard: DedupGuard; source: string | undefined}
): Promise<string | null> {
  const lossesOf = async (sql: string) => (await rows(connection, sql)) as unknown as Loss[];
  const name =
    source === undefined
      ? `[${inputs.map(({path}) => literal(path)).join(", ")}]["row file" + 1]`
      : `coalesce(${identifier(source)}::VARCHAR, '(none)')`;
  const reasons = overGuard(
    {...guard, least: guard.least * size},
    {
      unit: "tokens",
      clusters: await lossesOf(
        `SELECT ${shownKey("root")} AS name, sum(tokens)::BIGINT AS lost, (SELECT sum(tokens)::BIGINT FROM row_fates) AS rows
         FROM told GROUP BY root ORDER BY lost DESC, root LIMIT 5`
      ),
      sources: await lossesOf(
        `SELECT name, sum(repeated)::BIGINT AS lost, sum(tokens)::BIGINT AS rows
         FROM row_fates JOIN (SELECT "row key", ${name} AS name FROM input) ON "row key" = key
         GROUP BY name ORDER BY lost DESC, name`
      )
    }
  );
  if (reasons.length === 0) return null;
  const examples = await rows(
    connection,
    `SELECT key, ${shownKey("key")} AS document, ${shownKey("root")} AS root, tokens, "start"
     FROM (SELECT *, sum(tokens) OVER (PARTITION BY root) AS weight FROM told) AS weighed
     ORDER BY weight DESC, weighed.root, tokens DESC, key, "start" LIMIT 5`
  );
  const shown: string[] = [];
  for (const {key, document, root, tokens, start} of examples) {
    const [{body}] = await rows(
      connection,
      `SELECT ${identifier(text)} AS body FROM input WHERE "row key" = ${literal(key as string)}`
    );
    const words = JSON.stringify((body as string).slice(start as number, (start as number) + 160));
    shown.push(`  ${document as string} repeats ${tokens as number} tokens of ${root as string}: ${words}`);
  }
  return [...reasons, "examples:", ...shown].join("\n");
}
