import type {Usage} from "./program.js";

/** How a run in a sandbox ended. All but "done" are failures of the candidate, never of ours. */
export type Outcome =
  | "done"
  /** counted steps ran out, or the thread did not answer and, run again alone, did not either */
  | "timeout"
  | "out-of-memory"
  | "stack-overflow"
  /** more lines or characters than it may print */
  | "output-limit"
  /** it knocked at a door that is not there: a module, a process, the network, chance */
  | "denied"
  /** it threw, or does not parse */
  | "error";

/** Scripts that run one after the other in one fresh realm, and what they may use up. */
export interface Job {
  /** global scripts, sloppy mode; each script's completion value is kept */
  scripts: readonly string[];
  /** interrupts after which it is stopped; QuickJS asks once in about 3,000 calls or 10,000 jumps */
  steps?: number;
}

/** What came of a job. */
export interface Run {
  outcome: Outcome;
  /** completion values of the scripts that ended, as the realm's serializer wrote them (JSON) */
  values: string[];
  /** what each script that ended printed: one list of values a console.log */
  logs: string[][][];
  /** for a person: what was thrown, and in which script (from 0) */
  detail: string;
  usage: Usage;
}

/** Interrupts that a job may use when it does not say. */
export const defaultSteps = 1000;
