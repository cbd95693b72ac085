/**
 * Distinct n-grams over all n-grams of a sample: falls as samples repeat themselves. Comparable between samples of
 * equal size alone.
 *
 * @param n 1 to 3, for vocabularies below 65,536 tokens
 * Source: Li et al. (2016), arXiv:1510.03055, section 5.2 (distinct-n).
 */
export function distinct(documents: readonly Uint16Array[], n: number): number {
  if (!(n === 1 || n === 2 || n === 3)) throw new RangeError(`expected n-grams of 1 to 3 tokens, got ${n}`);
  const seen = new Set<number>();
  let all = 0;
  for (const document of documents) {
    for (let i = n - 1; i < document.length; i++) {
      let key = 0;
      for (let j = i - n + 1; j <= i; j++) key = key * 65_536 + document[j];
      seen.add(key);
      all++;
    }
  }
  return all === 0 ? 0 : seen.size / all;
}
