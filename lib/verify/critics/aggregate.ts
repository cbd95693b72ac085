import type {Vote} from "../../schema/vote.js";
import type {CriticOptions} from "./options.js";

/** What a panel makes of its votes on one text or claim. */
export interface Outcome {
  answer: "pass" | "fail" | "no-quorum";
  /** -1 to 1; null without a quorum */
  score: number | null;
  /** votes that count, pass and fail */
  passes: number;
  fails: number;
}

/** How votes are put together, with the defaults of a recipe. */
export type Aggregation = Partial<Pick<CriticOptions, "aggregate" | "least" | "pass">>;

/**
 * The panel's word: each vote that counts is its confidence, negative where it fails the text, and these become one score
 * by their median or their trimmed mean. A plain mean is not offered: one judge that is broken, and sure of itself, would
 * move it as far as it likes. Of two middle values the lower counts. Trimmed are a quarter of the votes on each side, one
 * at least. The order of votes does not matter.
 *
 * Source: median and trimmed votes against broken judges: arXiv:2606.30931.
 */
export function aggregateVotes(
  votes: readonly Pick<Vote, "answer" | "confidence">[],
  {aggregate = "median", least = 3, pass = 0}: Aggregation = {}
): Outcome {
  const signed = votes.flatMap(({answer, confidence}) =>
    answer === "pass" || answer === "fail" ? [(answer === "pass" ? 1 : -1) * (confidence ?? 1)] : []
  );
  const passes = votes.filter(({answer}) => answer === "pass").length;
  const fails = votes.filter(({answer}) => answer === "fail").length;
  if (signed.length < least) return {answer: "no-quorum", score: null, passes, fails};
  signed.sort((a, b) => a - b);
  const score = aggregate === "median" || signed.length < 3 ? middle(signed) : trimmedMean(signed);
  return {answer: score > pass ? "pass" : "fail", score, passes, fails};
}

function middle(sorted: readonly number[]): number {
  // "+ 0" for -0, which JSON would not keep.
  return sorted[Math.floor((sorted.length - 1) / 2)] + 0;
}

function trimmedMean(sorted: readonly number[]): number {
  const cut = Math.max(1, Math.floor(sorted.length / 4));
  const kept = sorted.slice(cut, sorted.length - cut);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length + 0;
}
