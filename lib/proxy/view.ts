import {Context} from "./context.js";
import type {Counts} from "./countNgrams.js";

/**
 * A text as one tier sees it: for each token and each length of n-gram its discounted count, all counts and all
 * discounts of its context. A mix of tiers is a weighted sum of views, so that scoring a text under a new weighting
 * searches nothing.
 */
export interface View {
  readonly order: number;
  readonly vocabSize: number;
  /** 3 × order numbers a token */
  readonly values: Float64Array;
}

/** Looks at documents through one tier. */
export function view(counts: Counts, documents: readonly Uint16Array[]): View {
  const {order, vocabSize} = counts;
  const context = new Context([{counts, weight: 1}]);
  const values = new Float64Array(documents.reduce((sum, document) => sum + document.length, 0) * order * 3);
  let at = 0;
  for (const document of documents) {
    context.reset();
    for (let i = 0; i < document.length; i++) {
      context.step(document[i], true);
      for (let k = 1; k <= order; k++) {
        values[at++] = context.mass[k];
        values[at++] = context.total[k];
        values[at++] = context.back[k];
      }
    }
  }
  return {order, vocabSize, values};
}

/**
 * Log-probability of the documents under a mix of tiers, in nats: what createModel(…).logProb sums up to.
 *
 * @param views of the same documents; weights as in createModel
 */
export function logProbOfViews(views: readonly {view: View; weight: number}[]): number {
  const present = views.filter(({weight}) => weight > 0);
  if (present.length === 0) throw new RangeError("expected at least one view with a weight above 0, got none");
  const {order, vocabSize} = present[0].view;
  const {length} = present[0].view.values;
  if (present.some(({view}) => view.values.length !== length))
    throw new RangeError("expected views of the same documents");
  let sum = 0;
  for (let at = 0; at < length;) {
    let p = 1 / vocabSize;
    for (let k = 0; k < order; k++, at += 3) {
      let mass = 0;
      let total = 0;
      let back = 0;
      for (let t = 0; t < present.length; t++) {
        const {weight} = present[t];
        const {values} = present[t].view;
        mass += weight * values[at];
        total += weight * values[at + 1];
        back += weight * values[at + 2];
      }
      if (total > 0) p = (mass + back * p) / total;
    }
    sum += Math.log(p);
  }
  return sum;
}
