import {createSpanWindower} from "./spanWindows.js";
import type {SpanTokens} from "./spanReader.js";

/** Which windows of a corpus can stand in it twice. */
export interface SpanFilter {
  /** notes a document, each once */
  add(tokens: SpanTokens): void;
  /** gives, in order, where each window begins that may stand twice in what was noted; every one that does is among them */
  contested(tokens: SpanTokens, found: (from: number) => void): void;
}

/**
 * A filter by winnowing: each window of `size` tokens selects its least run of half the length, so equal windows select
 * equal runs, at equal places; runs that were selected at two places are marked in a bitmap. Windows that share a selected
 * run by chance pass too: the filter saves room and decides nothing.
 *
 * @param bits of each of its two bitmaps, a power of two; about 0.075 runs a token are selected at 50 tokens
 * Source: Schleimer, Wilkerson & Aiken (2003), doi:10.1145/872757.872770, section 4, leftmost of equals.
 */
export function createSpanFilter({size, bits}: {size: number; bits: number}): SpanFilter {
  const half = Math.ceil(size / 2);
  const windowsOf = createSpanWindower(half);
  const once = new Int32Array(bits / 32);
  const twice = new Int32Array(bits / 32);
  const mask = bits / 32 - 1;
  const width = size - half + 1;

  /** Gives each window and where its selected run begins. */
  function select(low: Int32Array, count: number, each: (from: number, selected: number) => void): void {
    let selected = -1;
    for (let from = 0; from + width <= count; from++) {
      if (selected < from) {
        selected = from;
        for (let i = from + 1; i < from + width; i++) if (low[i] < low[selected]) selected = i;
      } else if (low[from + width - 1] < low[selected]) selected = from + width - 1;
      each(from, selected);
    }
  }

  return {
    add(tokens) {
      const {count, low, high} = windowsOf(tokens);
      let last = -1;
      select(low, count, (_, selected) => {
        if (selected === last) return;
        last = selected;
        const word = (high[selected] >>> 5) & mask;
        const bit = 1 << high[selected];
        if ((once[word] & bit) !== 0) twice[word] |= bit;
        else once[word] |= bit;
      });
    },
    contested(tokens, found) {
      const {count, low, high} = windowsOf(tokens);
      select(low, count, (from, selected) => {
        if ((twice[(high[selected] >>> 5) & mask] & (1 << high[selected])) !== 0) found(from);
      });
    }
  };
}
