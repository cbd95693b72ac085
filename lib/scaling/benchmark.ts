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

/** A benchmark by its column's name; for a name we do not know, the direction is read from the name itself. */
export function benchmarkOf(name: string): Benchmark {
  if (Object.hasOwn(known, name)) return known[name];
  return {label: name, unit: "", lowerIsBetter: /loss|perplexity|ppl|bpb|bits|nats|error|rmse|mae/i.test(name)};
}
