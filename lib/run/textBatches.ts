/** Bytes of text that are read at a time; a longer one comes alone. */
const most = 32 * 2 ** 20;

/** Cuts rows, by the sizes of their texts in bytes, into stretches that fit memory: from, and up to but without `to`. */
export function* textBatches(sizes: readonly number[]): Generator<[from: number, to: number]> {
  let from = 0;
  let held = 0;
  for (const [i, size] of sizes.entries()) {
    if (i > from && held + size > most) {
      yield [from, i];
      from = i;
      held = 0;
    }
    held += size;
  }
  if (sizes.length > from) yield [from, sizes.length];
}
