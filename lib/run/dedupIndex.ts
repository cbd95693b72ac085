import {existsSync} from "node:fs";
import {mkdir, readFile, rename, rm} from "node:fs/promises";
import {closeSync, openSync, writeSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";
import {writeAtomic} from "../io/atomic.js";
import {readFully} from "./dedupChunk.js";
import {openRecords, putRecord, recordBytes} from "./dedupRecords.js";

const Settings = z.strictObject({
  unit: z.enum(["words", "characters", "tokens"]),
  size: z.int(),
  normalisation: z.string(),
  bands: z.int(),
  rows: z.int()
});

/** How texts of an index were signed; a batch that is matched against it must be signed alike. */
export type IndexSettings = z.infer<typeof Settings>;

const IndexFile = z.strictObject({
  version: z.literal(1),
  settings: Settings,
  segments: z.array(z.strictObject({rows: z.int(), files: z.array(z.string())}))
});

type IndexFile = z.infer<typeof IndexFile>;

/**
 * Kept texts of earlier batches, on disk: a segment a batch, whose keys are sorted band by band, with each text's id,
 * class, name and shingle set. It holds hashes alone, no text; what a short text is can still be guessed from them.
 */
export interface DedupIndex {
  folder: string;
  segments: readonly {rows: number; files: readonly string[]}[];
  settings: IndexSettings;
}

/** A text of an index: its segment, and its number there. */
export interface IndexHit {
  segment: number;
  ordinal: number;
}

/** What an index tells of a text beside its record. */
export interface IndexedText {
  id: Uint32Array;
  class: number;
  /** "index <segment>/<file>:<row>", all from 1 */
  name: string;
  /** of its record, in `segmentRecords` */
  place: number;
}

// id (4), class, file, row (2 words), record's place in units of 8 bytes (2 words)
const textWords = 10;
// Keys between two that are known without reading.
const fence = 8192;

/** Opens an index, or an empty one where there is none. @throws TypeError where it was made with other settings */
export async function openIndex(folder: string, settings: IndexSettings): Promise<DedupIndex> {
  const path = join(folder, "index.json");
  if (!existsSync(path)) return {folder, segments: [], settings};
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
 * Texts of the index that share a key of a band with one of the batch: `found` gets the position in `sorted` of each.
 * Blocks between whose first keys no wanted one falls are not read, so that a small batch reads little of a big index.
 *
 * @param sorted keys of the batch in this band, ascending
 */
export function lookUp(
  index: DedupIndex,
  band: number,
  sorted: Uint32Array,
  found: (at: number, hit: IndexHit) => void
): void {
  for (const [segment, {rows}] of index.segments.entries()) {
    const file = openSync(join(segmentFolder(index.folder, segment), `band-${band}`), "r");
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
            for (let same = mine; same < sorted.length && sorted[same] === keys[i]; same++)
              found(same, {segment, ordinal: numbers[i]});
            i++;
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

/** What the index holds of texts. */
export function readIndexed(index: DedupIndex, hits: readonly IndexHit[]): IndexedText[] {
  const files = new Map<number, number>();
  try {
    return hits.map(({segment, ordinal}) => {
      if (!files.has(segment)) files.set(segment, openSync(join(segmentFolder(index.folder, segment), "texts"), "r"));
      const words = new Uint32Array(textWords);
      readFully(files.get(segment)!, words, 4 * textWords * ordinal);
      return {
        id: words.slice(0, 4),
        class: words[4],
        name: `index ${segment + 1}/${words[5] + 1}:${words[6] * 2 ** 32 + words[7] + 1}`,
        place: words[8] * 2 ** 32 + words[9]
      };
    });
  } finally {
    for (const file of files.values()) closeSync(file);
  }
}

/** A text that goes into an index. */
export interface ToIndex {
  id: readonly number[];
  class: number;
  /** number of its file among the batch's, and of its row there, both from 0 */
  file: number;
  row: number;
  /** where its record is */
  path: string;
  at: number;
}

/** Adds a segment; until index.json names it, the index is what it was. */
export async function addSegment(
  index: DedupIndex,
  texts: readonly ToIndex[],
  files: readonly string[]
): Promise<void> {
  const number = index.segments.length;
  const folder = segmentFolder(index.folder, number);
  const made = `${folder}.partial`;
  // Left by a run that was killed before index.json named them.
  for (const left of [made, folder]) await rm(left, {recursive: true, force: true});
  await mkdir(made, {recursive: true});
  const {bands} = index.settings;
  const n = texts.length;
  const records = openRecords(bands);
  const facts = new Uint32Array(textWords * n);
  const keys = new Uint32Array(bands * n);
  const out = openSync(join(made, "records"), "wx");
  try {
    let place = 0;
    let buffer = new ArrayBuffer(1 << 20);
    let used = 0;
    const flush = () => {
      for (let at = 0; at < used;) at += writeSync(out, new Uint8Array(buffer, at, used - at));
      used = 0;
    };
    for (const [i, text] of texts.entries()) {
      const record = records.read(text.path, text.at);
      for (let band = 0; band < bands; band++) keys[band * n + i] = record.keys[band];
      const high = Math.floor(place / 2 ** 32);
      const row = Math.floor(text.row / 2 ** 32);
      facts.set([...text.id, text.class, text.file, row, text.row >>> 0, high, place >>> 0], textWords * i);
      const bytes = recordBytes(bands, record.set.length);
      if (used + bytes > buffer.byteLength) flush();
      if (bytes > buffer.byteLength) buffer = new ArrayBuffer(bytes);
      putRecord(buffer, used, record);
      used += bytes;
      place += bytes / 8;
    }
    flush();
  } finally {
    closeSync(out);
    records.close();
  }
  await writeAtomic(join(made, "texts"), new Uint8Array(facts.buffer));
  const pairs = new Float64Array(n);
  for (let band = 0; band < bands; band++) {
    for (let i = 0; i < n; i++) pairs[i] = keys[band * n + i] * 2 ** 21 + (i & 0x1fffff);
    const sorted = n <= 0x200000 ? sortedByKey(pairs) : sortedIndirectly(keys.subarray(band * n, (band + 1) * n));
    const file = new Uint32Array(2 * n + Math.ceil(n / fence));
    for (let i = 0; i < n; i++) {
      file[i] = keys[band * n + sorted[i]];
      file[n + i] = sorted[i];
    }
    for (let block = 0; block * fence < n; block++) file[2 * n + block] = file[block * fence];
    await writeAtomic(join(made, `band-${band}`), new Uint8Array(file.buffer));
  }
  await rename(made, folder);
  const file: IndexFile = {
    version: 1,
    settings: index.settings,
    segments: [...index.segments.map(({rows, files}) => ({rows, files: [...files]})), {rows: n, files: [...files]}]
  };
  await writeAtomic(join(index.folder, "index.json"), `${JSON.stringify(file)}\n`);
}

/** Numbers by key, where key and number fit one float: native sorting of floats is several times faster. */
function sortedByKey(pairs: Float64Array): Uint32Array {
  return Uint32Array.from(pairs.sort(), (pair) => pair % 2 ** 21);
}

function sortedIndirectly(keys: Uint32Array): Uint32Array {
  return Uint32Array.from(keys, (_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
}
