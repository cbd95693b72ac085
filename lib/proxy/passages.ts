/** The tokens of a document in passages of at most `length` tokens; a rest under an eighth of that is dropped. */
export function cutPassages(document: Uint16Array, length: number): Uint16Array[] {
  const passages: Uint16Array[] = [];
  for (let i = 0; i < document.length; i += length) {
    const passage = document.subarray(i, i + length);
    if (passage.length >= length / 8) passages.push(passage);
  }
  return passages;
}

/** Tokens of all passages. */
export function tokensOf(passages: readonly Uint16Array[]): number {
  return passages.reduce((sum, passage) => sum + passage.length, 0);
}

/** The first n tokens of passages, skipping `from` tokens before them; the passage at either end may be cut. */
export function takeTokens(passages: readonly Uint16Array[], n: number, from = 0): Uint16Array[] {
  const taken: Uint16Array[] = [];
  let skip = from;
  let left = n;
  for (const passage of passages) {
    if (left <= 0) break;
    if (skip >= passage.length) {
      skip -= passage.length;
      continue;
    }
    const part = passage.subarray(skip, skip + left);
    skip = 0;
    left -= part.length;
    taken.push(part);
  }
  return taken;
}
