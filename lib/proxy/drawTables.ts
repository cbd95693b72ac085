import type {Counts} from "./countNgrams.js";
import {discount} from "./discounts.js";

/** What drawing needs beside the counts of one level. */
export interface DrawTable {
  /** discounted counts, summed up within each context */
  readonly cumulative: Float64Array;
  /** by context: the greatest discounted count */
  readonly greatest: Float64Array;
}

const made = new WeakMap<Counts, readonly DrawTable[]>();

/** The tables of a tier by length of n-gram, from 1 on: made on first use and kept as long as the counts. */
export function drawTables(counts: Counts): readonly DrawTable[] {
  let tables = made.get(counts);
  if (tables === undefined) {
    tables = counts.levels.map(({starts, counts, discounts}) => {
      const cumulative = new Float64Array(counts.length);
      const greatest = new Float64Array(starts.length - 1);
      for (let c = 0; c + 1 < starts.length; c++) {
        let sum = 0;
        for (let i = starts[c]; i < starts[c + 1]; i++) {
          const value = counts[i] - discount(discounts, counts[i]);
          cumulative[i] = sum += value;
          if (value > greatest[c]) greatest[c] = value;
        }
      }
      return {cumulative, greatest};
    });
    made.set(counts, tables);
  }
  return tables;
}
