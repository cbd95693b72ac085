import {readRows} from "../io/readRows.js";

/** A text and where it stands. */
export interface PlacedText {
  /** file and line or row, e.g. "seeds.jsonl:7" */
  at: string;
  text: string;
  /** the whole row */
  row: Record<string, unknown>;
}

/**
 * The texts of a column of Parquet, JSONL or JSON files, in order, streamed.
 *
 * @throws TypeError naming file and line or row where there is no text
 */
export async function* readPlacedTexts(paths: readonly string[], column: string): AsyncGenerator<PlacedText> {
  for await (const {at, value} of readRows(paths)) {
    const row = value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
    const text = Object.hasOwn(row, column) ? row[column] : undefined;
    if (typeof text !== "string")
      throw new TypeError(`${at}: ${column}: expected text, got ${JSON.stringify(text)?.slice(0, 60) ?? "nothing"}`);
    yield {at, text, row};
  }
}
