/** The first place of each hash. */
export interface SpanFirsts {
  /** the place that came first with this hash, −1 where it is this one, which is then held */
  find(low: number, high: number, place: number): number;
}

/** No hashes yet: open addressing in typed arrays, 16 bytes a slot, half of them filled at most, as places come in order. */
export function createSpanFirsts(): SpanFirsts {
  let mask = 1023;
  let hashes = new Int32Array(2 * (mask + 1));
  // Place + 1, so that 0 is free.
  let places = new Float64Array(mask + 1);
  let size = 0;

  function slotOf(low: number, high: number): number {
    let slot = (Math.imul(low, 0x9e3779b1) ^ (high >>> 3)) & mask;
    while (places[slot] !== 0 && (hashes[2 * slot] !== low || hashes[2 * slot + 1] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  function put(slot: number, low: number, high: number, place: number): void {
    hashes[2 * slot] = low;
    hashes[2 * slot + 1] = high;
    places[slot] = place;
  }

  return {
    find(low, high, place) {
      const slot = slotOf(low, high);
      if (places[slot] !== 0) return places[slot] - 1;
      put(slot, low, high, place + 1);
      if (2 * ++size > mask) {
        const [oldHashes, oldPlaces] = [hashes, places];
        mask = 2 * mask + 1;
        hashes = new Int32Array(2 * (mask + 1));
        places = new Float64Array(mask + 1);
        for (let i = 0; i < oldPlaces.length; i++) {
          if (oldPlaces[i] === 0) continue;
          const [a, b] = [oldHashes[2 * i], oldHashes[2 * i + 1]];
          put(slotOf(a, b), a, b, oldPlaces[i]);
        }
      }
      return -1;
    }
  };
}
