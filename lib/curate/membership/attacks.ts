import {lowestMean} from "./lowestMean.js";
import type {TokenScores} from "./scorer.js";

/** What an attack may look at for one text. */
interface AttackInput {
  target: TokenScores;
  /** the same text in lower case, scored by the target */
  lowered: TokenScores;
  /** the text scored by a model that was trained on no member; null where there is none */
  reference: TokenScores | null;
  /** bytes of the text after DEFLATE */
  compressed: number;
  /** percent of the tokens that Min-K looks at */
  minK: number;
}

/** A score of membership: the higher, the likelier a member. */
interface Attack {
  id: string;
  source: string;
  /** null where the model does not give what the attack needs */
  score(input: AttackInput): number | null;
}

/** The loss-based attacks, in order of what they need. None of them shows a threshold by itself: members and non-members do. */
export const attacks: readonly Attack[] = [
  {
    id: "loss",
    source: "Yeom et al. (2018), arXiv:1709.01604",
    score: ({target}) => mean(target)
  },
  {
    id: "zlib",
    source: "Carlini et al. (2021), arXiv:2012.07805, section 5.2",
    score: ({target, compressed}) => mean(target) / compressed
  },
  {
    id: "lowercase",
    source: "Carlini et al. (2021), arXiv:2012.07805, section 5.2",
    // The logarithm of the ratio of perplexities: the same order of texts.
    score: ({target, lowered}) => mean(target) - mean(lowered)
  },
  {
    id: "min-k",
    source: "Shi et al. (2024), arXiv:2310.16789",
    score: ({target, minK}) => lowestMean(target.logProbs, minK)
  },
  {
    id: "min-k++",
    source: "Zhang et al. (2025), arXiv:2404.02936",
    score: ({target: {logProbs, mean, deviation}, minK}) =>
      mean === undefined || deviation === undefined
        ? null
        : lowestMean(
            // Where all tokens are equally likely, the one that came is as likely as the mean.
            logProbs.map((p, i) => (deviation[i] > 0 ? (p - mean[i]) / deviation[i] : 0)),
            minK
          )
  },
  {
    id: "reference",
    source: "Carlini et al. (2021), arXiv:2012.07805, section 5.2",
    score: ({target, reference}) => (reference === null ? null : mean(target) - mean(reference))
  }
];

function mean({logProbs}: TokenScores): number {
  let sum = 0;
  for (const p of logProbs) sum += p;
  return sum / logProbs.length;
}
