import {keepOrder, type Standing} from "./keepOrder.js";

/** A row of the map of semantic duplicates: a removed text and the kept one it was compared with. Both are keys. */
export interface SemanticEdge {
  member: string;
  representative: string;
  /** exact cosine of the two texts' vectors; 1 for equal texts */
  cosine: number;
  kind: "exact" | "semantic";
}

/**
 * Cosines from which texts count as duplicates where nobody says otherwise. With TF-IDF at .8, 24 of the 7,473 problems
 * of GSM8K's training set would go (45 at .7, 69 at .6, where the first pairs of one topic appear that are no retelling).
 * Vectors of models stand closer together, and how close depends on the model: .95 is careful, not measured.
 */
export const semanticThresholds = {terms: 0.8, embeddings: 0.95} as const;

/** The vectors of distinct texts, in keep order: which of the earlier ones are near one of them. */
export interface SemanticIndex {
  /**
   * Those of the kept texts whose cosine with text `ordinal` is at least the threshold, with that cosine.
   *
   * @param kept by ordinal: 1 where the text is kept so far; all are before `ordinal`
   */
  near(ordinal: number, kept: Uint8Array): Iterable<{number: number; cosine: number}>;
}

/**
 * Duplicates in meaning, as stars around kept representatives: the promises of near duplicates (`stars`) with a cosine
 * in place of Jaccard similarity. In keep order, each text is compared with every kept one, and is removed by the nearest
 * whose cosine reaches the threshold; of equally near ones the first in keep order. So every edge is exact, each goes to
 * a kept text, and no cluster is a chain; the order of the input changes nothing.
 *
 * What it does not promise: that two texts near each other mean the same. A threshold is a measured trade, see
 * `semanticThresholds`; texts that differ in one decisive word ("not", a number) may be near.
 *
 * @param indexOf makes the index from the distinct texts, as many as there are ordinals, in keep order
 * @returns edges in keep order of their members
 */
export async function semanticStars(
  texts: readonly (Standing & {text: string})[],
  indexOf: (texts: readonly string[]) => SemanticIndex | Promise<SemanticIndex>
): Promise<SemanticEdge[]> {
  const sorted = [...texts].sort(keepOrder);
  const ordinals = new Map<string, number>();
  const distinct: (Standing & {text: string})[] = [];
  for (const text of sorted) {
    if (ordinals.has(text.id)) continue;
    ordinals.set(text.id, distinct.length);
    distinct.push(text);
  }
  const index = await indexOf(distinct.map(({text}) => text));
  const kept = new Uint8Array(distinct.length);
  const stars = new Map<number, {representative: number; cosine: number}>();
  const edges: SemanticEdge[] = [];
  for (const {id, key} of sorted) {
    const ordinal = ordinals.get(id)!;
    const first = distinct[ordinal].key === key;
    if (first) {
      let star: {representative: number; cosine: number} | undefined;
      for (const {number, cosine} of index.near(ordinal, kept)) {
        if (kept[number] === 0 || number >= ordinal) continue;
        if (star === undefined || cosine > star.cosine || (cosine === star.cosine && number < star.representative))
          star = {representative: number, cosine};
      }
      if (star === undefined) {
        kept[ordinal] = 1;
        continue;
      }
      stars.set(ordinal, star);
    }
    const star = stars.get(ordinal);
    edges.push(
      star === undefined
        ? {member: key, representative: distinct[ordinal].key, cosine: 1, kind: "exact"}
        : {member: key, representative: distinct[star.representative].key, cosine: star.cosine, kind: "semantic"}
    );
  }
  return edges;
}
