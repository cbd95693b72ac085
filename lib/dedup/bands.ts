export interface BandOptions {
  bands?: number;
  rows?: number;
}

/**
 * The keys of a signature's bands: texts whose keys agree in a band are candidates for near duplicates. A key is 32 bits
 * wide; two different bands share one by chance once in 4 billion, which costs a comparison and no wrong verdict.
 *
 * @param signature of bands · rows hashes
 */
export function bandKeys(signature: ArrayLike<number>, {bands = 14, rows = 8}: BandOptions = {}): Uint32Array {
  if (signature.length !== bands * rows)
    throw new RangeError(`expected a signature of ${bands} · ${rows} hashes, got ${signature.length}`);
  const keys = new Uint32Array(bands);
  for (let band = 0, at = 0; band < bands; band++) {
    let h = band + 1;
    for (let row = 0; row < rows; row++) {
      h = Math.imul(h ^ signature[at++], 0x9e3779b1);
      h ^= h >>> 15;
    }
    h = Math.imul(h, 0x85ebca6b);
    keys[band] = h ^ (h >>> 13);
  }
  return keys;
}

/**
 * The chance that two texts become candidates: 1 − (1 − J^rows)^bands, for signatures of independent hashes.
 *
 * Source: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4.2.
 */
export function candidateProbability(jaccard: number, {bands = 14, rows = 8}: BandOptions = {}): number {
  return 1 - (1 - jaccard ** rows) ** bands;
}
