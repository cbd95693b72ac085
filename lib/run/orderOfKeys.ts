/** Rows by ascending key, equal keys in the order of their rows: three passes over 11 bits each, 8 bytes a row. */
export function orderOfKeys(keys: Uint32Array): Uint32Array {
  let order = Uint32Array.from(keys.keys());
  let dealt = new Uint32Array(keys.length);
  const next = new Uint32Array(2049);
  for (const shift of [0, 11, 22]) {
    next.fill(0);
    for (let row = 0; row < keys.length; row++) next[((keys[row] >>> shift) & 2047) + 1]++;
    for (let digit = 1; digit < 2048; digit++) next[digit] += next[digit - 1];
    for (const row of order) dealt[next[(keys[row] >>> shift) & 2047]++] = row;
    [order, dealt] = [dealt, order];
  }
  return order;
}
