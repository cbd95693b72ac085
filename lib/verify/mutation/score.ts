import type {MutantResult} from "../verifier.js";

/** Mutants by what became of them. */
export interface MutationScore {
  killed: number;
  timeout: number;
  survived: number;
  equivalent: number;
  error: number;
  /** (killed + timeout) / (all − equivalent − error), 0 to 1; null where none is left to count */
  score: number | null;
}

/** Counts mutants. Those that could not be run ("error") say nothing of the tests and count nowhere. */
export function mutationScore(mutants: Iterable<MutantResult>): MutationScore {
  const counts = {killed: 0, timeout: 0, survived: 0, equivalent: 0, error: 0};
  for (const {state} of mutants) counts[state]++;
  const caught = counts.killed + counts.timeout;
  const counted = caught + counts.survived;
  return {...counts, score: counted === 0 ? null : caught / counted};
}
