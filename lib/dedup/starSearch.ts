import {createBandIndex} from "./bandIndex.js";
import {jaccardAtLeast} from "./jaccard.js";

/** The star that a text belongs to: the kept text, and the exact similarity to it. */
export interface Star {
  representative: number;
  jaccard: number;
}

/**
 * Texts that one key of a band holds at most. A text is compared with at most this many times the bands, so that a band
 * in which everything falls costs a bounded number of comparisons a text; near copies share most of their bands, and are
 * missed only where all that they share are full.
 */
export const fullBand = 256;

/** Sets texts into stars around kept ones. Texts are to come in keep order, with ordinals that ascend. */
export interface StarSearch {
  /**
   * The first kept text that shares a band and whose exact similarity reaches the threshold, or null.
   *
   * @param keys of the text's bands, as bandedKey gives them; a key that no other text has may be left out
   * @param accept which kept texts count; all by default
   */
  find(keys: ArrayLike<number>, set: Float64Array, accept?: (ordinal: number) => boolean): Star | null;
  /** Keeps a text: those after it are compared with it. */
  keep(ordinal: number, keys: ArrayLike<number>): void;
  /** pairs whose exact similarity was taken */
  readonly compared: number;
  /** times a kept text was not put under a key because the key was full */
  readonly left: number;
}

/** @param setOf the shingle set of a kept text; its own cache, which may forget */
export function createStarSearch(
  setOf: (ordinal: number) => Float64Array,
  {threshold}: {threshold: number}
): StarSearch {
  const index = createBandIndex({most: fullBand});
  let compared = 0;
  return {
    find(keys, set, accept = () => true) {
      for (const representative of index.candidates(keys)) {
        if (!accept(representative)) continue;
        compared++;
        const jaccard = jaccardAtLeast(set, setOf(representative), threshold);
        if (jaccard !== null) return {representative, jaccard};
      }
      return null;
    },
    keep(ordinal, keys) {
      index.add(keys, ordinal);
    },
    get compared() {
      return compared;
    },
    get left() {
      return index.left;
    }
  };
}
