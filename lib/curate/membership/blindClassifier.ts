import {words} from "../../dedup/normalise.js";
import type {Random} from "../../text/random.js";

/**
 * Scores of a classifier that knows no model: how much more a text reads like the members than like the non-members, by
 * its distinct words and its length alone, in nats. Each text is scored by a naive Bayes classifier that was trained on
 * the other folds. Where these scores separate the two sets, the sets differ in what they are about (a date, a source, a
 * length), and an attack that separates them shows nothing of what a model has memorised.
 *
 * It sees words, not order or meaning: two sets that it cannot tell apart may still differ.
 *
 * @param options.folds parts that are left out in turn; every text is scored once
 * @throws RangeError where a side has fewer texts than there are folds
 * Source: Das, Zhang, Tramèr (2024), arXiv:2406.16201; Meeus et al. (2024), arXiv:2406.17975. The classifier: Manning,
 * Raghavan, Schütze (2008), Introduction to Information Retrieval, section 13.2, on distinct words.
 */
export function blindScores(
  members: readonly string[],
  nonMembers: readonly string[],
  {random, folds = 10}: {random: Random; folds?: number}
): {members: Float64Array; nonMembers: Float64Array} {
  const least = Math.min(members.length, nonMembers.length);
  if (least < folds) throw new RangeError(`expected at least ${folds} texts on each side, got ${least}`);
  const vocabulary = new Map<string, number>();
  const sides = [members, nonMembers].map((texts) => {
    const order = random.shuffle([...texts.keys()]);
    const fold = new Int32Array(texts.length);
    for (const [i, text] of order.entries()) fold[text] = i % folds;
    return {documents: texts.map((text) => features(text, vocabulary)), fold};
  });
  const size = vocabulary.size;
  // Texts with a feature, by side: in all, and by fold, so that a fold is left out by a subtraction.
  const counts = sides.map(({documents, fold}) => {
    const all = new Float64Array(size);
    const apart = Array.from({length: folds}, () => new Map<number, number>());
    const totals = new Float64Array(folds);
    let total = 0;
    for (const [i, document] of documents.entries()) {
      const own = apart[fold[i]];
      for (const word of document) {
        all[word]++;
        own.set(word, (own.get(word) ?? 0) + 1);
      }
      totals[fold[i]] += document.length;
      total += document.length;
    }
    return {all, apart, totals, total};
  });
  const score = (document: Int32Array, fold: number) => {
    let sum = 0;
    for (const word of document) {
      const [p, q] = counts.map(
        ({all, apart, totals, total}) => (all[word] - (apart[fold].get(word) ?? 0) + 1) / (total - totals[fold] + size)
      );
      sum += Math.log(p / q);
    }
    return sum;
  };
  const [a, b] = sides.map(({documents, fold}) => Float64Array.from(documents, (one, i) => score(one, fold[i])));
  return {members: a, nonMembers: b};
}

/** Numbers of a text's distinct words, and of its length in quarters of a doubling. */
function features(text: string, vocabulary: Map<string, number>): Int32Array {
  const length = `length ${Math.round(4 * Math.log2(text.length + 1))}`;
  return Int32Array.from(new Set([...words(text, "plain"), length]), (word) => {
    const known = vocabulary.get(word);
    if (known !== undefined) return known;
    vocabulary.set(word, vocabulary.size);
    return vocabulary.size - 1;
  });
}
