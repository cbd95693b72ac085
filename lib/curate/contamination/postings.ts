import {createShingleTable, type ShingleTable, type ShingleTableData} from "../../dedup/shingleTable.js";

/** Finished postings: typed arrays alone, which threads may share. */
export interface PostingsData {
  table: ShingleTableData;
  /** one bit of sixteen set for each shingle: what is not there is mostly told without the table, from a nearer cache */
  filter: Int32Array;
  /** by shingle: where its holders begin, in the order they were added */
  offsets: Int32Array;
  holders: Int32Array;
}

/** By shingle: the texts that hold it. Texts are added one after another, each by its number, of which none is below 0. */
export class Postings {
  readonly #table = createShingleTable();
  /** by shingle: the last text it was added for */
  #last = new Int32Array(1024);
  /** shingle and text of each posting, in the order they were added */
  #shingles = new Int32Array(1024);
  #numbers = new Int32Array(1024);
  #size = 0;

  /** Whether this is the text's first of this shingle. */
  add(low: number, high: number, number: number): boolean {
    const before = this.#table.size;
    const shingle = this.#table.add(low, high);
    if (shingle < before && this.#last[shingle] === number) return false;
    this.#last = room(this.#last, shingle);
    this.#last[shingle] = number;
    this.#shingles = room(this.#shingles, this.#size);
    this.#numbers = room(this.#numbers, this.#size);
    this.#shingles[this.#size] = shingle;
    this.#numbers[this.#size++] = number;
    return true;
  }

  /** The postings as they stand; they share the table with this one, to which nothing may be added then. */
  data(): PostingsData {
    const table = this.#table.data();
    const offsets = new Int32Array(table.size + 1);
    for (let i = 0; i < this.#size; i++) offsets[this.#shingles[i] + 1]++;
    for (let shingle = 0; shingle < table.size; shingle++) offsets[shingle + 1] += offsets[shingle];
    const next = offsets.slice(0, table.size);
    const holders = new Int32Array(this.#size);
    for (let i = 0; i < this.#size; i++) holders[next[this.#shingles[i]]++] = this.#numbers[i];
    let bits = 1024;
    while (bits < 16 * table.size && bits < 2 ** 30) bits *= 2;
    const filter = new Int32Array(bits / 32);
    for (let place = 0; place < table.numbers.length; place++)
      if (table.numbers[place] !== 0) {
        const bit = table.highs[place] & (bits - 1);
        filter[bit >>> 5] |= 1 << (bit & 31);
      }
    return {table, filter, offsets, holders};
  }
}

/** Looks shingles up in finished postings. */
export class PostingsReader {
  /** by the shingle's own number: where its holders begin */
  readonly offsets: Int32Array;
  readonly holders: Int32Array;
  readonly #table: ShingleTable;
  readonly #filter: Int32Array;
  readonly #mask: number;

  constructor({table, filter, offsets, holders}: PostingsData) {
    [this.offsets, this.holders] = [offsets, holders];
    this.#table = createShingleTable(table);
    this.#filter = filter;
    this.#mask = 32 * filter.length - 1;
  }

  /** The shingle's own number, −1 where no text holds it. */
  find(low: number, high: number): number {
    const bit = high & this.#mask;
    if (((this.#filter[bit >>> 5] >>> (bit & 31)) & 1) === 0) return -1;
    return this.#table.find(low, high);
  }
}

function room(array: Int32Array<ArrayBuffer>, at: number): Int32Array<ArrayBuffer> {
  if (at < array.length) return array;
  const wider = new Int32Array(2 * array.length);
  wider.set(array);
  return wider;
}
