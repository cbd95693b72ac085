/** Which of the texts added so far share a band with another. */
export interface BandIndex {
  /** Ordinals of the texts added under one of the keys, ascending, each once. */
  candidates(keys: Iterable<readonly [band: number, key: number]>): number[];
  add(keys: Iterable<readonly [band: number, key: number]>, ordinal: number): void;
}

/** An empty index over `bands` bands. A key with one text costs a number, further ones an array. */
export function createBandIndex(bands: number): BandIndex {
  const maps = Array.from({length: bands}, () => new Map<number, number | number[]>());
  return {
    candidates(keys) {
      const found = new Set<number>();
      for (const [band, key] of keys) {
        const hit = maps[band].get(key);
        if (typeof hit === "number") found.add(hit);
        else if (hit !== undefined) for (const ordinal of hit) found.add(ordinal);
      }
      return Array.from(found).sort((a, b) => a - b);
    },
    add(keys, ordinal) {
      for (const [band, key] of keys) {
        const hit = maps[band].get(key);
        if (hit === undefined) maps[band].set(key, ordinal);
        else if (typeof hit === "number") maps[band].set(key, [hit, ordinal]);
        else hit.push(ordinal);
      }
    }
  };
}
