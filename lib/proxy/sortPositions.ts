/**
 * The positions of a text, sorted by the `order` tokens that start there.
 *
 * @param flat tokens below `keys`, the last `order` of which are padding: no position of theirs is listed
 * Source: counting sort by the last token first (Knuth, The Art of Computer Programming, volume 3, section 5.2.5).
 */
export function sortPositions(flat: Uint16Array, {order, keys}: {order: number; keys: number}): Int32Array {
  const size = flat.length - order;
  const next = new Int32Array(keys + 1);
  let sorted = new Int32Array(size);
  let spare = new Int32Array(size);
  for (let i = 0; i < size; i++) sorted[i] = i;
  for (let offset = order - 1; offset >= 0; offset--) {
    next.fill(0);
    for (let i = 0; i < size; i++) next[flat[i + offset] + 1]++;
    for (let key = 0; key < keys; key++) next[key + 1] += next[key];
    for (let i = 0; i < size; i++) {
      const position = sorted[i];
      spare[next[flat[position + offset]]++] = position;
    }
    [sorted, spare] = [spare, sorted];
  }
  return sorted;
}
