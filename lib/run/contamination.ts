import {HeldOutOverlap, heldOutNgram, type HeldOutOptions} from "../curate/heldOutOverlap.js";
import {readRows} from "../io/readRows.js";

/** A held-out text that was found in the data. */
export interface Contaminated {
  /** file and line or row of the held-out text */
  at: string;
  /** texts that share a run of words with it, and texts that are its near duplicates */
  ngram: number;
  near: number;
  /** the first text that shares something: where, and the shared run if there is one */
  first: {at: string; ngram: string | null};
  /** the most similar text at or above the threshold, null where none is */
  nearest: {at: string; jaccard: number} | null;
}

/** What of held-out files is in data. */
export interface Contamination {
  ngram: number;
  threshold: number;
  heldOut: number;
  /** held-out texts too short for a run of words: only near duplicates of them can be found */
  tooShort: number;
  texts: number;
  contaminatedTexts: number;
  contaminatedHeldOut: number;
  items: Contaminated[];
}

/**
 * What of held-out texts is in data: shared runs of words and near duplicates, by held-out text, in its order. The
 * held-out texts' index stays in memory, the data is streamed. Paraphrases are not found.
 *
 * @param options.text @param options.againstText the column or field that holds the text
 * @throws TypeError naming file and line or row where there is no text
 */
export async function contamination(
  paths: readonly string[],
  against: readonly string[],
  {text = "text", againstText = text, ...options}: HeldOutOptions & {text?: string; againstText?: string} = {}
): Promise<Contamination> {
  const {ngram = heldOutNgram, threshold = 0.8} = options;
  const index = new HeldOutOverlap({...options, ngram, threshold});
  let heldOut = 0;
  let tooShort = 0;
  for await (const {at, value} of readTexts(against, againstText)) {
    if (index.add(at, value) < ngram) tooShort++;
    heldOut++;
  }
  const items = new Map<string, Contaminated>();
  let texts = 0;
  let contaminatedTexts = 0;
  for await (const {at, value} of readTexts(paths, text)) {
    texts++;
    const matches = index.matches(value);
    if (matches.length > 0) contaminatedTexts++;
    for (const {id, ngram: run, jaccard} of matches) {
      const item = items.get(id) ?? {at: id, ngram: 0, near: 0, first: {at, ngram: run}, nearest: null};
      items.set(id, item);
      if (run !== null) item.ngram++;
      if (jaccard === null) continue;
      item.near++;
      if (jaccard > (item.nearest?.jaccard ?? 0)) item.nearest = {at, jaccard};
    }
  }
  const found = index.ids.flatMap((id) => items.get(id) ?? []);
  return {
    ...{ngram, threshold, heldOut, tooShort, texts, contaminatedTexts},
    contaminatedHeldOut: found.length,
    items: found
  };
}

async function* readTexts(paths: readonly string[], column: string): AsyncGenerator<{at: string; value: string}> {
  for await (const {at, value} of readRows(paths)) {
    const row = value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
    const text = Object.hasOwn(row, column) ? row[column] : undefined;
    if (typeof text !== "string")
      throw new TypeError(`${at}: ${column}: expected text, got ${JSON.stringify(text)?.slice(0, 60) ?? "nothing"}`);
    yield {at, value: text};
  }
}
