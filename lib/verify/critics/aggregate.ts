import type {Vote} from "../../schema/vote.js";
import type {CriticOptions, PanelRates} from "./options.js";

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
export type Aggregation = Partial<Pick<CriticOptions, "aggregate" | "least" | "pass" | "rates">>;

/**
 * The panel's word: each vote that counts is its confidence, negative where it fails the text, and these become one score
 * by their median or their trimmed mean. A plain mean is not offered: one judge that is broken, and sure of itself, would
 * move it as far as it likes. Of two middle values the lower counts. Trimmed are a quarter of the votes on each side, one
 * at least. The order of votes does not matter.
 *
 * With "dawid-skene" the score is 2p − 1, p being the probability that the text is right, given the votes that count and
 * each judge's rates on gold sets; how sure judges say they are is not heard. It assumes that judges err independently of
 * each other given the truth, and alike on these texts and on the gold sets, and that a vote counts or not whatever the
 * truth: judges that are misled together make it surer than it may be. A judge that is wrong more often than right on the
 * gold sets counts for the contrary of what it says.
 *
 * @throws RangeError where votes are to be weighed and a judge's rates are not known
 * Source: median and trimmed votes against broken judges: arXiv:2606.30931; the model of Dawid & Skene (1979),
 *   doi:10.2307/2346806, with rates that are known.
 */
export function aggregateVotes(
  votes: readonly Pick<Vote, "critic" | "judge" | "answer" | "confidence">[],
  {aggregate = "median", least = 3, pass = 0, rates = {}}: Aggregation = {}
): Outcome {
  const signed = votes.flatMap(({answer, confidence}) =>
    answer === "pass" || answer === "fail" ? [(answer === "pass" ? 1 : -1) * (confidence ?? 1)] : []
  );
  const passes = votes.filter(({answer}) => answer === "pass").length;
  const fails = votes.filter(({answer}) => answer === "fail").length;
  if (signed.length < least) return {answer: "no-quorum", score: null, passes, fails};
  signed.sort((a, b) => a - b);
  const score =
    aggregate === "dawid-skene"
      ? weighed(votes, rates)
      : aggregate === "median" || signed.length < 3
        ? middle(signed)
        : trimmedMean(signed);
  return {answer: score > pass ? "pass" : "fail", score, passes, fails};
}

/** 2p − 1 of p = 1 / (1 + e^−x) is tanh(x / 2), x being the log odds. */
function weighed(
  votes: readonly Pick<Vote, "critic" | "judge" | "answer">[],
  rates: Readonly<Record<string, PanelRates>>
): number {
  const [{critic}] = votes;
  const logs = votes.flatMap(({judge, answer}) => {
    if (answer !== "pass" && answer !== "fail") return [];
    const own = rates[critic]?.judges[judge];
    if (own === undefined)
      throw new RangeError(`${critic}: expected the rates of ${judge} on gold sets, got none; see critics.calibration`);
    const {sensitivity, specificity} = own;
    return [answer === "pass" ? Math.log(sensitivity / (1 - specificity)) : Math.log((1 - sensitivity) / specificity)];
  });
  const {prior} = rates[critic];
  // In one order, whatever that of the votes: sums of floating point depend on it.
  logs.sort((a, b) => a - b);
  return Math.tanh((Math.log(prior / (1 - prior)) + logs.reduce((sum, log) => sum + log, 0)) / 2) + 0;
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
