import type {SpanTokens} from "./spanReader.js";

/** Two hashes of every run of `size` tokens, by where it begins. The arrays belong to the windower: copy what must last. */
export interface SpanWindows {
  count: number;
  low: Int32Array;
  high: Int32Array;
}

/**
 * A function from tokens to the hashes of their windows, polynomials of the tokens' hashes modulo 2^32 in two bases.
 * It reuses its arrays. Not cryptographic: equal hashes are a candidate, no proof.
 */
export function createSpanWindower(size: number): (tokens: SpanTokens) => SpanWindows {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`expected windows of 1 token or more, got ${size}`);
  const windows: SpanWindows = {count: 0, low: new Int32Array(1024), high: new Int32Array(1024)};
  return ({count, low, high}) => {
    windows.count = Math.max(0, count - size + 1);
    if (windows.count > windows.low.length) {
      windows.low = new Int32Array(2 * windows.count);
      windows.high = new Int32Array(2 * windows.count);
    }
    if (windows.count > 0) {
      slide(low, count, size, 0x9e3779b1 | 0, windows.low);
      slide(high, count, size, 0x85ebca77 | 0, windows.high);
    }
    return windows;
  };
}

function slide(hashes: Int32Array, count: number, size: number, base: number, out: Int32Array): void {
  let leaving = 1;
  for (let i = 0; i < size; i++) leaving = Math.imul(leaving, base);
  let sum = 0;
  for (let i = 0; i < size; i++) sum = (Math.imul(sum, base) + hashes[i]) | 0;
  out[0] = sum;
  for (let i = size; i < count; i++) {
    sum = (Math.imul(sum, base) + hashes[i] - Math.imul(hashes[i - size], leaving)) | 0;
    out[i - size + 1] = sum;
  }
}
