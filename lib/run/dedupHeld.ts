import {shingleSet} from "../dedup/jaccard.js";
import type {Shingles} from "../dedup/shingles.js";
import {chunkColumn, chunkWidth} from "./dedupChunk.js";
import type {DedupRecord} from "./dedupRecords.js";

/** A chunk's rows, held in memory that threads share after they are signed, so that none is read a second time. */
export interface HeldChunk {
  texts: Uint8Array<SharedArrayBuffer>;
  /** where each row's text begins, and where the last ends */
  starts: Uint32Array<SharedArrayBuffer>;
  /** as in the chunk's file */
  columns: Uint32Array<SharedArrayBuffer>;
}

/** Takes a chunk's rows one after another. */
export interface HoldsRows {
  /** what the chunk's columns go into */
  columns: Uint32Array<SharedArrayBuffer>;
  /** Adds the text of the next row. */
  add(text: Uint8Array): void;
  /** What is held; null where it took more than its room. */
  end(): HeldChunk | null;
}

/** Holds a chunk of up to `room` bytes, columns included; memory is taken as texts come. */
export function holdRows(rows: number, room: number, bands: number): HoldsRows {
  const columns = new Uint32Array(new SharedArrayBuffer(4 * chunkWidth(bands) * rows));
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (rows + 1)));
  // Its pages are not there until they are written.
  let texts: Uint8Array<SharedArrayBuffer> | null = new Uint8Array(
    new SharedArrayBuffer(Math.max(0, Math.floor(room) - columns.byteLength - starts.byteLength))
  );
  let row = 0;
  let used = 0;
  return {
    columns,
    add(text) {
      if (texts === null) return;
      if (used + text.length > texts.length) texts = null;
      texts?.set(text, used);
      starts[++row] = used += text.length;
    },
    end: () => (texts === null ? null : {texts, starts, columns})
  };
}

/** Records of rows of held chunks, with the keys of the bands that `met` has, modulo 32; the next writes over the keys. */
export function heldRecords(
  chunks: readonly HeldChunk[],
  bands: number,
  shingle: (text: Uint8Array) => Shingles
): (chunk: number, row: number, met: number) => DedupRecord {
  const keys = new Uint32Array(bands);
  return (chunk, row, met) => {
    const {texts, starts, columns} = chunks[chunk];
    const n = starts.length - 1;
    for (let band = 0, first = chunkColumn("band", n); band < bands; band++)
      if (((met >>> (band & 31)) & 1) === 1) keys[band] = columns[first + band * n + row];
    return {keys, set: shingleSet(shingle(texts.subarray(starts[row], starts[row + 1])))};
  };
}
