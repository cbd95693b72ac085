import type {Counts} from "./countNgrams.js";
import {discount} from "./discounts.js";

/** One tier of a model: its counts, and the weight e_t of each of its tokens. */
export interface WeightedTier {
  counts: Counts;
  weight: number;
}

/**
 * A place in a document: it knows, for every tier, which n-grams end here, and so the probability of what comes next.
 *
 * P(w|h) = Σ e_t max(a_t(hw) − D_t, 0) / Z + γ(h) P(w|h'), Z = Σ e_t a_t(h·), γ(h) = Σ e_t ΣD_t / Z; the base is
 * uniform, and a context that no tier has seen passes on to the shorter one.
 */
export class Context {
  readonly tiers: readonly WeightedTier[];
  readonly order: number;
  readonly vocabSize: number;
  /** by tier and length: id of the n-gram that ends here */
  private readonly ids: Int32Array;
  /** after a step, by length of n-gram: weighted discounted count of the token, all counts, all discounts of its context */
  readonly mass: Float64Array;
  readonly total: Float64Array;
  readonly back: Float64Array;

  constructor(tiers: readonly WeightedTier[]) {
    this.tiers = tiers;
    this.order = tiers[0].counts.order;
    this.vocabSize = tiers[0].counts.vocabSize;
    this.ids = new Int32Array(tiers.length * (this.order + 1));
    this.mass = new Float64Array(this.order + 1);
    this.total = new Float64Array(this.order + 1);
    this.back = new Float64Array(this.order + 1);
    this.reset();
  }

  /** Goes to the start of a document. */
  reset(): void {
    this.ids.fill(-1);
    for (let t = 0; t < this.tiers.length; t++) this.ids[t * (this.order + 1) + 1] = this.vocabSize;
  }

  /** Id of the n-gram of a length that ends here, −1 where the tier never saw it. */
  id(tier: number, length: number): number {
    return length === 0 ? 0 : this.ids[tier * (this.order + 1) + length];
  }

  /** Moves on past a token. */
  advance(token: number): void {
    const {tiers, order, ids} = this;
    for (let t = 0; t < tiers.length; t++) {
      const {levels} = tiers[t].counts;
      const at = t * (order + 1);
      // An n-gram of the top order is no context.
      for (let k = order - 1; k >= 2; k--) {
        const context = ids[at + k - 1];
        const {starts, tokens} = levels[k];
        ids[at + k] = context < 0 ? -1 : find(tokens, starts[context], starts[context + 1], token);
      }
      ids[at + 1] = token;
    }
  }

  /** Probability of a token here; moves on past it where `advance` is true. */
  step(token: number, advance: boolean): number {
    const {tiers, order, ids, mass, total, back} = this;
    mass.fill(0);
    total.fill(0);
    back.fill(0);
    for (let t = 0; t < tiers.length; t++) {
      const {weight} = tiers[t];
      const {levels} = tiers[t].counts;
      const at = t * (order + 1);
      let context = 0;
      for (let k = 1; k <= order; k++) {
        let id = -1;
        if (context >= 0) {
          const {starts, tokens, counts, sums, discounts} = levels[k];
          const sum = sums[context * 2];
          if (sum > 0) {
            total[k] += weight * sum;
            back[k] += weight * sums[context * 2 + 1];
            id = k === 1 ? token : find(tokens, starts[context], starts[context + 1], token);
            if (id >= 0) mass[k] += weight * (counts[id] - discount(discounts, counts[id]));
          }
        }
        context = ids[at + k];
        if (advance) ids[at + k] = id;
      }
    }
    let p = 1 / this.vocabSize;
    for (let k = 1; k <= order; k++) if (total[k] > 0) p = (mass[k] + back[k] * p) / total[k];
    return p;
  }
}

/** Index of a token in a stretch of ascending tokens, −1 where it is not. */
function find(tokens: Uint16Array, low: number, high: number, token: number): number {
  while (high - low > 8) {
    const middle = (low + high) >> 1;
    if (tokens[middle] <= token) low = middle;
    else high = middle;
  }
  for (; low < high; low++) if (tokens[low] === token) return low;
  return -1;
}
