import type {LanguageModel} from "../endpoints/languageModel.js";
import type {Picture} from "../schema/media.js";
import type {Seed} from "../schema/seed.js";
import type {Sample} from "../schema/sample.js";
import type {Verdict} from "../schema/verdict.js";
import type {Vote} from "../schema/vote.js";
import type {CriticOptions} from "./critics/options.js";
import type {Usage} from "./sandbox/program.js";

/** What a verifier gets beside its sample. */
export interface VerifyContext {
  /** human training seeds by domain, for critics that were taught on them; the same arrays for every call */
  corpus(domain: string): readonly Seed[];
  /** least share of mutants that tests must kill, 0 to 1; 0.8 where it does not say */
  leastMutationScore?: number;
  /** models that critics ask */
  judges?: readonly LanguageModel[];
  /** how critics put votes together, and the files they read; their defaults where it does not say */
  critics?: Partial<CriticOptions>;
  /** hears each judge's word on the sample */
  vote?(votes: readonly Vote[]): void;
  /** hears what no verdict holds: volatile facts of runs, and evidence too long for a sample */
  observe?(observation: Observation): void;
}

/** What a verifier saw on its way to a verdict; kept beside samples, never in them. */
export interface Observation {
  verifier: string;
  /** sandbox it ran in, as in the verdict */
  sandbox: string;
  /** what the runs took, summed; memory is the largest */
  usage?: Usage;
  mutants?: readonly MutantResult[];
}

/** One mutant of a solution and what became of it. */
export interface MutantResult {
  /** slug of the mutation operator, e.g. "comparison" */
  operator: string;
  /** from 1, in the solution */
  line: number;
  /** source before and after */
  from: string;
  to: string;
  /** "killed" by a failed test, "timeout" (killed too), "survived", "equivalent" (the same program), "error" of ours */
  state: "killed" | "timeout" | "survived" | "equivalent" | "error";
}

/** The part of a sample that a verifier may judge from: never the payload. */
export interface Evidence extends Pick<Sample, "text" | "kind" | "domain" | "generator" | "family"> {
  /** what a trusted source says is right (answer, solution, theorem, final state); never the generator's own word */
  reference?: string;
  /** text of the seed that it was made from, or what code made of that: what a critic may find support in */
  source?: string;
  /** pictures that the text is about */
  media?: readonly Picture[];
}

/**
 * Judges one sample from its text, and from a trusted reference where there is one. A bad sample is a verdict; an
 * exception means a bug. It may be asked about several samples at once.
 */
export interface Verifier {
  id: string;
  /** model or method family; never the generator's */
  family: string;
  version: string;
  /** least number of judges it asks, none of the generator's family */
  asks?: {judges: number};
  /** judges against a trusted reference alone, which no sample of a run has */
  needsReference?: true;
  /** ids of its prompt files */
  prompts?: readonly string[];
  /** paths of other files that its judges are shown */
  files?(options: Partial<CriticOptions>): readonly string[];
  verify(sample: Evidence, context: VerifyContext): Promise<Verdict>;
  /** one line for each tool of this machine that it uses: what was found, or what is missing and what that changes */
  tools?(): Promise<string[]>;
  /** ends its processes and threads; it starts new ones when asked again */
  close?(): Promise<void>;
}

/** Fills in a verifier's name; `ok` follows from whether there is a reason. */
export function verdict(
  {id, family, version}: Pick<Verifier, "id" | "family" | "version">,
  reason = "",
  {score = null, detail = "", sandbox = ""}: Partial<Pick<Verdict, "score" | "detail" | "sandbox">> = {}
): Verdict {
  return {verifier: id, family, version, ok: reason === "", reason, score, detail, sandbox};
}
