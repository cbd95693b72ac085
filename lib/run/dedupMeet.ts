import {fullBand} from "../dedup/starSearch.js";
import {lookUp, readIndexed, type DedupIndex, type IndexedTexts} from "./dedupIndex.js";
import {orderOfKeys} from "./orderOfKeys.js";

/** Pairs of rows and texts of an index, in two arrays. */
interface Pairs {
  rows: Int32Array;
  texts: Int32Array;
}

/** What rows have to do with an index. */
interface Meetings {
  /** texts of the index that are met */
  indexed: IndexedTexts;
  /** rows with texts that equal theirs */
  equal: Pairs;
  /** texts that share a key of a band, each with the first active row that has the key */
  near: Pairs;
  /** times a text was passed over because `fullBand` of the index were met under its key */
  left: number;
}

const none: Pairs = {rows: new Int32Array(0), texts: new Int32Array(0)};

/** Where there is no index. */
export const noMeetings: Meetings = {
  indexed: readIndexed(null, new Float64Array(0)),
  equal: none,
  near: none,
  left: 0
};

/**
 * Meets rows with an index: first texts that equal theirs, by id, so that no band hides one, then those that share a band.
 * Of the latter at most `fullBand` a key, the earliest, which bounds the work where many texts share a band.
 *
 * @param options.firsts rows that stand for themselves
 * @param options.active 1 for rows that are banded; becomes 0 where an equal text settles what a row is
 * @param options.met gets the band's bit, modulo 32, for each row that a text is met with
 * @param options.settles whether a text of a class is kept rather than a row
 */
export function meetIndex(
  index: DedupIndex,
  options: {
    firsts: Int32Array;
    active: Uint8Array;
    met: Uint32Array;
    id: readonly Uint32Array[];
    settles(textClass: number, row: number): boolean;
    bands: number;
    band(band: number): Uint32Array;
  }
): Meetings {
  const {firsts, active, met, id, bands} = options;
  const numbers = Uint32Array.from(firsts.keys());
  const same = growing();
  lookUpRows(
    index,
    "ids",
    numbers.filter((row) => firsts[row] === row),
    id[0],
    (rows, code) => {
      for (const row of rows) same.add(row, code);
    }
  );
  const candidates = readIndexed(index, distinct(same.codes()));
  const equal = growing();
  for (const [i, row] of same.rows().entries()) {
    const code = same.codes()[i];
    const text = candidates.find(code);
    if (!candidates.equals(text, id, row)) continue;
    equal.add(row, code);
    if (options.settles(candidates.class(text), row)) active[row] = 0;
  }
  const near = growing();
  const banded = numbers.filter((row) => active[row] === 1);
  let left = 0;
  for (let band = 0; band < bands; band++) {
    const held = new Map<number, number>();
    lookUpRows(index, band, banded, options.band(band), ([row], code) => {
      const before = held.get(row) ?? 0;
      held.set(row, before + 1);
      if (before >= fullBand) left++;
      else {
        met[row] |= 1 << (band & 31);
        near.add(row, code);
      }
    });
  }
  const indexed = readIndexed(index, distinct(equal.codes(), near.codes()));
  const numbered = (pairs: ReturnType<typeof growing>): Pairs => ({
    rows: pairs.rows(),
    texts: Int32Array.from(pairs.codes(), (code) => indexed.find(code))
  });
  return {indexed, equal: numbered(equal), near: numbered(near), left};
}

/** Codes in ascending order, each once. */
function distinct(...lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, {length}) => sum + length, 0));
  let n = 0;
  for (const list of lists) {
    all.set(list, n);
    n += list.length;
  }
  all.sort();
  n = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[n++] = all[i];
  return all.slice(0, n);
}

/** `found` gets the rows that have a text's key, ascending. */
function lookUpRows(
  index: DedupIndex,
  what: number | "ids",
  rows: Uint32Array,
  column: Uint32Array,
  found: (rows: Uint32Array, code: number) => void
): void {
  const keys = Uint32Array.from(rows, (row) => column[row]);
  const order = orderOfKeys(keys);
  const sorted = Uint32Array.from(order, (i) => keys[i]);
  const ordered = Uint32Array.from(order, (i) => rows[i]);
  lookUp(index, what, sorted, (from, to, code) => found(ordered.subarray(from, to), code));
}

function growing() {
  let rows = new Int32Array(1024);
  let codes = new Float64Array(1024);
  let n = 0;
  return {
    add(row: number, code: number): void {
      if (n === rows.length) {
        const [oldRows, oldCodes] = [rows, codes];
        rows = new Int32Array(2 * n);
        rows.set(oldRows);
        codes = new Float64Array(2 * n);
        codes.set(oldCodes);
      }
      rows[n] = row;
      codes[n++] = code;
    },
    rows: () => rows.subarray(0, n),
    codes: () => codes.subarray(0, n)
  };
}
