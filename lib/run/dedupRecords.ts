import {closeSync, openSync, readSync} from "node:fs";
import {readFully} from "./dedupChunk.js";

/** A text as it is compared: its bands' keys, and its shingle set. */
export interface DedupRecord {
  keys: Uint32Array;
  set: Float64Array;
}

/** Bytes of a record: how many shingles, the keys (both in an even number of words), the set. */
export function recordBytes(bands: number, shingles: number): number {
  return header(bands) + 8 * shingles;
}

function header(bands: number): number {
  return 8 * Math.ceil((1 + bands) / 2);
}

/** Puts a record into `out` at a byte that 8 divides. */
export function putRecord(out: ArrayBuffer, at: number, {keys, set}: DedupRecord): void {
  const head = new Uint32Array(out, at, header(keys.length) / 4);
  head[0] = set.length;
  head.set(keys, 1);
  new Float64Array(out, at + header(keys.length), set.length).set(set);
}

/** Reads records at random; at most 128 files are open at a time. */
export function openRecords(bands: number): {read(path: string, at: number): DedupRecord; close(): void} {
  const files = new Map<string, number>();
  // Most records are shorter and come in one read.
  const scratch = Buffer.alloc(4096);
  return {
    read(path, at) {
      let file = files.get(path);
      if (file === undefined) {
        if (files.size >= 128) {
          const [[oldest, handle]] = files;
          closeSync(handle);
          files.delete(oldest);
        }
        files.set(path, (file = openSync(path, "r")));
      }
      const got = readSync(file, scratch, 0, scratch.length, at);
      const head = header(bands);
      if (got < head) throw new RangeError(`${path}: expected a record at byte ${at}, got the end of the file`);
      const keys = new Uint32Array(bands);
      for (let band = 0; band < bands; band++) keys[band] = scratch.readUInt32LE(4 * (1 + band));
      const set = new Float64Array(scratch.readUInt32LE(0));
      const bytes = new Uint8Array(set.buffer);
      if (head + bytes.length <= got) bytes.set(scratch.subarray(head, head + bytes.length));
      else readFully(file, set, at + head);
      return {keys, set};
    },
    close() {
      for (const file of files.values()) closeSync(file);
      files.clear();
    }
  };
}
