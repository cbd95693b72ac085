import type {SemanticIndex} from "./semanticStars.js";

/**
 * Texts as dense vectors, such as a model's embeddings. Exact: each is multiplied with every kept one, so the time grows
 * with texts times kept texts times dimensions (about a second for a billion products on one core).
 *
 * A vector is scaled to length 1. One of length 0 is near none.
 *
 * @param vectors one a text, all of one length, finite
 * @throws RangeError naming the vector (from 0) and the value
 */
export function semanticVectors(
  vectors: readonly ArrayLike<number>[],
  {threshold}: {threshold: number}
): SemanticIndex {
  if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`expected a cosine in (0, 1], got ${threshold}`);
  const size = vectors.length === 0 ? 0 : vectors[0].length;
  const all = new Float32Array(vectors.length * size);
  vectors.forEach((vector, i) => {
    if (vector.length !== size) throw new RangeError(`vector ${i}: expected ${size} numbers, got ${vector.length}`);
    let squares = 0;
    for (let d = 0; d < size; d++) squares += vector[d] * vector[d];
    if (!Number.isFinite(squares))
      throw new RangeError(`vector ${i}: expected finite numbers, got a sum of squares of ${squares}`);
    if (squares > 0) for (let d = 0; d < size; d++) all[i * size + d] = vector[d] / Math.sqrt(squares);
  });
  return {
    *near(ordinal, kept) {
      const a = ordinal * size;
      for (let number = 0; number < ordinal; number++) {
        if (kept[number] === 0) continue;
        const b = number * size;
        // Four sums side by side: the products wait for no addition, and the order of additions is always the same.
        let [s0, s1, s2, s3] = [0, 0, 0, 0];
        let d = 0;
        for (; d + 3 < size; d += 4) {
          s0 += all[a + d] * all[b + d];
          s1 += all[a + d + 1] * all[b + d + 1];
          s2 += all[a + d + 2] * all[b + d + 2];
          s3 += all[a + d + 3] * all[b + d + 3];
        }
        for (; d < size; d++) s0 += all[a + d] * all[b + d];
        const cosine = Math.min(1, s0 + s1 + (s2 + s3));
        if (cosine >= threshold) yield {number, cosine};
      }
    }
  };
}
