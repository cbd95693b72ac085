import {bandedKey} from "./bandIndex.js";
import {bandKeys, type BandOptions} from "./bands.js";
import {shingleSet} from "./jaccard.js";
import {keepOrder, type Standing} from "./keepOrder.js";
import {createMinhash} from "./minhash.js";
import {createStarSearch} from "./starSearch.js";
import {createShingler, type ShingleOptions} from "./shingles.js";

export interface DedupOptions extends BandOptions, ShingleOptions {
  /** exact Jaccard similarity of shingle sets at which a pair is a near duplicate, in [0, 1] */
  threshold?: number;
}

/** A row of the cluster map: a removed text and the kept one it was compared with. Both are keys. */
export interface Edge {
  member: string;
  representative: string;
  /** exact Jaccard similarity of the two, 1 for equal texts */
  jaccard: number;
  kind: "exact" | "near";
}

/**
 * The duplicates among texts, as stars around kept representatives.
 *
 * In keep order, each text is compared with the kept ones that share a band, first come first, and is removed by the
 * first whose exact Jaccard similarity reaches the threshold. So every edge is verified, each goes to a kept text, and
 * no cluster is a chain: neither the order of the input nor a second pass changes anything. Where more than `fullBand`
 * kept texts share a band, further ones are not found through it.
 *
 * @returns edges in keep order of their members; what is in no edge as a member is kept
 */
export function stars(texts: readonly (Standing & {text: string})[], options: DedupOptions = {}): Edge[] {
  const {threshold = 0.8, bands = 20, rows = 8} = options;
  const shingle = createShingler(options);
  const sign = createMinhash(bands * rows);
  const kept: {key: string; set: Float64Array}[] = [];
  const search = createStarSearch((ordinal) => kept[ordinal].set, {threshold});
  const byId = new Map<string, {representative: string; jaccard: number; kind: Edge["kind"]}>();
  const edges: Edge[] = [];
  for (const {id, key, text} of [...texts].sort(keepOrder)) {
    const twin = byId.get(id);
    if (twin !== undefined) {
      edges.push({member: key, ...twin});
      continue;
    }
    const shingles = shingle(text);
    const set = shingleSet(shingles);
    const keys =
      set.length === 0 ? [] : Array.from(bandKeys(sign(shingles), {bands, rows}), (key, band) => bandedKey(band, key));
    const near = search.find(keys, set);
    if (near === null) {
      byId.set(id, {representative: key, jaccard: 1, kind: "exact"});
      search.keep(kept.length, keys);
      kept.push({key, set});
    } else {
      const star = {representative: kept[near.representative].key, jaccard: near.jaccard, kind: "near"} as const;
      byId.set(id, star);
      edges.push({member: key, ...star});
    }
  }
  return edges;
}
