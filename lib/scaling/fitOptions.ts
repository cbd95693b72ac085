import type {Fit} from "../schema/fit.js";
import type {ClusterOption} from "./drawsOf.js";
import type {ObjectiveName} from "./objective.js";
import type {RunTasks} from "./task.js";

/** How to fit, and what to write down about the runs. */
export interface FitOptions {
  /** id of a law, or "auto": the least error on runs left out, among the laws that the runs can carry; see choose */
  readonly law?: string;
  /** name of the target, e.g. "bpb_test" */
  readonly target: string;
  /** by default what the name of the target says, see benchmarkOf */
  readonly lowerIsBetter?: boolean;
  /** what is minimised; by default Huber's loss of logarithms for positive targets of which less is better where n, d
   * or u is given, else squares */
  readonly objective?: ObjectiveName;
  /** bootstrap draws */
  readonly bootstrap?: number;
  /** what draws are made of; by default residuals under squares, else cases */
  readonly resample?: "residual" | "case";
  /** "mix" and "run": what the size of residual noise is read from; "seed" and "group": runs drawn together */
  readonly cluster?: ClusterOption;
  /** how intervals are read from the draws */
  readonly method?: Fit["bootstrap"]["method"];
  readonly seed?: number;
  /** of the intervals */
  readonly level?: number;
  /** of cross-validation; up to twenty mixes are left out one by one */
  readonly folds?: number;
  /** starts that a search runs to convergence, the most promising of the law's own after a few steps from each */
  readonly starts?: number;
  /** 1 − supply / budget, where all runs share them */
  readonly knot?: number;
  /** generated tokens over all tokens within each tier, by tier */
  readonly syntheticByTier?: Readonly<Record<string, number>> | null;
  readonly data?: Fit["data"];
  /** does the searches, e.g. on workers; who does them changes nothing */
  readonly run?: RunTasks;
}
