/** Which of the texts added so far share a band with another. */
export interface BandIndex {
  /** Ordinals of the texts added under one of the keys, ascending, each once. */
  candidates(keys: Iterable<readonly [band: number, key: number]>): number[];
  /** Adds a text; what is full stays as it is. */
  add(keys: Iterable<readonly [band: number, key: number]>, ordinal: number): void;
  /** times a text was not added under one of its keys because so many were there before it */
  readonly left: number;
}

/**
 * An index over `bands` bands. A key with one text costs a number, further ones an array.
 *
 * @param options.most texts held under one key: what bounds the work where many texts share a band and are no duplicates
 */
export function createBandIndex(bands: number, {most = Infinity}: {most?: number} = {}): BandIndex {
  const maps = Array.from({length: bands}, () => new Map<number, number | number[]>());
  let left = 0;
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
        else if (typeof hit === "number" && most > 1) maps[band].set(key, [hit, ordinal]);
        else if (typeof hit !== "number" && hit.length < most) hit.push(ordinal);
        else left++;
      }
    },
    get left() {
      return left;
    }
  };
}
