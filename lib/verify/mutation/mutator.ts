import type {Usage} from "../sandbox/program.js";
import type {Evidence, MutantResult} from "../verifier.js";

/** What became of a sample's mutants. */
export interface Mutation {
  /** as in a verdict, e.g. "bubblewrap/cpython-3.11"; empty where nothing was run */
  sandbox: string;
  /** slug of why nothing was mutated ("unreadable", "no-tests", "failed-test", "timeout" …); empty where it was */
  reason: string;
  detail: string;
  /** in order of place in the solution, then of operator; duplicates are merged */
  mutants: readonly MutantResult[];
  /** mutants that there are; more than `mutants` holds where a seeded sample of them was run */
  found: number;
  usage?: Usage;
}

/** Mutates the solutions of one language and runs their tests on each mutant, up to its first failing test. */
export interface Mutator {
  /** whether the sample's solution is in this language, told by its sections alone */
  reads(text: string): boolean;
  mutate(sample: Evidence): Promise<Mutation>;
  /** ends its processes and threads; it starts new ones when asked again */
  close?(): Promise<void>;
}
