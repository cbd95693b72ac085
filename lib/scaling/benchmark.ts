/** What a column of benchmark values measures, for people. */
export interface Benchmark {
  label: string;
  unit: string;
  lowerIsBetter: boolean;
}

const known: Readonly<Record<string, Benchmark>> = {
  bpb_test: {label: "Held-out addresses (test)", unit: "bits per byte", lowerIsBetter: true},
  bpb_dev: {label: "Held-out addresses (dev)", unit: "bits per byte", lowerIsBetter: true},
  bpb_moby: {label: "Moby Dick, out of domain", unit: "bits per byte", lowerIsBetter: true},
  tail: {label: "Rare held-out bigrams found in samples", unit: "share", lowerIsBetter: false},
  distinct3: {label: "Distinct 3-grams in samples", unit: "share", lowerIsBetter: false},
  exact_match: {label: "Arithmetic, exact match", unit: "share right", lowerIsBetter: false},
  answer_bits: {label: "Arithmetic, cost of the answer", unit: "bits", lowerIsBetter: true}
};

/** Part of any name of which less is better, or a whole word of it: "err" is, "terrain" is not. */
const lower =
  /loss|perplexity|ppl|bpb|bits|nats|error|rmse|mae|(?<![a-z])(err|errs|mse|nll|wer|cer|bpc|variance)(?![a-z])/;

/**
 * A benchmark by its column's name; for a name we do not know, the direction is read from the name itself, in which a
 * capital after a small letter begins a word.
 */
export function benchmarkOf(name: string): Benchmark {
  if (Object.hasOwn(known, name)) return known[name];
  return {label: name, unit: "", lowerIsBetter: lower.test(name.replace(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase())};
}
