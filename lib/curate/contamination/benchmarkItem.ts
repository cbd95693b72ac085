/** One question of a benchmark, its answers and the passage it is about. */
export interface BenchmarkItem {
  benchmark: string;
  /** unique within its benchmark */
  id: string;
  question: string;
  /** the right ones where somebody says which these are, else all options; none where it has none */
  answers: readonly string[];
  passage: string;
}
