/** A pair of sets by their places, a < b, and their exact Jaccard similarity. */
export interface SimilarPair {
  a: number;
  b: number;
  jaccard: number;
}

/** Every pair of sets with a Jaccard similarity of at least `threshold` > 0, by counting shared elements: no sketch. */
export function pairsAtLeast(sets: readonly Float64Array[], threshold: number): SimilarPair[] {
  const holders = new Map<number, number[]>();
  const shared = new Int32Array(sets.length);
  const pairs: SimilarPair[] = [];
  sets.forEach((set, b) => {
    const touched: number[] = [];
    for (const element of set) {
      const before = holders.get(element);
      if (before === undefined) {
        holders.set(element, [b]);
        continue;
      }
      for (const a of before) if (shared[a]++ === 0) touched.push(a);
      before.push(b);
    }
    for (const a of touched) {
      const jaccard = shared[a] / (sets[a].length + set.length - shared[a]);
      shared[a] = 0;
      if (jaccard >= threshold) pairs.push({a, b, jaccard});
    }
  });
  return pairs;
}
