import type {Permutation} from "./permutation.js";
import type {OrderedPhase} from "./samplerPhases.js";
import type {TierCursor} from "./tierOrder.js";
import type {Shard, TierShards} from "./tierShards.js";

/** One sample to train on. */
export interface Draw {
  /** place in the global order, counted from 0 */
  readonly position: number;
  readonly tier: string;
  readonly shard: Shard;
  /** row of the shard, counted from 0 */
  readonly row: number;
  /** times that the tier has been gone through before */
  readonly epoch: number;
  /** which of its group's draws it is, counted from 0: of one prompt's, say */
  readonly member: number;
}

/** Who draws: rank `rank` of `ranks`, from a position of the global order on. */
export interface CursorOptions {
  /** the saved state of the whole job: draws made by all ranks together */
  from?: number;
  rank?: number;
  ranks?: number;
}

/** A rank's way through the global order. */
export interface Cursor extends Iterable<Draw> {
  /** the rank's next draw; null after the last of the run */
  next(): Draw | null;
  /**
   * Where to go on: draws of all ranks together, once every rank has made as many as this one. With groups on several
   * ranks it counts whole groups. It is all that has to be saved, and the number of ranks may change with it.
   */
  readonly state: number;
}

/** A way through the tiers of all groups, over the bounds of phases. */
export class GroupCursor {
  /** of the last group: its tier, and how many of that tier came before it */
  tier = -1;
  ordinal = -1;
  private phase: number;
  private inner: TierCursor;
  private end: number;
  private before: Float64Array;

  /** @param position in groups */
  constructor(
    private readonly phases: readonly OrderedPhase[],
    public position: number
  ) {
    const after = phases.findIndex(({to}) => to > position);
    this.phase = after < 0 ? phases.length - 1 : after;
    const {from, to, order, before} = phases[this.phase];
    this.inner = order.from(position - from);
    this.end = to;
    this.before = before;
  }

  next(): void {
    while (this.position >= this.end) {
      const {to, order, before} = this.phases[++this.phase];
      this.inner = order.from(0);
      this.end = to;
      this.before = before;
    }
    this.tier = this.inner.next();
    this.ordinal = this.before[this.tier] + this.inner.counts[this.tier] - 1;
    this.position++;
  }

  /** groups of each tier before this place */
  counts(): Float64Array {
    return this.inner.counts.map((count, j) => count + this.before[j]);
  }
}

/** What a rank's cursor goes through. */
export interface GlobalOrder {
  readonly phases: readonly OrderedPhase[];
  readonly tiers: readonly TierShards[];
  /** of each tier's rows; null where it has none */
  readonly orders: readonly (Permutation | null)[];
  readonly group: number;
  /** groups of the run */
  readonly end: number;
}

/** The cursor of one rank; its arguments are checked by `createSampler`. */
export class RankCursor implements Cursor {
  private readonly groups: GroupCursor;
  private readonly from: number;
  private readonly ranks: number;
  /** groups that other ranks take before this one's next */
  private skip: number;
  /** of the group at hand, or of the next where it is 0: draws made before */
  private member: number;
  private made = 0;
  private shard: Shard | null = null;
  private row = 0;
  private epoch = 0;

  constructor(
    private readonly order: GlobalOrder,
    {from, rank, ranks}: Required<CursorOptions>
  ) {
    this.groups = new GroupCursor(order.phases, Math.floor(from / order.group));
    this.from = from;
    this.ranks = ranks;
    this.skip = rank;
    this.member = from % order.group;
  }

  next(): Draw | null {
    const {group, tiers} = this.order;
    if (this.shard === null && !this.take()) return null;
    const member = this.member;
    const draw = {
      position: (this.groups.position - 1) * group + member,
      tier: tiers[this.groups.tier].tier,
      shard: this.shard!,
      row: this.row,
      epoch: this.epoch,
      member
    };
    this.made++;
    this.member = member + 1;
    if (this.member === group) {
      this.member = 0;
      this.shard = null;
    }
    return draw;
  }

  /** Goes to the rank's next group; false where the run ends before. */
  private take(): boolean {
    const {end, tiers, orders} = this.order;
    for (; this.skip > 0 && this.groups.position < end; this.skip--) this.groups.next();
    if (this.groups.position >= end) return false;
    this.groups.next();
    this.skip = this.ranks - 1;
    const {tier, ordinal} = this.groups;
    const {rows, shards, offsets, shardOf} = tiers[tier];
    this.epoch = Math.floor(ordinal / rows);
    const row = orders[tier]!.at(ordinal - this.epoch * rows, this.epoch);
    const shard = shardOf(row);
    this.shard = shards[shard];
    this.row = row - offsets[shard];
    return true;
  }

  get state(): number {
    const {group, end} = this.order;
    const made = this.ranks === 1 ? this.made : Math.floor(this.made / group) * group * this.ranks;
    return Math.min(this.from + made, end * group);
  }

  *[Symbol.iterator](): Generator<Draw> {
    for (let draw = this.next(); draw !== null; draw = this.next()) yield draw;
  }
}
