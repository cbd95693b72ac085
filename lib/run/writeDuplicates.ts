import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier, literal} from "../io/duckdb.js";
import {overGuard, type DedupGuard} from "./dedupGuard.js";
import {added} from "./dedupInputs.js";
import {clusterLosses, sourceLosses} from "./dedupLosses.js";
import {writeOutputs} from "./dedupOutputs.js";
import type {DedupPlan, DuplicateRows} from "./dedupRows.js";
import {markRemoved, numberedRows, removedBit} from "./purgedRows.js";
import {rowPlaces} from "./rowPlaces.js";

interface WriteOptions {
  guard: DedupGuard;
  /** column of a row's source for the guard; the file where there is none */
  source: string | undefined;
  annotate: boolean;
  /** the files as the caller named them */
  names: readonly string[];
  /** another connection, to write on two cores; null for one */
  connect: (() => Promise<DuckDBConnection>) | null;
}

/** How many rows were kept and removed, and why. */
export interface DuplicateTally {
  rows: number;
  kept: number;
  /** removed as equal to a kept text */
  exact: number;
  /** removed as near duplicates of a kept text, their own copies included */
  near: number;
  /** removed as read alike by the normalisation, where that is all that counts */
  normalised: number;
  /** kept texts that stand for at least one removed */
  clusters: number;
  /** texts of the largest cluster, the kept one included */
  largestCluster: number;
  /** removed rows that came before the better one that stays, and texts of the index that a better row stands for */
  superseded: number;
}

/** Writes the cluster map, asks the guard, then writes the rows. Memory does not grow with their texts. */
export async function writeDuplicates(
  connection: DuckDBConnection,
  plan: DedupPlan,
  found: DuplicateRows,
  out: string,
  {guard, source, annotate, names, connect}: WriteOptions
): Promise<DuplicateTally> {
  const inputs = plan.inputs.slice(0, plan.purged);
  const nameOf = rowNames(plan, found);
  const {tally, sizes, removed} = await tabulate(connection, plan, found, {nameOf, all: annotate});
  await markRemoved(connection, removed);
  // For rows in order.
  await connection.run("SET threads = 1");
  const columns = [...new Set(inputs.flatMap((input) => [...input.columns.keys()]))];
  const all = numberedRows(inputs);
  const clusters = `SELECT member, representative, jaccard, kind, superseded FROM duplicates WHERE representative IS NOT NULL ORDER BY file, row`;
  const to = {out, folder: plan.folder};
  if (!annotate) {
    const reasons = overGuard(guard, {
      clusters: clusterLosses(sizes, nameOf, tally.rows),
      sources: await sourceLosses(connection, {source, names, inputs, removed})
    });
    if (reasons.length > 0) {
      const words = await stopped(connection, reasons, plan, out);
      await writeOutputs(connection, {clusters}, to);
      throw new Error(words);
    }
  }
  const tables = annotate
    ? {annotated: withFacts(columns, all, inputs.length)}
    : {
        kept: `SELECT ${columns.map(identifier).join(", ")} FROM ${all} WHERE ${removedBit} = 0`,
        rejects: withFacts(columns, `(SELECT * FROM ${all} WHERE ${removedBit} = 1)`, inputs.length)
      };
  const second = annotate ? null : ((await connect?.()) ?? null);
  try {
    if (second !== null) await markRemoved(second, removed);
    const meanwhile = second === null ? null : {connection: second, name: "kept" as const};
    await writeOutputs(connection, {clusters, ...tables}, {...to, beside: meanwhile});
  } finally {
    second?.closeSync();
  }
  return tally;
}

/**
 * SQL of rows with their facts. They are read one by one beside the facts, which lie in the same order: a join by keys, or a
 * sort, would hold texts. That they go together is seen at each row.
 *
 * @param source of `numberedRows`
 */
function withFacts(columns: readonly string[], source: string, files: number): string {
  const [of, kind, jaccard] = added;
  const own = columns.map((name) => `source.${identifier(name)}`).join(", ");
  const together = "facts.row = source.file_row_number";
  return `SELECT ${own}, CASE WHEN ${together} THEN facts.representative ELSE error('expected rows in order') END AS ${of},
      facts.kind AS ${kind}, facts.jaccard AS ${jaccard}
    FROM ${source} AS source POSITIONAL JOIN (SELECT * FROM duplicates WHERE file < ${files}) AS facts`;
}

/** A row as reports name it: "<file>:<row>", both from 1; "against <file>:<row>"; or its name in the index. */
function rowNames(plan: DedupPlan, {rows, indexed}: DuplicateRows): (row: number) => string {
  const placeOf = rowPlaces(plan.inputs);
  return (row) => {
    if (row >= rows) return indexed.name(row - rows);
    const {file, at} = placeOf(row);
    return `${file < plan.purged ? file + 1 : `against ${file - plan.purged + 1}`}:${at + 1}`;
  };
}

/**
 * Makes the table `duplicates` in the order of the rows, those of an index last: of the removed rows, or of all, with nulls
 * for those that stay.
 *
 * @returns sizes: texts of each cluster by its kept row; removed: "1" for each row that is, "0" for the others
 */
async function tabulate(
  connection: DuckDBConnection,
  plan: DedupPlan,
  found: DuplicateRows,
  {nameOf, all}: {nameOf: (row: number) => string; all: boolean}
): Promise<{tally: DuplicateTally; sizes: Map<number, number>; removed: Uint8Array}> {
  const {representatives, jaccard, exact, classes, indexed, superseded} = found;
  const inputs = plan.inputs.slice(0, plan.purged);
  const total = inputs.reduce((sum, {rows}) => sum + rows, 0);
  const tally = {rows: total, kept: 0, exact: 0, near: 0, normalised: 0, clusters: 0, largestCluster: 0, superseded: 0};
  const other = plan.whole ? "normalised" : "near";
  const sizes = new Map<number, number>();
  const removed = new Uint8Array(total).fill(0x30);
  await connection.run(
    "CREATE TEMP TABLE duplicates (file INTEGER, row BIGINT, member VARCHAR, representative VARCHAR, jaccard DOUBLE, kind VARCHAR, superseded BOOLEAN)"
  );
  const appender = await connection.createAppender("duplicates", "main", "temp");
  const append = (
    file: number,
    at: number,
    member: string,
    of: {to: number; likeness: number; same: boolean; over: boolean} | null
  ) => {
    appender.appendInteger(file);
    appender.appendBigInt(BigInt(at));
    appender.appendVarchar(member);
    if (of === null) for (let i = 0; i < 4; i++) appender.appendNull();
    else {
      appender.appendVarchar(nameOf(of.to));
      appender.appendDouble(of.likeness);
      appender.appendVarchar(of.same ? "exact" : other);
      appender.appendBoolean(of.over);
      tally.superseded += Number(of.over);
    }
    appender.endRow();
  };
  let row = 0;
  for (const [file, {rows}] of inputs.entries()) {
    for (let at = 0; at < rows; at++, row++) {
      const to = representatives[row];
      if (to === -1) {
        tally.kept++;
        if (all) append(file, at, nameOf(row), null);
        continue;
      }
      removed[row] = 0x31;
      const same = exact[row] === 1;
      tally[same ? "exact" : other]++;
      sizes.set(to, (sizes.get(to) ?? 1) + 1);
      const over = to > row && to < total && classes[to] >> 1 < classes[row] >> 1;
      append(file, at, nameOf(row), {to, likeness: jaccard[row], same, over});
    }
  }
  for (const {indexed: number, row: to, jaccard: likeness} of superseded) {
    const same = likeness === 1 && indexed.equals(number, found.id, to);
    append(inputs.length, number, indexed.name(number), {to, likeness, same, over: true});
  }
  appender.closeSync();
  tally.clusters = sizes.size;
  for (const size of sizes.values()) tally.largestCluster = Math.max(tally.largestCluster, size);
  return {tally, sizes, removed};
}

/** Why the guard stopped the run, with examples for a person to look at. */
async function stopped(
  connection: DuckDBConnection,
  reasons: readonly string[],
  {inputs, purged, text}: DedupPlan,
  out: string
): Promise<string> {
  const removed = `SELECT * FROM duplicates WHERE file < ${purged}`;
  const reader = await connection.runAndReadAll(
    `SELECT file, row, member, representative, jaccard FROM (${removed})
     JOIN (SELECT representative, count(*) AS size FROM (${removed}) GROUP BY ALL) USING (representative)
     ORDER BY size DESC, jaccard, file, row LIMIT 5`
  );
  const examples: string[] = [];
  for (const [file, row, member, kept, likeness] of reader.getRowsJS()) {
    const opening = await connection.runAndReadAll(
      `SELECT left(${identifier(text)}, 160) FROM read_parquet(${literal(inputs[file as number].file)}, file_row_number = true)
       WHERE file_row_number = ${String(row)}`
    );
    const [start] = opening.getRowsJS()[0];
    examples.push(
      `  ${String(member)} of ${String(kept)}, J = ${(likeness as number).toFixed(3)}: ${JSON.stringify(start)}`
    );
  }
  return [
    ...reasons,
    "examples:",
    ...examples,
    `nothing was removed; ${join(out, "clusters.parquet")} has every pair. raise --cluster-share or --source-share if this is right, or use --annotate`
  ].join("\n");
}
