import {mkdir, open, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {findPii} from "../curate/pii/findPii.js";
import {FoundPii} from "../curate/pii/foundPii.js";
import {piiTypes, type PiiSpan, type PiiType} from "../curate/pii/piiSpan.js";
import {redactPii} from "../curate/pii/redactPii.js";
import {atomic} from "../io/atomic.js";
import {writeParquet, type Columns} from "../io/parquet.js";
import {readRows} from "../io/readRows.js";
import {refusePiiLeaks} from "./piiLeaks.js";

/** One redaction, as pii.parquet holds it. */
const columns: Columns = {
  at: "VARCHAR",
  column: "VARCHAR",
  start: "INTEGER",
  end: "INTEGER",
  type: "VARCHAR",
  rule: "VARCHAR",
  confidence: "DOUBLE",
  hash: "VARCHAR"
};

/** What redaction did. */
export interface RedactedFiles {
  rows: number;
  /** rows with at least one redaction */
  redacted: number;
  /** different values that the outputs were searched for */
  values: number;
  byType: Record<PiiType, number>;
}

/**
 * Redacts columns of Parquet, JSONL and JSON files: writes redacted.jsonl, all rows in their order, and pii.parquet, one row
 * a redaction with its place in the redacted text and the keyed hash of the value, to `out`.
 *
 * The files are read twice: what is found in one row is replaced in all, also where no rule would find it there. Then both
 * outputs are searched for every value that was found, all columns of them; with one of them left, nothing is written.
 * Memory grows with the different values, about 300 bytes each, and one row.
 *
 * @param options.key at least 16 bytes; the same key gives the same stand-ins
 * @throws TypeError where a row has no such column or it is no text; Error with places where a value would be left
 */
export async function redactFiles(
  inputs: readonly string[],
  out: string,
  {texts, key, style}: {texts: readonly string[]; key: Uint8Array; style: "stand-in" | "tag" | "type"}
): Promise<RedactedFiles> {
  const found = new FoundPii({key});
  for await (const {row} of rowsOf(inputs, texts))
    for (const column of texts) {
      const text = row[column];
      if (typeof text === "string")
        for (const {start, end, type} of findPii(text)) found.add(type, text.slice(start, end));
    }
  const byType = Object.fromEntries(piiTypes.map((type) => [type, 0])) as Record<PiiType, number>;
  const counts = {rows: 0, redacted: 0};
  await mkdir(out, {recursive: true});
  await atomic(join(out, "redacted.jsonl"), async (temporary) => {
    const lines = `${temporary}.jsonl`;
    const file = await open(lines, "wx");
    async function* redactions() {
      for await (const {at, row} of rowsOf(inputs, texts)) {
        const redacted = {...row};
        let any = false;
        for (const column of texts) {
          const text = row[column];
          if (typeof text !== "string") continue;
          const done = redactPii(text, {key, style, spans: allSpans(text, found)});
          redacted[column] = done.text;
          any ||= done.redactions.length > 0;
          for (const redaction of done.redactions) {
            byType[redaction.type]++;
            yield {at, column, ...redaction};
          }
        }
        counts.rows++;
        if (any) counts.redacted++;
        await file.write(`${JSON.stringify(redacted)}\n`);
      }
    }
    try {
      try {
        await writeParquet(join(out, "pii.parquet"), columns, redactions());
      } finally {
        await file.close();
      }
      await refusePiiLeaks([lines, join(out, "pii.parquet")], found);
      await rename(lines, temporary);
    } catch (error) {
      await rm(lines, {force: true});
      await rm(join(out, "pii.parquet"), {force: true});
      // The lines have another name until they are sound.
      if (error instanceof Error) error.message = error.message.replaceAll(lines, join(out, "redacted.jsonl"));
      throw error;
    }
  });
  return {...counts, values: found.size, byType};
}

/** What the rules find, and between that what was found in other rows. */
function allSpans(text: string, found: FoundPii): PiiSpan[] {
  const all: PiiSpan[] = [];
  const spans = findPii(text);
  let next = 0;
  for (const {start, end, type} of found.find(text)) {
    while (next < spans.length && spans[next].end <= start) all.push(spans[next++]);
    // What was found whole elsewhere goes before a part of it.
    const first = next;
    while (next < spans.length && spans[next].start >= start && spans[next].end <= end) next++;
    const whole = next === first + 1 && spans[first].start === start && spans[first].end === end;
    if (whole || (next < spans.length && spans[next].start < end)) {
      next = first;
      continue;
    }
    all.push({start, end, type, rule: "found-elsewhere", confidence: 0.5});
  }
  return [...all, ...spans.slice(next)];
}

async function* rowsOf(
  inputs: readonly string[],
  texts: readonly string[]
): AsyncGenerator<{at: string; row: Record<string, unknown>}> {
  for await (const {at, value} of readRows(inputs)) {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw new TypeError(`${at}: expected a row with columns, got ${Array.isArray(value) ? "a list" : typeof value}`);
    const row = value as Record<string, unknown>;
    for (const column of texts)
      if (typeof row[column] !== "string" && row[column] !== null)
        throw new TypeError(
          `${at}: ${column}: expected text or null, got ${row[column] === undefined ? "no such column" : typeof row[column]}`
        );
    yield {at, row};
  }
}
