import {openSync, closeSync, readSync} from "node:fs";

/**
 * What signing leaves of a chunk of rows, column by column, so that one band of all rows is read without the others:
 * four words of each text's sha256, shingles of each text, class in the keep rule, then one key a row for each band.
 * All are 32-bit words in the machine's byte order.
 */
export interface SignedChunk {
  path: string;
  /** rows of the chunk, and the number of its first among all rows */
  rows: number;
  base: number;
}

const idWords = 4;

/** Words a row takes in a chunk's file. */
export function chunkWidth(bands: number): number {
  return idWords + 2 + bands;
}

/** Where columns of a chunk begin, in words. */
export function chunkColumn(column: "id" | "count" | "class" | "band", rows: number, at = 0): number {
  const first = column === "id" ? 0 : column === "count" ? idWords : column === "class" ? idWords + 1 : idWords + 2;
  return (first + at) * rows;
}

/** Reads one column of each chunk, `words` a row (ids have 4, one after another, as four columns), into `out`. */
export function readColumn(
  chunks: readonly SignedChunk[],
  column: "id" | "count" | "class" | "band",
  at: number,
  out: Uint32Array
): void {
  for (const {path, rows, base} of chunks) {
    const file = openSync(path, "r");
    try {
      readFully(file, out.subarray(base, base + rows), 4 * chunkColumn(column, rows, at));
    } finally {
      closeSync(file);
    }
  }
}

/** Fills an array from a file's position on, or throws. */
export function readFully(file: number, out: Uint32Array | Float64Array | Uint8Array, position: number): void {
  const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
  for (let done = 0; done < bytes.length;) {
    const n = readSync(file, bytes, done, Math.min(bytes.length - done, 1 << 30), position + done);
    if (n === 0) throw new RangeError(`expected ${bytes.length} bytes at ${position}, got ${done}`);
    done += n;
  }
}
