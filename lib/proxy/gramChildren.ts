import type {Counts} from "./countNgrams.js";

/** The n-grams of one length, by context: what may come next, for drawing from. */
export interface GramChildren {
  /** children of context c lie from starts[c] to starts[c + 1] */
  readonly starts: Int32Array;
  readonly tokens: Uint16Array;
  /** discounted counts, summed up within each context */
  readonly cumulative: Float64Array;
  /** by context: the greatest discounted count */
  readonly greatest: Float64Array;
}

const made = new WeakMap<Counts, GramChildren[]>();

/** The children of all contexts of n-grams of length k, made on first use and kept with the counts. */
export function gramChildren(counts: Counts, k: number): GramChildren {
  let lists = made.get(counts);
  if (lists === undefined) made.set(counts, (lists = []));
  return (lists[k] ??= list(counts, k));
}

function list(counts: Counts, k: number): GramChildren {
  const contexts = counts.contexts[k].length / 2;
  const starts = new Int32Array(contexts + 1);
  const each = (use: (context: number, token: number, count: number) => void) => {
    if (k === 1) counts.unigrams.forEach((count, token) => count > 0 && use(0, token, count));
    else {
      const {slots} = counts.tables[k];
      for (let at = 0; at < slots.length; at += 4)
        if (slots[at + 2] !== 0) use(slots[at], slots[at + 1], slots[at + 3]);
    }
  };
  each((context) => starts[context + 1]++);
  for (let c = 0; c < contexts; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const tokens = new Uint16Array(starts[contexts]);
  const cumulative = new Float64Array(starts[contexts]);
  const greatest = new Float64Array(contexts);
  const d = counts.discounts[k];
  each((context, token, count) => {
    const at = next[context]++;
    const value = count - d[count < 3 ? count - 1 : 2];
    tokens[at] = token;
    cumulative[at] = value + (at > starts[context] ? cumulative[at - 1] : 0);
    if (value > greatest[context]) greatest[context] = value;
  });
  return {starts, tokens, cumulative, greatest};
}
