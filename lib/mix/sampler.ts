import {createPermutation} from "./permutation.js";
import {GroupCursor, RankCursor, type Cursor, type CursorOptions, type Draw} from "./rankCursor.js";
import {endOfRun} from "./runEnd.js";
import {orderPhases, type MixPhase, type RunLength, type WeightUnit} from "./samplerPhases.js";
import {tierShards, type Shard} from "./tierShards.js";

/** A deterministic order of samples over shards in which every prefix keeps the tiers' shares. */
export interface Sampler {
  /** those with shards, in the order of their names */
  readonly tiers: readonly string[];
  /** draws of the run; Infinity where neither a length nor a cap on repetition was given */
  readonly length: number;
  /** by phase, in draws from `from` to before `to`: the share of samples (of groups, where draws are grouped) by tier */
  readonly phases: readonly {from: number; to: number; shares: Readonly<Record<string, number>>}[];
  /** the draw at a position, found without going through those before */
  at(position: number): Draw;
  cursor(options?: CursorOptions): Cursor;
  /** draws of each tier among the first n */
  counts(n: number): Record<string, number>;
  /** how often the first n draws go through each tier */
  epochs(n: number): Record<string, number>;
}

export interface SamplerOptions extends RunLength {
  /** whether weights are shares of tokens, as a plan's are (needs the shards' tokens), or of samples, as for SFT */
  unit?: WeightUnit;
  /** draws of one sample that stay together, on one rank: the rollouts of a prompt in RL; shares then count groups */
  group?: number;
  /** most epochs over a tier; a run without a length ends where the first tier would exceed it */
  repetition?: number;
  seed?: number | string;
}

/**
 * A sampler over shards for pretraining, SFT and RL.
 *
 *     const sampler = createSampler(shards, plan.schedule, {tokens: 20e9, repetition: 4, seed: 1});
 *     const cursor = sampler.cursor({from: saved, rank, ranks});
 *     for (let draw = cursor.next(); draw !== null; draw = cursor.next()) train(draw.shard.path, draw.row);
 *
 * - Within each phase every prefix of the global order holds of each tier within one sample of its share: see
 *   `createTierOrder` for the bound, 1 − 1/(2k − 2), and its proof.
 * - Every sample of a tier comes once before any comes again, each epoch in an order of its own; phases go on where the
 *   one before ended. Rows are drawn from all of a tier's shards at random: shards need random access.
 * - Rank r of R takes groups r, r + R, r + 2R, … after the state it starts from (a group is one draw, unless `group` says
 *   otherwise). So R ranks that make one draw each have made the next R of the global order, whatever R is.
 * - A place is found in at most about 1/(smallest share) steps of some 20 ns, however far it lies: the state of a job is
 *   one number. A rank of R goes through the tiers of all R draws to make one of its own, without looking up the rows.
 *
 * @param shards of all tiers, in any order
 * @param mix weights by tier, or phases of them; each tier with shards needs a weight, which may be 0
 * @throws RangeError before the first draw: for weights that are no shares, for a tier with a weight and without rows, for
 *   a length with which a tier would be gone through more than `repetition` times
 */
export function createSampler(
  shards: readonly Shard[],
  mix: Readonly<Record<string, number>> | readonly MixPhase[],
  {unit = "tokens", group = 1, repetition = Infinity, seed = 1, draws, tokens}: SamplerOptions = {}
): Sampler {
  if (!Number.isSafeInteger(group) || group < 1)
    throw new RangeError(`group: expected a whole number of at least 1, got ${group}`);
  if (!(repetition > 0)) throw new RangeError(`repetition: expected a positive number, got ${repetition}`);
  const tiers = tierShards(shards);
  const parts = isPhases(mix) ? mix : [{from: 0, to: 1, weights: mix}];
  const phases = orderPhases(parts, tiers, {unit, group, draws, tokens});
  const orders = tiers.map(({tier, rows}) => (rows === 0 ? null : createPermutation(rows, seed, "sampler", tier)));
  const end = endOfRun(phases, tiers, repetition, group);
  const length = end * group;
  const counts = (n: number) => {
    checkPosition("draws", n, length);
    const cursor = new GroupCursor(phases, Math.floor(n / group));
    const whole = cursor.counts().map((count) => count * group);
    if (n % group > 0) {
      const tier = new Uint16Array(1);
      cursor.fill(tier, 1);
      whole[tier[0]] += n % group;
    }
    return Object.fromEntries(tiers.map(({tier}, j) => [tier, whole[j]]));
  };
  const cursor = ({from = 0, rank = 0, ranks = 1}: CursorOptions = {}): Cursor => {
    checkPosition("from", from, length);
    if (!Number.isSafeInteger(ranks) || ranks < 1) throw new RangeError(`ranks: expected at least 1, got ${ranks}`);
    if (!Number.isSafeInteger(rank) || rank < 0 || rank >= ranks)
      throw new RangeError(`rank: expected 0 to ${ranks - 1}, got ${rank}`);
    if (ranks > 1 && from % group !== 0)
      throw new RangeError(`from: expected a multiple of the group, ${group}, for several ranks, got ${from}`);
    return new RankCursor({phases, tiers, orders, group, end}, {from, rank, ranks});
  };
  return {
    tiers: tiers.map(({tier}) => tier),
    length,
    phases: phases.map(({from, to, order}) => ({
      from: from * group,
      to: Math.min(length, to * group),
      shares: Object.fromEntries(tiers.map(({tier}, j) => [tier, order.shares[j]]))
    })),
    cursor,
    at(position) {
      const draw = cursor({from: position}).next();
      if (draw === null) throw new RangeError(`expected a position below ${length}, got ${position}`);
      return draw;
    },
    counts,
    epochs: (n) =>
      Object.fromEntries(
        Object.entries(counts(n)).map(([tier, count], j) => [tier, count === 0 ? 0 : count / group / tiers[j].rows])
      )
  };
}

function isPhases(mix: Readonly<Record<string, number>> | readonly MixPhase[]): mix is readonly MixPhase[] {
  return Array.isArray(mix);
}

function checkPosition(field: string, position: number, length: number): void {
  if (!Number.isSafeInteger(position) || position < 0 || position > length)
    throw new RangeError(`${field}: expected a position from 0 to ${length}, got ${position}`);
}
