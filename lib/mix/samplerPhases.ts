import {createTierOrder, type TierOrder} from "./tierOrder.js";
import type {TierShards} from "./tierShards.js";

/** A part of a run and the weights in it, as in a plan's schedule. */
export interface MixPhase {
  /** fractions of the run: of its tokens where weights are shares of tokens, else of its samples */
  readonly from: number;
  readonly to: number;
  readonly weights: Readonly<Record<string, number>>;
}

/** What the weights are shares of. */
export type WeightUnit = "tokens" | "samples";

/** A phase in groups of draws: from `from` to before `to`. */
export interface OrderedPhase {
  readonly from: number;
  readonly to: number;
  readonly order: TierOrder;
  /** groups of each tier in the phases before */
  readonly before: Float64Array;
}

/** How long a run is: draws, or tokens, or neither, which is only possible for a single phase. */
export interface RunLength {
  draws?: number;
  tokens?: number;
}

/**
 * The phases with the order of tiers in each; the last ends at Infinity where no length is given.
 *
 * @param group draws that stay together; phases end between groups
 * @throws RangeError for weights that are none, do not sum to 1, or give a share to a tier without rows
 */
export function orderPhases(
  phases: readonly MixPhase[],
  tiers: readonly TierShards[],
  {unit, group, draws, tokens}: {unit: WeightUnit; group: number} & RunLength
): OrderedPhase[] {
  checkPhases(phases);
  const meanTokens = tiers.map(({tokens, rows}) => (tokens === null || rows === 0 ? null : tokens / rows));
  const parts = phases.map(({from, to, weights}) => {
    const shares = sampleShares(weights, tiers, {unit, meanTokens});
    const order = createTierOrder(shares);
    const perDraw = order.shares.reduce((sum, w, j) => sum + (w === 0 ? 0 : w * (meanTokens[j] ?? NaN)), 0);
    return {order, perDraw, part: unit === "tokens" ? (to - from) / perDraw : to - from};
  });
  const all = parts.reduce((sum, {part}) => sum + part, 0);
  let total = Infinity;
  if (draws !== undefined && tokens !== undefined) throw new RangeError("expected draws or tokens, got both");
  if (draws !== undefined) total = draws / group;
  if (tokens !== undefined) {
    if (!(tokens > 0 && tokens < Infinity)) throw new RangeError(`tokens: expected a positive number, got ${tokens}`);
    const perDraw = parts.reduce((sum, phase) => sum + (phase.part / all) * phase.perDraw, 0);
    if (Number.isNaN(perDraw)) throw new RangeError("tokens: expected the tokens of every shard, got some without");
    total = Math.max(1, Math.round(tokens / perDraw / group));
  }
  if (total !== Infinity && (!Number.isSafeInteger(total) || total < 1))
    throw new RangeError(`draws: expected a positive multiple of the group, ${group}, got ${draws ?? total * group}`);
  if (total === Infinity && phases.length > 1)
    throw new RangeError(`expected the run's draws or tokens, to place ${phases.length} phases; got neither`);
  let done = 0;
  let from = 0;
  let before = new Float64Array(tiers.length);
  return parts.map(({order, part}, p) => {
    done += part;
    const to = p === parts.length - 1 ? total : Math.round((total * done) / all);
    const phase = {from, to, order, before};
    if (to !== Infinity) before = order.counts(to - from).map((count, j) => count + phase.before[j]);
    from = to;
    return phase;
  });
}

/** Share of samples by tier: those of tokens over each tier's mean tokens a sample. */
function sampleShares(
  weights: Readonly<Record<string, number>>,
  tiers: readonly TierShards[],
  {unit, meanTokens}: {unit: WeightUnit; meanTokens: readonly (number | null)[]}
): number[] {
  for (const [tier, w] of Object.entries(weights)) {
    if (!(w >= 0 && w <= 1 + 1e-6)) throw new RangeError(`weights.${tier}: expected a share from 0 to 1, got ${w}`);
    if (w > 0 && !tiers.some((one) => one.tier === tier && one.rows > 0))
      throw new RangeError(`weights.${tier}: expected shards with rows for a share of ${w}, got none`);
  }
  const sum = Object.values(weights).reduce((a, b) => a + b, 0);
  if (!(Math.abs(sum - 1) <= 1e-6))
    throw new RangeError(`weights: expected shares that sum to 1, got ${sum} (${(sum - 1).toExponential(1)} off)`);
  return tiers.map(({tier}, j) => {
    const w = weights[tier];
    if (w === undefined) throw new RangeError(`weights: expected a share for ${tier}, got none; 0 leaves it out`);
    if (w === 0 || unit === "samples") return w;
    const mean = meanTokens[j];
    if (mean === null || mean === 0)
      throw new RangeError(`${tier}: expected the tokens of its shards, as the weights are shares of tokens, got none`);
    return w / mean;
  });
}

function checkPhases(phases: readonly MixPhase[]): void {
  const joined = phases.every(({from, to}, p) => from === (p === 0 ? 0 : phases[p - 1].to) && to > from);
  if (phases.length === 0 || !joined || phases[phases.length - 1].to !== 1)
    throw new RangeError(
      `phases: expected parts that follow each other from 0 to 1, got ${phases.map(({from, to}) => `${from} to ${to}`).join(", ") || "none"}`
    );
}
