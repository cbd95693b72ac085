import type {DataCard} from "../schema/card.js";
import type {Plan} from "../schema/plan.js";

/** What a configuration is made from. */
export interface Exported {
  readonly plan: Plan;
  /** sha256 of the plan's file */
  readonly planSha256: string;
  /** the data set that the weights are for: its folder as the trainer will see it, and its card; null without one */
  readonly data: {readonly folder: string; readonly card: DataCard} | null;
  /** of the trainer's own draws */
  readonly seed: number;
}

/** A trainer's configuration syntax. */
export interface Format {
  readonly id: string;
  /** what the file is usually called */
  readonly file: string;
  /** one line for the list of formats */
  readonly summary: string;
  /**
   * The configuration's text, and, where its syntax has no comments, the evidence that belongs beside it.
   *
   * @throws RangeError if a tier with weight has no shard, or a name that the syntax cannot carry
   */
  render(exported: Exported): {text: string; evidence: string | null};
}
