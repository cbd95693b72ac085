import {shingleSet} from "../dedup/jaccard.js";
import type {Shingles} from "../dedup/shingles.js";
import {chunkColumn, chunkWidth} from "./dedupChunk.js";
import type {DedupRecord} from "./dedupRecords.js";

/** Rows that are held in memory after they are signed, so that candidates need not be read a second time. */
export interface HeldRows {
  /** Begins a chunk; what was begun before and is not kept is forgotten. */
  begin(rows: number): void;
  /** Adds the text of the next row; false where there is no room, and then nothing more is to be asked of this. */
  add(text: Uint8Array): boolean;
  /** Keeps the chunk begun, with its columns, under the path of its records. */
  keep(path: string, columns: Uint32Array): void;
  /** The record of a row of a chunk, with the keys of the bands that `met` has, modulo 32; the next writes over the keys. */
  record(path: string, row: number, met: number): DedupRecord;
}

/** Holds rows up to `room` bytes, columns included, below 2³²; memory is taken as texts come. */
export function holdRows(room: number, bands: number, shingle: (text: Uint8Array) => Shingles): HeldRows {
  // Its pages are not there until they are written.
  const texts = Buffer.allocUnsafeSlow(room);
  const chunks = new Map<string, {columns: Uint32Array; starts: Uint32Array}>();
  const keys = new Uint32Array(bands);
  let starts = new Uint32Array(0);
  let row = 0;
  // Rows of all chunks, the one begun included.
  let rows = 0;
  let kept = 0;
  let keptRows = 0;
  let used = 0;
  return {
    begin(more) {
      starts = new Uint32Array(more + 1);
      starts[0] = used = kept;
      rows = keptRows + more;
      row = 0;
    },
    add(text) {
      if (used + text.length + 4 * (chunkWidth(bands) + 1) * rows > room) return false;
      texts.set(text, used);
      starts[++row] = used += text.length;
      return true;
    },
    keep(path, columns) {
      chunks.set(path, {columns, starts});
      kept = used;
      keptRows = rows;
    },
    record(path, at, met) {
      const chunk = chunks.get(path)!;
      const n = chunk.starts.length - 1;
      for (let band = 0, first = chunkColumn("band", n); band < bands; band++)
        if (((met >>> (band & 31)) & 1) === 1) keys[band] = chunk.columns[first + band * n + at];
      return {keys, set: shingleSet(shingle(texts.subarray(chunk.starts[at], chunk.starts[at + 1])))};
    }
  };
}
