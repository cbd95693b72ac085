import {writtenShares} from "../mix/writtenShares.js";
import type {Exported} from "./format.js";

/** One tier of a blend. */
export interface Part {
  readonly tier: string;
  /** share of training tokens, positive; the parts sum to 1 */
  readonly weight: number;
  /** share of training examples that comes to that share of tokens; equal to `weight` where no card tells lengths */
  readonly byExample: number;
  /** Parquet files relative to the data set's folder; none without a card */
  readonly files: readonly string[];
}

/**
 * The tiers that a plan gives weight to, in order; those without are dropped.
 *
 * @throws RangeError if no weight is positive, or a tier with weight has no shard in the data set
 */
export function partsOf({plan, data}: Exported): Part[] {
  const weights = Object.entries(plan.weights)
    .filter(([, weight]) => weight > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError("expected a plan with a positive weight, found none");
  const parts = weights.map(([tier, weight]) => {
    if (data === null) return {tier, weight: weight / total, length: 1, files: []};
    const files = shardsOf(Object.keys(data.card.files), tier);
    const counts = data.card.tiers[tier as keyof typeof data.card.tiers];
    if (files.length === 0 || counts === undefined || counts.rows === 0 || counts.tokens === 0)
      throw new RangeError(`${tier}: expected shards in ${data.card.name} for a weight of ${weight}, found none`);
    return {tier, weight: weight / total, length: counts.tokens / counts.rows, files};
  });
  const examples = parts.reduce((sum, part) => sum + part.weight / part.length, 0);
  return parts.map(({length, ...part}) => ({...part, byExample: part.weight / length / examples}));
}

/** Shares as text for a file, without zeros at the end. */
export function sharesInText(shares: readonly number[]): string[] {
  return writtenShares(shares).map((share) => share.toFixed(9).replace(/(\.\d*?[1-9])0+$|\.0+$/, "$1"));
}

function shardsOf(files: readonly string[], tier: string): string[] {
  return files
    .filter((file) => file.startsWith("data/") && file.split("/")[2] === tier && file.endsWith(".parquet"))
    .sort();
}
