export interface BandOptions {
  bands?: number;
  rows?: number;
}

/**
 * The keys of a signature's bands: texts whose keys agree in a band are candidates for near duplicates. A key is 32 bits
 * wide. Of n texts each shares one by chance with n · bands / 2³² others: with 20 bands .05 at 10 million, .5 at 100
 * million, each a text read again and a comparison, and no wrong verdict. From 2³² / bands texts on (215 million) chance
 * alone would join most texts into one component, which one worker compares: keys would have to be wider then.
 *
 * @param signature of bands · rows hashes
 * @param keys where they go
 */
export function bandKeys(
  signature: ArrayLike<number>,
  {bands = 20, rows = 8}: BandOptions = {},
  keys = new Uint32Array(bands)
): Uint32Array {
  if (signature.length !== bands * rows)
    throw new RangeError(`expected a signature of ${bands} · ${rows} hashes, got ${signature.length}`);
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
export function candidateProbability(jaccard: number, {bands = 20, rows = 8}: BandOptions = {}): number {
  return 1 - (1 - jaccard ** rows) ** bands;
}
