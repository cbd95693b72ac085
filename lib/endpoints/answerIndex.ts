/** Where an answer is in its file. */
export interface Place {
  /** bytes from the file's start */
  offset: number;
  /** bytes, without the line feed */
  length: number;
}

/** An index as it stands, for another thread, to which it is copied. */
export interface AnswerIndexData {
  count: number;
  keys: Uint32Array<ArrayBuffer>;
  offsets: Float64Array<ArrayBuffer>;
  lengths: Uint32Array<ArrayBuffer>;
  slots: Uint32Array<ArrayBuffer>;
  later: Map<number, Place[]>;
  void: Set<number>;
}

/**
 * The first place of each key: sha256 in hex, of which the first 128 bits tell keys apart. An answer takes 28 bytes and 8 to
 * 16 of the table (open addressing, at most half full), whatever its size; twice that for a moment while it grows.
 *
 * Does not guard against two keys that share 128 bits, which nobody is known to be able to make: who reads a place compares
 * the whole key there.
 */
export class AnswerIndex {
  #count = 0;
  #keys = new Uint32Array(4 * 1024);
  #offsets = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  /** entry + 1 by slot, 0 where there is none */
  #slots = new Uint32Array(2048);
  /** further places of a key, in the file's order: they are there only where two processes asked the same at once */
  #later = new Map<number, Place[]>();
  /** entries whose places have all turned out to be of no use */
  #void = new Set<number>();

  /** @param data of another index, whose arrays belong to this one from now on */
  constructor(data?: AnswerIndexData) {
    if (data === undefined) return;
    ({count: this.#count, keys: this.#keys, offsets: this.#offsets, lengths: this.#lengths} = data);
    ({slots: this.#slots, later: this.#later, void: this.#void} = data);
  }

  /** What a further index is made of; not a copy: it is for being sent. */
  data(): AnswerIndexData {
    return {
      ...{count: this.#count, keys: this.#keys, offsets: this.#offsets, lengths: this.#lengths},
      ...{slots: this.#slots, later: this.#later, void: this.#void}
    };
  }

  /** Keys that have a place. */
  get size(): number {
    return this.#count - this.#void.size;
  }

  get(key: string): Place | null {
    const entry = this.#find(wordsOf(key));
    return entry < 0 || this.#void.has(entry) ? null : this.#place(entry);
  }

  /** Adds a place; where the key has one already, it comes behind that. */
  add(key: string, {offset, length}: Place): void {
    const words = wordsOf(key);
    const found = this.#find(words);
    if (found >= 0 && !this.#void.delete(found)) {
      this.#later.set(found, [...(this.#later.get(found) ?? []), {offset, length}]);
      return;
    }
    const entry = found >= 0 ? found : this.#insert(words);
    this.#offsets[entry] = offset;
    this.#lengths[entry] = length;
  }

  /** Takes the first place of a key out: the next one counts from now on, if there is one. */
  drop(key: string): void {
    const entry = this.#find(wordsOf(key));
    if (entry < 0) return;
    const next = this.#later.get(entry)?.shift();
    if (next === undefined) {
      this.#void.add(entry);
      return;
    }
    this.#offsets[entry] = next.offset;
    this.#lengths[entry] = next.length;
  }

  /** The places of all keys, in the keys' order. */
  *sorted(): Generator<Place> {
    const keys = this.#keys;
    const order = Uint32Array.from({length: this.#count}, (_, entry) => entry).sort((a, b) => {
      for (let i = 0; i < 4; i++) if (keys[4 * a + i] !== keys[4 * b + i]) return keys[4 * a + i] - keys[4 * b + i];
      return 0;
    });
    for (const entry of order) if (!this.#void.has(entry)) yield this.#place(entry);
  }

  #place(entry: number): Place {
    return {offset: this.#offsets[entry], length: this.#lengths[entry]};
  }

  #find(words: Words): number {
    for (let slot = words[0]; ; slot++) {
      const entry = this.#slots[slot & (this.#slots.length - 1)] - 1;
      if (entry < 0 || words.every((word, i) => this.#keys[4 * entry + i] === word)) return entry;
    }
  }

  #insert(words: Words): number {
    if (this.#count === this.#lengths.length) this.#grow();
    const entry = this.#count++;
    this.#keys.set(words, 4 * entry);
    this.#fill(entry);
    return entry;
  }

  #fill(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#keys[4 * entry] & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
  }

  #grow(): void {
    const room = 2 * this.#lengths.length;
    this.#keys = copied(this.#keys, new Uint32Array(4 * room));
    this.#offsets = copied(this.#offsets, new Float64Array(room));
    this.#lengths = copied(this.#lengths, new Uint32Array(room));
    this.#slots = new Uint32Array(2 * room);
    for (let entry = 0; entry < this.#count; entry++) this.#fill(entry);
  }
}

type Words = readonly [number, number, number, number];

function wordsOf(key: string): Words {
  const word = (i: number) => Number.parseInt(key.slice(8 * i, 8 * i + 8), 16);
  return [word(0), word(1), word(2), word(3)];
}

function copied<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
