/**
 * Sorts stretches of positions by the token that lies `offset` after each, keeping the order of equals.
 *
 * @param tokens the text; keys are below `keys`
 */
export function createPositionSorter(tokens: Uint16Array, keys: number) {
  const histogram = new Int32Array(keys + 1);
  const packed = new Uint32Array(2048);
  let copy = new Int32Array(2048);

  return function sort(positions: Int32Array, from: number, to: number, offset: number): void {
    const n = to - from;
    if (n <= 16) {
      for (let i = from + 1; i < to; i++) {
        const position = positions[i];
        const key = tokens[position + offset];
        let j = i - 1;
        while (j >= from && tokens[positions[j] + offset] > key) positions[j + 1] = positions[j--];
        positions[j + 1] = position;
      }
      return;
    }
    if (n > copy.length) copy = new Int32Array(n * 2);
    for (let i = 0; i < n; i++) copy[i] = positions[from + i];
    if (n <= packed.length && n < keys) {
      // Key above, place below: one native sort of integers, and stable.
      for (let i = 0; i < n; i++) packed[i] = (tokens[copy[i] + offset] << 16) | i;
      const view = packed.subarray(0, n).sort();
      for (let i = 0; i < n; i++) positions[from + i] = copy[view[i] & 0xffff];
      return;
    }
    histogram.fill(0);
    for (let i = 0; i < n; i++) histogram[tokens[copy[i] + offset] + 1]++;
    for (let key = 0; key < keys; key++) histogram[key + 1] += histogram[key];
    for (let i = 0; i < n; i++) positions[from + histogram[tokens[copy[i] + offset]]++] = copy[i];
  };
}
