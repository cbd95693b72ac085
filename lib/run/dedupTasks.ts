import {createHash, hash} from "node:crypto";
import {closeSync, existsSync, openSync, statSync, writeSync} from "node:fs";
import {writeFile} from "node:fs/promises";
import {bandedKey} from "../dedup/bandIndex.js";
import {bandKeys} from "../dedup/bands.js";
import {createFoldedText} from "../dedup/foldedText.js";
import {shingleSet} from "../dedup/jaccard.js";
import {createMinhash} from "../dedup/minhash.js";
import {createShingler} from "../dedup/shingles.js";
import type {DedupOptions} from "../dedup/stars.js";
import {createStarSearch} from "../dedup/starSearch.js";
import {builtinTokenizer} from "../io/assets.js";
import {atomic} from "../io/atomic.js";
import {identifier, literal, openDuckDB} from "../io/duckdb.js";
import {textBytes} from "../io/textBytes.js";
import {chunkColumn, chunkWidth, readColumn, readFully, type SignedChunk} from "./dedupChunk.js";
import {joinBand} from "./dedupComponents.js";
import {heldRecords, holdRows, type HeldChunk} from "./dedupHeld.js";
import {openRecords, putRecord, recordBytes} from "./dedupRecords.js";
import {withRoom} from "./withRoom.js";

/** What tasks are done with. */
export interface DedupTaskOptions extends Required<Omit<DedupOptions, "tokenize">> {
  /** column that holds the text */
  text: string;
  /** in place of keys of bands a text gets four words that say which text it is as the normalisation reads it */
  whole?: boolean;
}

/** Rows of a Parquet file, from 0. */
export interface RowsOf {
  file: string;
  from: number;
  to: number;
}

export type DedupTask =
  /** `room` is for holding the chunk, in bytes; 0 for not */
  | {kind: "sign"; rows: RowsOf; path: string; room: number; classes: string}
  | {
      kind: "join";
      chunks: readonly SignedChunk[];
      band: number;
      active: Uint8Array;
      parents: Int32Array<SharedArrayBuffer>;
      /** for each row the bands, modulo 32, in which it shares a key */
      met: Uint32Array<SharedArrayBuffer>;
    }
  | {kind: "records"; rows: RowsOf; chunk: SignedChunk; path: string; needed: Uint8Array; places: Uint32Array}
  | {
      kind: "compare";
      /** ordinals of `files` and places in them, in keep order within each component */
      rows: Int32Array;
      files: Uint32Array;
      places: Float64Array;
      fixed: Uint8Array;
      /** bands, modulo 32, in which a row shares its key */
      met: Uint32Array;
      paths: readonly string[];
      /** chunks in memory, in place of files: then a place is a row's number in its chunk */
      held: readonly HeldChunk[] | null;
    };

/** What is wrong with a chunk, or what of it is held. */
export type Signed = string | HeldChunk | null;

/** Stars found: member and representative as positions of the task's rows, and their similarity, one after another. */
export interface Compared {
  stars: Float64Array;
  compared: number;
  left: number;
}

// Numbers of kept sets held in memory; what is beyond is read again when it is needed.
const cache = 8_000_000;
// Records read ahead.
const block = 4096;

/** Does the tasks of a purge of files, one at a time, with one connection to DuckDB and one set of arrays. */
export function createDedupTasks(options: DedupTaskOptions): {
  work(task: DedupTask): Promise<Signed | Compared | void>;
  close(): Promise<void>;
} {
  const {bands} = options;
  const tokenize = options.unit === "tokens" ? (text: string) => builtinTokenizer().encode(text) : undefined;
  const shingle = createShingler({...options, tokenize});
  const minhash = createMinhash(bands * options.rows);
  const folded = createFoldedText(options.normalisation);
  let opened: ReturnType<typeof openDuckDB> | undefined;
  const connected = () => (opened ??= openDuckDB({threads: 1, memory: "512MB"}));

  /**
   * Texts of rows in order, with their classes, as DuckDB reads them.
   *
   * @param only 1 for each row that is wanted
   */
  async function* textsOf(
    {file, from, to}: RowsOf,
    {classes = "0", only}: {classes?: string; only?: Uint8Array} = {}
  ): AsyncGenerator<[texts: (Uint8Array | null)[], classes: unknown[]]> {
    const {connection} = await connected();
    if (only !== undefined) {
      const bits = Buffer.from(Uint8Array.from(only, (bit) => 0x30 + bit).buffer);
      await connection.run(`SET VARIABLE wanted = '${bits.toString("latin1")}'::BIT`);
    }
    const wanted = `AND get_bit(getvariable('wanted'), (file_row_number - ${from})::INTEGER) = 1`;
    const result = await connection.stream(
      `SELECT ${identifier(options.text)}, (${classes})::UINTEGER FROM read_parquet(${literal(file)}, file_row_number = true)
     WHERE file_row_number >= ${from} AND file_row_number < ${to} ${only === undefined ? "" : wanted}`
    );
    // DuckDB reads the next rows while these are worked on.
    let next = result.fetchChunk();
    try {
      for (;;) {
        const chunk = await next;
        if (chunk === null || chunk.rowCount === 0) return;
        next = result.fetchChunk();
        yield [textBytes(chunk, 0).map(withoutMark), chunk.getColumnValues(1)];
      }
    } finally {
      await next.catch(() => {});
    }
  }

  /** Writes a chunk's file, unless an earlier run left it; a null text is told by its row. */
  async function sign({rows, path, room, classes}: DedupTask & {kind: "sign"}): Promise<Signed> {
    const n = rows.to - rows.from;
    const words = chunkWidth(bands) * n;
    if (existsSync(path) && statSync(path).size === 4 * words) return null;
    const held = room > 4 * words ? holdRows(n, room, bands) : null;
    const out = held?.columns ?? new Uint32Array(words);
    const counts = chunkColumn("count", n);
    const classAt = chunkColumn("class", n);
    let row = 0;
    const bandAt = chunkColumn("band", n);
    for await (const [texts, ranks] of textsOf(rows, {classes})) {
      // Row by row first: columns lie a multiple of 4 KB apart, and would throw each other out of the cache.
      const banded = new Uint32Array(bands * texts.length);
      for (let i = 0; i < texts.length; i++) {
        const text = texts[i];
        if (text === null) return `row ${rows.from + row + 1}: ${options.text}: expected text, got null`;
        held?.add(text);
        // As a string of bytes a digest costs half of what a buffer does.
        const digest = hash("sha256", text, "binary");
        for (let word = 0; word < 4; word++) out[word * n + row] = wordOf(digest, word);
        out[classAt + row] = ranks[i] as number;
        const shingles = shingle(options.whole ? nothing : text);
        out[counts + row] = shingles.count;
        // A text without words has keys too, so that an index finds it again; only an equal text is its duplicate.
        const keys = banded.subarray(bands * i, bands * (i + 1));
        if (options.whole) keys.set(wholeKeys(text, digest));
        else if (shingles.count === 0) keys.fill(wordOf(digest, 0));
        else bandKeys(minhash(shingles), options, keys);
        row++;
      }
      for (let band = 0; band < bands; band++)
        for (let i = 0, at = bandAt + band * n + row - texts.length; i < texts.length; i++)
          out[at + i] = banded[bands * i + band];
    }
    if (row !== n) throw new TypeError(`${rows.file}: expected ${n} rows from row ${rows.from + 1} on, got ${row}`);
    await atomic(path, (temporary) => writeFile(temporary, out));
    return held?.end() ?? null;
  }

  /** Of a text without words those of the text itself: nobody takes a row of dots for one of stars. */
  function wholeKeys(text: Uint8Array, digest: string): Uint32Array {
    const hashed = createHash("sha256");
    const words = folded(decoder.decode(text), (units) => hashed.update(units));
    const read = words === 0 ? digest : hashed.digest("binary");
    return Uint32Array.from({length: 4}, (_, word) => wordOf(read, word));
  }

  /** Writes the records of needed rows one after another; `places` gets where each is, in units of 8 bytes. */
  async function writeRecords({rows, chunk, path, needed, places}: DedupTask & {kind: "records"}): Promise<void> {
    const only = needed.subarray(chunk.base, chunk.base + chunk.rows);
    const columns = new Uint32Array(chunkWidth(bands) * chunk.rows);
    const signed = openSync(chunk.path, "r");
    try {
      readFully(signed, columns, 0);
    } finally {
      closeSync(signed);
    }
    await atomic(path, async (temporary) => {
      const file = openSync(temporary, "wx");
      try {
        let buffer = new ArrayBuffer(1 << 20);
        let used = 0;
        let written = 0;
        const flush = () => {
          for (let at = 0; at < used;) at += writeSync(file, new Uint8Array(buffer, at, used - at));
          written += used;
          used = 0;
        };
        const bandAt = chunkColumn("band", chunk.rows);
        const keys = new Uint32Array(bands);
        let row = -1;
        for await (const [texts] of textsOf(rows, {only})) {
          for (const text of texts) {
            row = only.indexOf(1, row + 1);
            const set = shingleSet(shingle(text!));
            for (let band = 0; band < bands; band++) keys[band] = columns[bandAt + band * chunk.rows + row];
            const bytes = recordBytes(bands, set.length);
            if (used + bytes > buffer.byteLength) flush();
            if (bytes > buffer.byteLength) buffer = new ArrayBuffer(bytes);
            putRecord(buffer, used, {keys, set});
            places[chunk.base + row] = (written + used) / 8;
            used += bytes;
          }
        }
        flush();
      } finally {
        closeSync(file);
      }
    });
  }

  function compare({rows, files, places, fixed, met, paths, held}: DedupTask & {kind: "compare"}): Compared {
    const {threshold} = options;
    const records = openRecords(bands);
    const sets = new Map<number, Float64Array>();
    let remembered = 0;
    const remember = (at: number, set: Float64Array) => {
      sets.set(at, set);
      remembered += set.length;
      for (const [old, {length}] of sets) {
        if (remembered <= cache || old === at) break;
        sets.delete(old);
        remembered -= length;
      }
      return set;
    };
    const recordOf = held === null ? null : heldRecords(held, bands, shingle);
    const read = (at: number) =>
      recordOf?.(files[at], places[at], met[at]) ?? records.read(paths[files[at]], 8 * places[at]);
    // Components share no band, so that one search serves all of a task.
    const search = createStarSearch((at) => sets.get(at) ?? remember(at, read(at).set), {threshold});
    const stars: number[] = [];
    const entries = new Float64Array(bands);
    try {
      for (let from = 0; from < rows.length; from += block) {
        const to = Math.min(from + block, rows.length);
        const ahead = held === null ? records.readAll(paths, files.subarray(from, to), places.subarray(from, to)) : [];
        for (let at = from; at < to; at++) {
          const {keys, set} = ahead[at - from] ?? read(at);
          let n = 0;
          for (let band = 0; band < bands; band++)
            if (((met[at] >>> (band & 31)) & 1) === 1) entries[n++] = bandedKey(band, keys[band]);
          const shared = entries.subarray(0, n);
          const star = search.find(shared, set, fixed[at] === 1 ? (other) => fixed[other] === 0 : undefined);
          if (star !== null) stars.push(at, star.representative, star.jaccard);
          if (star !== null && fixed[at] === 0) continue;
          search.keep(at, shared);
          remember(at, set);
        }
      }
    } finally {
      records.close();
    }
    return {stars: Float64Array.from(stars), compared: search.compared, left: search.left};
  }

  return {
    async work(task) {
      // Both begin anew where their rows did not fit.
      if (task.kind === "sign") return withRoom((await connected()).connection, () => sign(task));
      if (task.kind === "records") return withRoom((await connected()).connection, () => writeRecords(task));
      if (task.kind === "compare") return compare(task);
      const keys = new Uint32Array(task.active.length);
      readColumn(task.chunks, "band", task.band, keys);
      joinBand(keys, task.active, task);
    },
    async close() {
      (await opened)?.close();
      opened = undefined;
    }
  };
}

const decoder = new TextDecoder(undefined, {ignoreBOM: true});
const nothing = new Uint8Array(0);

/** A byte order mark at the start says nothing of a text. */
function withoutMark(text: Uint8Array | null): Uint8Array | null {
  return text !== null && text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text;
}

/** A word of a digest that is a string of bytes, the first byte the highest. */
function wordOf(digest: string, word: number): number {
  let value = 0;
  for (let i = 4 * word; i < 4 * word + 4; i++) value = (value << 8) | digest.charCodeAt(i);
  return value >>> 0;
}
