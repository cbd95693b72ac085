import {closeSync, existsSync, openSync, writeSync} from "node:fs";
import {mkdir, readFile, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {writeAtomic} from "../io/atomic.js";
import {readFully} from "./dedupChunk.js";
import type {IndexFile} from "./dedupIndexFile.js";
import {openRecords, putRecord, recordBytes} from "./dedupRecords.js";
import {orderOfKeys} from "./orderOfKeys.js";

/** How texts of an index were signed; a batch that is matched against it must be signed alike. */
export type IndexSettings = IndexFile["settings"];

/**
 * Kept texts of earlier batches, on disk: a segment a batch, whose keys are sorted band by band, and first words of ids
 * likewise, with each text's id, class, name and shingle set. It holds hashes alone, no text; what a short text is can still be guessed from them.
 */
export interface DedupIndex {
  folder: string;
  segments: readonly {rows: number; files: readonly string[]}[];
  settings: IndexSettings;
}

/** Texts of an index by number, ascending by segment and place there. */
export interface IndexedTexts {
  count: number;
  /** number of the text with a code that was asked for */
  find(code: number): number;
  segment(text: number): number;
  class(text: number): number;
  /** whether its text has the id of a row, in four columns */
  equals(text: number, id: readonly Uint32Array[], row: number): boolean;
  /** "index <segment>/<file>:<row>", all from 1 */
  name(text: number): string;
  /** of its record, in `segmentRecords` */
  place(text: number): number;
}

// id (4), class, file, row (2 words), record's place in units of 8 bytes (2 words)
const textWords = 10;
// Keys between two that are known without reading.
const fence = 8192;

/** Opens an index, or an empty one where there is none. @throws TypeError where it was made with other settings */
export async function openIndex(folder: string, settings: IndexSettings): Promise<DedupIndex> {
  const path = join(folder, "index.json");
  if (!existsSync(path)) return {folder, segments: [], settings};
  // Loaded where there is an index, so that other runs start sooner.
  const {IndexFile} = await import("./dedupIndexFile.js");
  let file: IndexFile;
  try {
    file = IndexFile.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw new TypeError(`${path}: expected an index of ballast dedup, got ${(error as Error).message.split("\n")[0]}`, {
      cause: error
    });
  }
  for (const [key, value] of Object.entries(settings)) {
    const held = file.settings[key as keyof IndexSettings];
    if (held !== value) throw new TypeError(`${path}: ${key}: the index was made with ${held}, got ${value}`);
  }
  return {folder, segments: file.segments, settings};
}

const segmentFolder = (folder: string, segment: number) => join(folder, `segment-${String(segment).padStart(6, "0")}`);

/** The file of a segment's records, as openRecords reads it. */
export function segmentRecords({folder}: DedupIndex, segment: number): string {
  return join(segmentFolder(folder, segment), "records");
}

/**
 * Texts of the index that share a key with one of the batch: `found` gets the positions in `sorted` that have the key, and
 * the text's code, `segment · 2³² + place there`. Blocks between whose first keys no wanted one falls are not read, so that
 * a small batch reads little of a big index.
 *
 * @param what a band, or "ids" for the first words of ids
 * @param sorted keys of the batch, ascending
 */
export function lookUp(
  index: DedupIndex,
  what: number | "ids",
  sorted: Uint32Array,
  found: (from: number, to: number, code: number) => void
): void {
  for (const [segment, {rows}] of index.segments.entries()) {
    const file = openSync(join(segmentFolder(index.folder, segment), keysOf(what)), "r");
    try {
      const fences = new Uint32Array(Math.ceil(rows / fence));
      // First all keys, then all numbers, then the fences.
      readFully(file, fences, 8 * rows);
      let at = 0;
      for (let block = 0; block < fences.length && at < sorted.length; block++) {
        if (block + 1 < fences.length && fences[block + 1] < sorted[at]) continue;
        const from = block * fence;
        const length = Math.min(fence, rows - from);
        const keys = new Uint32Array(length);
        const numbers = new Uint32Array(length);
        readFully(file, keys, 4 * from);
        readFully(file, numbers, 4 * (rows + from));
        const last = keys[length - 1];
        let mine = at;
        for (let i = 0; i < length && mine < sorted.length;) {
          if (keys[i] < sorted[mine]) i++;
          else if (keys[i] > sorted[mine]) mine++;
          else {
            let to = mine + 1;
            while (to < sorted.length && sorted[to] === keys[i]) to++;
            for (const key = keys[i]; i < length && keys[i] === key; i++)
              found(mine, to, segment * 2 ** 32 + numbers[i]);
          }
        }
        // A key that ends this block may begin the next one.
        while (at < sorted.length && sorted[at] < last) at++;
      }
    } finally {
      closeSync(file);
    }
  }
}

const keysOf = (what: number | "ids") => (what === "ids" ? what : `band-${what}`);

/** What the index holds of texts. @param codes as `lookUp` gives them, ascending, each once */
export function readIndexed(index: DedupIndex | null, codes: Float64Array): IndexedTexts {
  const facts = new Uint32Array(textWords * codes.length);
  let file: number | undefined;
  let opened = -1;
  try {
    for (const [text, code] of codes.entries()) {
      const segment = Math.floor(code / 2 ** 32);
      if (segment !== opened) {
        if (file !== undefined) closeSync(file);
        file = openSync(join(segmentFolder(index!.folder, segment), "texts"), "r");
        opened = segment;
      }
      const own = facts.subarray(textWords * text, textWords * (text + 1));
      readFully(file!, own, 4 * textWords * (code % 2 ** 32));
    }
  } finally {
    if (file !== undefined) closeSync(file);
  }
  const fact = (text: number, word: number) => facts[textWords * text + word];
  const segment = (text: number) => Math.floor(codes[text] / 2 ** 32);
  return {
    count: codes.length,
    find(code) {
      let low = 0;
      let high = codes.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (codes[middle] < code) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    segment,
    class: (text) => fact(text, 4),
    equals: (text, id, row) => id.every((words, i) => words[row] === fact(text, i)),
    name: (text) => `index ${segment(text) + 1}/${fact(text, 5) + 1}:${fact(text, 6) * 2 ** 32 + fact(text, 7) + 1}`,
    place: (text) => fact(text, 8) * 2 ** 32 + fact(text, 9)
  };
}

/** Rows that go into an index, in order; the arrays have one element each. */
export interface ToIndex {
  count: number;
  /** numbers of the rows among all */
  rows: Uint32Array;
  id: readonly Uint32Array[];
  classes: Uint32Array;
  /** number of a row's file among the batch's, and of the row there, both from 0 */
  place(row: number): {file: number; at: number};
  /** files of records, which of them a row's is in, and where, in units of 8 bytes */
  records: readonly string[];
  recordFile(row: number): number;
  recordPlace(row: number): number;
  /** keys of all rows in a band */
  band(band: number): Uint32Array;
}

// Texts whose records are held at a time.
const block = 4096;

/** Adds a segment; until index.json names it, the index is what it was. Holds 20 bytes a row at a time, and no text's set. */
export async function addSegment(index: DedupIndex, added: ToIndex, files: readonly string[]): Promise<void> {
  const number = index.segments.length;
  const folder = segmentFolder(index.folder, number);
  const made = `${folder}.partial`;
  // Left by a run that was killed before index.json named them.
  for (const left of [made, folder]) await rm(left, {recursive: true, force: true});
  await mkdir(made, {recursive: true});
  const {bands} = index.settings;
  const {count, rows} = added;
  copyTexts(added, bands, made);
  for (const what of ["ids", ...Array(bands).keys()] as const) {
    const all = what === "ids" ? added.id[0] : added.band(what);
    const keys = Uint32Array.from(rows, (row) => all[row]);
    const order = orderOfKeys(keys);
    const file = new Uint32Array(2 * count + Math.ceil(count / fence));
    for (let i = 0; i < count; i++) file[i] = keys[order[i]];
    file.set(order, count);
    for (let at = 0; at * fence < count; at++) file[2 * count + at] = file[at * fence];
    await writeAtomic(join(made, keysOf(what)), new Uint8Array(file.buffer));
  }
  await rename(made, folder);
  const file: IndexFile = {
    version: 2,
    settings: index.settings,
    segments: [...index.segments.map(({rows, files}) => ({rows, files: [...files]})), {rows: count, files: [...files]}]
  };
  await writeAtomic(join(index.folder, "index.json"), `${JSON.stringify(file)}\n`);
}

/** Writes the facts and the records of rows, block by block. */
function copyTexts({count, rows, id, classes, ...added}: ToIndex, bands: number, folder: string): void {
  const read = openRecords(bands);
  const records = openSync(join(folder, "records"), "wx");
  const texts = openSync(join(folder, "texts"), "wx");
  try {
    let place = 0;
    let buffer = new ArrayBuffer(1 << 20);
    let used = 0;
    const write = (file: number, bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    };
    for (let from = 0; from < count; from += block) {
      const some = rows.subarray(from, from + block);
      const facts = new Uint32Array(textWords * some.length);
      const numbers = Uint32Array.from(some, (row) => added.recordFile(row));
      const places = Float64Array.from(some, (row) => added.recordPlace(row));
      const ahead = read.readAll(added.records, numbers, places);
      for (const [i, row] of some.entries()) {
        const record = ahead[i] ?? read.read(added.records[numbers[i]], 8 * places[i]);
        const {file, at} = added.place(row);
        const own = [...id.map((words) => words[row]), classes[row], file, Math.floor(at / 2 ** 32), at >>> 0];
        facts.set([...own, Math.floor(place / 2 ** 32), place >>> 0], textWords * i);
        const bytes = recordBytes(bands, record.set.length);
        if (used + bytes > buffer.byteLength) {
          write(records, new Uint8Array(buffer, 0, used));
          used = 0;
        }
        if (bytes > buffer.byteLength) buffer = new ArrayBuffer(bytes);
        putRecord(buffer, used, record);
        used += bytes;
        place += bytes / 8;
      }
      write(texts, new Uint8Array(facts.buffer));
    }
    write(records, new Uint8Array(buffer, 0, used));
  } finally {
    closeSync(records);
    closeSync(texts);
    read.close();
  }
}
