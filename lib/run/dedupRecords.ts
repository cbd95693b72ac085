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

/** Records of files; at most 128 files are open at a time. */
interface RecordFiles {
  read(path: string, at: number): DedupRecord;
  /**
   * Records at places in units of 8 bytes, read in the order in which they lie, neighbours at once; undefined for those of
   * more than 4,096 shingles, so that memory stays within 32 KB a record.
   */
  readAll(
    paths: readonly string[],
    files: ArrayLike<number>,
    places: ArrayLike<number>
  ): readonly (DedupRecord | undefined)[];
  close(): void;
}

// What is between two records is read with them rather than skipped, up to this; and so much is read at a time.
const gap = 8192;
const window = 1 << 20;
const longest = 4096;

/** Opens files of records as they are asked for. */
export function openRecords(bands: number): RecordFiles {
  const files = new Map<string, number>();
  const head = header(bands);
  const scratch = Buffer.alloc(4096);
  let ahead = new ArrayBuffer(0);

  function open(path: string): number {
    let file = files.get(path);
    if (file === undefined) {
      if (files.size >= 128) {
        const [[oldest, handle]] = files;
        closeSync(handle);
        files.delete(oldest);
      }
      files.set(path, (file = openSync(path, "r")));
    }
    return file;
  }

  return {
    read(path, at) {
      const file = open(path);
      const got = readSync(file, scratch, 0, scratch.length, at);
      if (got < head) throw new RangeError(`${path}: expected a record at byte ${at}, got the end of the file`);
      const keys = new Uint32Array(bands);
      for (let band = 0; band < bands; band++) keys[band] = scratch.readUInt32LE(4 * (1 + band));
      const set = new Float64Array(scratch.readUInt32LE(0));
      const bytes = new Uint8Array(set.buffer);
      if (head + bytes.length <= got) bytes.set(scratch.subarray(head, head + bytes.length));
      else readFully(file, set, at + head);
      return {keys, set};
    },
    readAll(paths, numbers, places) {
      const n = places.length;
      if (ahead.byteLength === 0) ahead = new ArrayBuffer(window);
      const order = Uint32Array.from({length: n}, (_, i) => i).sort(
        (a, b) => numbers[a] - numbers[b] || places[a] - places[b]
      );
      const found = new Array<DedupRecord | undefined>(n).fill(undefined);
      for (let i = 0; i < n;) {
        const number = numbers[order[i]];
        const start = 8 * places[order[i]];
        let last = i;
        while (
          last + 1 < n &&
          numbers[order[last + 1]] === number &&
          8 * (places[order[last + 1]] - places[order[last]]) <= gap &&
          8 * places[order[last + 1]] - start <= window - gap
        )
          last++;
        const wanted = Math.min(window, 8 * places[order[last]] - start + gap);
        const got = readSync(open(paths[number]), new Uint8Array(ahead, 0, wanted), 0, wanted, start);
        for (; i <= last; i++) {
          const at = 8 * places[order[i]] - start;
          if (at + head > got) throw new RangeError(`${paths[number]}: expected a record at byte ${start + at}, got the end of the file`); // prettier-ignore
          const words = new Uint32Array(ahead, at, 1 + bands);
          const length = words[0];
          if (length > longest) continue;
          if (at + head + 8 * length <= got)
            found[order[i]] = {keys: words.slice(1), set: new Float64Array(ahead, at + head, length).slice()};
          else found[order[i]] = this.read(paths[number], start + at);
        }
      }
      return found;
    },
    close() {
      for (const file of files.values()) closeSync(file);
      files.clear();
    }
  };
}
