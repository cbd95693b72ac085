/**
 * How much of the tail of human text a model's samples still reach: the share of the held-out text's bigrams that occur
 * in it once, by type, that a sample of at least as many tokens contains. More is better; human text itself is far from 1.
 *
 * @param sample documents of which the first as many tokens as the held-out text has are read
 * @throws RangeError for a sample shorter than the held-out text
 */
export function tail(sample: readonly Uint16Array[], heldOut: readonly Uint16Array[], vocabSize: number): number {
  const times = new Map<number, number>();
  let tokens = 0;
  for (const document of heldOut) {
    tokens += document.length;
    for (let i = 1; i < document.length; i++) {
      const bigram = document[i - 1] * vocabSize + document[i];
      times.set(bigram, (times.get(bigram) ?? 0) + 1);
    }
  }
  const rare = new Set<number>();
  for (const [bigram, n] of times) if (n === 1) rare.add(bigram);
  const all = rare.size;
  if (all === 0) throw new RangeError("expected held-out text with bigrams that occur once, got none");
  let left = tokens;
  for (const document of sample) {
    const end = Math.min(document.length, left);
    for (let i = 1; i < end; i++) rare.delete(document[i - 1] * vocabSize + document[i]);
    left -= end;
  }
  if (left > 0) throw new RangeError(`expected a sample of at least ${tokens} tokens, got ${tokens - left}`);
  return 1 - rare.size / all;
}
