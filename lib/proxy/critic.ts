/** Scores how human a passage reads: the mean log-odds of its bigrams, human against generated, in nats a token. */
export type Critic = (passage: Uint16Array) => number;

/**
 * A naive Bayes critic over bigrams with add-one smoothing: another family than the n-gram models that it judges, and
 * trained on human text that neither they nor the student have seen.
 *
 * Source: Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, section 13.2, on bigrams.
 */
export function createCritic(
  human: readonly Uint16Array[],
  generated: readonly Uint16Array[],
  vocabSize: number
): Critic {
  const [a, b] = [count(human, vocabSize), count(generated, vocabSize)];
  const types = new Set([...a.times.keys(), ...b.times.keys()]).size + 1;
  return (passage) => {
    let sum = 0;
    for (let i = 1; i < passage.length; i++) {
      const bigram = passage[i - 1] * vocabSize + passage[i];
      const p = ((a.times.get(bigram) ?? 0) + 1) / (a.all + types);
      const q = ((b.times.get(bigram) ?? 0) + 1) / (b.all + types);
      sum += Math.log(p / q);
    }
    return sum / Math.max(1, passage.length - 1);
  };
}

function count(documents: readonly Uint16Array[], vocabSize: number) {
  const times = new Map<number, number>();
  let all = 0;
  for (const document of documents) {
    for (let i = 1; i < document.length; i++, all++) {
      const bigram = document[i - 1] * vocabSize + document[i];
      times.set(bigram, (times.get(bigram) ?? 0) + 1);
    }
  }
  return {times, all};
}
