/**
 * The n-grams of one order: an open-addressing table from (id of the first n − 1 tokens, last token) to a dense id and
 * a count. A slot is four integers on one cache line: parent, token, id + 1 (0 where empty), count.
 */
export class GramTable {
  slots: Int32Array;
  /** n-grams held; their ids are 0 … size − 1 in order of first appearance */
  size = 0;
  private mask: number;
  private limit: number;

  /** @param expected n-grams expected: a table that holds more doubles itself */
  constructor(expected: number) {
    const capacity = powerOfTwo(expected);
    this.slots = new Int32Array(capacity * 4);
    this.mask = capacity - 1;
    this.limit = Math.floor(capacity * 0.6);
  }

  /** Offset in `slots` of an n-gram, −1 where it was never seen. */
  find(parent: number, token: number): number {
    const {slots, mask} = this;
    for (let slot = hash(parent, token) & mask; ; slot = (slot + 1) & mask) {
      const at = slot << 2;
      if (slots[at + 2] === 0) return -1;
      if (slots[at] === parent && slots[at + 1] === token) return at;
    }
  }

  /** Offset in `slots` of an n-gram, which is added with count 0 where it was never seen: `size` has then grown. */
  add(parent: number, token: number): number {
    if (this.size >= this.limit) this.resize((this.mask + 1) * 2);
    const {slots, mask} = this;
    for (let slot = hash(parent, token) & mask; ; slot = (slot + 1) & mask) {
      const at = slot << 2;
      if (slots[at + 2] === 0) {
        slots[at] = parent;
        slots[at + 1] = token;
        slots[at + 2] = ++this.size;
        return at;
      }
      if (slots[at] === parent && slots[at + 1] === token) return at;
    }
  }

  /** Gives back the memory that a generous guess took. */
  shrink(): void {
    const capacity = powerOfTwo(this.size);
    if (capacity <= this.mask) this.resize(capacity);
  }

  private resize(capacity: number): void {
    const {slots} = this;
    const mask = capacity - 1;
    const grown = new Int32Array(capacity * 4);
    for (let at = 0; at < slots.length; at += 4) {
      if (slots[at + 2] === 0) continue;
      let slot = hash(slots[at], slots[at + 1]) & mask;
      while (grown[(slot << 2) + 2] !== 0) slot = (slot + 1) & mask;
      const to = slot << 2;
      grown[to] = slots[at];
      grown[to + 1] = slots[at + 1];
      grown[to + 2] = slots[at + 2];
      grown[to + 3] = slots[at + 3];
    }
    this.slots = grown;
    this.mask = mask;
    this.limit = Math.floor(capacity * 0.6);
  }
}

function hash(parent: number, token: number): number {
  let h = Math.imul(parent, 0x9e3779b1) ^ Math.imul(token + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

/** The least capacity, at least 16, that holds n at a load of at most 0.6. */
function powerOfTwo(n: number): number {
  let capacity = 16;
  while (capacity * 0.6 <= n) capacity *= 2;
  return capacity;
}
