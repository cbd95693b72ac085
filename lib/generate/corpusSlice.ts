import type {Seed} from "../schema/seed.js";
import type {Tokenizer} from "../text/tokenizer.js";

/**
 * Encoded texts of a corpus, in the order of their hashes, up to a number of tokens: a random sample that is the same for
 * everyone who asks. Even and odd halves are disjoint.
 *
 * @param options.half only seeds whose hash is even (0) or odd (1); all without it
 * @param options.tokens stop once so many tokens were taken
 * @throws RangeError if there is nothing to take
 */
export function corpusSlice(
  corpus: readonly Seed[],
  tokenizer: Tokenizer,
  {half, tokens}: {half?: 0 | 1; tokens: number}
): Uint16Array[] {
  const seeds = corpus
    .filter(
      ({kind, sha256}) => kind !== "simulator" && (half === undefined || parseInt(sha256.slice(-1), 16) % 2 === half)
    )
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const documents: Uint16Array[] = [];
  let taken = 0;
  for (const {text} of seeds) {
    if (taken >= tokens) break;
    const document = tokenizer.encode(text);
    documents.push(document);
    taken += document.length;
  }
  if (documents.length === 0)
    throw new RangeError(`expected human text to learn from, got none in ${corpus.length} seeds`);
  return documents;
}
