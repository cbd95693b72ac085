import type {Counts} from "./countNgrams.js";

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
  /** by tier and length: id of the n-gram that ends here, −1 where the tier never saw it */
  readonly ids: Int32Array;
  private readonly mass: Float64Array;
  private readonly total: Float64Array;
  private readonly back: Float64Array;

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

  /** Probability of a token here; moves on past it where `advance` is true. */
  step(token: number, advance: boolean): number {
    const {tiers, order, ids, mass, total, back} = this;
    mass.fill(0);
    total.fill(0);
    back.fill(0);
    for (let t = 0; t < tiers.length; t++) {
      const {counts, weight} = tiers[t];
      const at = t * (order + 1);
      const root = counts.contexts[1];
      const seen = counts.unigrams[token];
      total[1] += weight * root[0];
      back[1] += weight * root[1];
      if (seen > 0) mass[1] += weight * (seen - counts.discounts[1][seen < 3 ? seen - 1 : 2]);
      let context = ids[at + 1];
      if (advance) ids[at + 1] = token;
      for (let k = 2; k <= order; k++) {
        let id = -1;
        if (context >= 0) {
          const sums = counts.contexts[k];
          const sum = sums[context * 2];
          if (sum > 0) {
            total[k] += weight * sum;
            back[k] += weight * sums[context * 2 + 1];
            const table = counts.tables[k];
            const slot = table.find(context, token);
            if (slot >= 0) {
              const count = table.slots[slot + 3];
              mass[k] += weight * (count - counts.discounts[k][count < 3 ? count - 1 : 2]);
              id = table.slots[slot + 2] - 1;
            }
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
