import {sampleCorrelation} from "simple-statistics";

/**
 * Spearman's rank correlation, ties at their mean rank; null where it is not defined (under 2 pairs, or one side all
 * equal).
 *
 * @throws RangeError if the two sides differ in length
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length) throw new RangeError(`expected ${x.length} values, got ${y.length}`);
  if (x.length < 2 || new Set(x).size < 2 || new Set(y).size < 2) return null;
  return sampleCorrelation(ranks(x), ranks(y));
}

/** Ranks from 1, ties at their mean rank. */
export function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const out = new Array<number>(values.length);
  for (let i = 0; i < order.length;) {
    let j = i;
    while (j < order.length && values[order[j]] === values[order[i]]) j++;
    for (let k = i; k < j; k++) out[order[k]] = (i + j + 1) / 2;
    i = j;
  }
  return out;
}
