import type {Context} from "../../proxy/context.js";

/** Mean of log p and of its square over the whole vocabulary, each token weighted by its p. */
type Moments = readonly [mean: number, square: number];

/**
 * A function that gives the moments of log p(·) at a context of one tier, exactly, without asking every token.
 *
 * Of the tokens that a context has not seen, each keeps the same share of its probability under the shorter context; so
 * the moments under the shorter context and the tokens seen here are enough. Kept by context, for contexts of up to two
 * tokens, as long as the function.
 */
export function vocabularyMoments(context: Context): () => Moments {
  const {order, vocabSize} = context;
  const [{counts}] = context.tiers;
  const uniform = Math.log(1 / vocabSize);
  const kept = Array.from({length: Math.min(order, 3) + 1}, () => new Map<number, Moments>());
  const at = (length: number): Moments => {
    if (length === 0) return [uniform, uniform * uniform];
    const id = context.id(0, length - 1);
    if (id < 0 || !(counts.levels[length].sums[id * 2] > 0)) return at(length - 1);
    const known = kept[length]?.get(id);
    if (known !== undefined) return known;
    const made = mixed(length, id, at(length - 1));
    kept[length]?.set(id, made);
    return made;
  };
  return () => at(order);

  function mixed(length: number, id: number, [mean, square]: Moments): Moments {
    const {starts, tokens, sums} = counts.levels[length];
    const share = sums[id * 2 + 1] / sums[id * 2];
    const shareLog = Math.log(share);
    let [seen, seenMean, seenSquare, ownMean, ownSquare] = [0, 0, 0, 0, 0];
    for (let i = starts[id]; i < starts[id + 1]; i++) {
      context.step(tokens[i], false);
      const {mass, total, back} = context;
      let q = 1 / vocabSize;
      for (let k = 1; k < length; k++) if (total[k] > 0) q = (mass[k] + back[k] * q) / total[k];
      const p = (mass[length] + back[length] * q) / total[length];
      const [before, now] = [Math.log(q), Math.log(p)];
      seen += q;
      seenMean += q * before;
      seenSquare += q * before * before;
      ownMean += p * now;
      ownSquare += p * now * now;
    }
    // Where every token was seen or nothing is held back, no rest is left to share.
    if (share === 0) return [ownMean, ownSquare];
    const rest = Math.max(0, 1 - seen);
    const restMean = mean - seenMean;
    const restSquare = square - seenSquare;
    return [
      ownMean + share * (rest * shareLog + restMean),
      ownSquare + share * (rest * shareLog * shareLog + 2 * shareLog * restMean + restSquare)
    ];
  }
}
