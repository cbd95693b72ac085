import type {Usage} from "../sandbox/program.js";
import type {TestForm} from "./pythonTask.js";

/** One run of tests on one solution. */
export interface PythonOrder {
  setup: string;
  solution: string;
  tests: string;
  form: TestForm;
  /** s of processor time that the solution may take, over all calls */
  cpu: number;
  /** whether it may run where others of the same room have run: mutants of one solution */
  shared?: boolean;
}

/** How a run of tests ended. */
export interface PythonResult {
  /** "pass", or the reason why not: "failed-test", "no-tests", "timeout", "out-of-memory", "denied", "error" … */
  state: string;
  detail: string;
  /** s of processor time that the solution took, where the sandbox can tell; 0 elsewhere */
  cpu: number;
}

/** What to make of a solution without running it. */
export interface PythonReading {
  solution: string;
  /** tests that belong to it, of which is asked what they do where every function gives None */
  task?: Pick<PythonOrder, "setup" | "tests" | "form">;
  /** most mutants to make; none where it does not say */
  most?: number;
  seed?: string;
}

/** A mutant before it is run. */
export interface PythonMutant {
  operator: string;
  line: number;
  from: string;
  to: string;
  equivalent: boolean;
  text: string;
}

/** What was made of a solution. */
export interface PythonRead {
  /** why it cannot be read, where it cannot */
  error?: string;
  /** the solution with functions that give None, and whether the tests pass on it; null where it must be run to tell */
  empty?: string;
  emptyPasses?: boolean | null;
  /** whether solution and tests can depend on no chance, clock or order of sets */
  steady?: boolean;
  mutants?: PythonMutant[];
  found?: number;
  /** the solution written as its mutants are, and the same program in other code */
  plain?: string;
  sham?: string;
}

/** A sandbox for one candidate: solution, empty solution and mutants, one at a time. */
export interface PythonRoom {
  read(reading: PythonReading): Promise<PythonRead>;
  run(order: PythonOrder): Promise<PythonResult>;
  end(): Promise<Usage>;
}

/** Where Python runs that nobody trusts: a candidate and its tests, each on its side of a wall. */
export interface PythonSandbox {
  /** as in a verdict, e.g. "bubblewrap/cpython-3.11" */
  id: string;
  /** a fresh room; where the sandbox can, strings hash by this seed */
  open(seed: number): Promise<PythonRoom>;
  close(): Promise<void>;
}
