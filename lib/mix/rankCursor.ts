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
  private phase: number;
  private inner: TierCursor;

  /** @param position in groups */
  constructor(
    private readonly phases: readonly OrderedPhase[],
    public position: number
  ) {
    const after = phases.findIndex(({to}) => to > position);
    this.phase = after < 0 ? phases.length - 1 : after;
    const {from, order} = phases[this.phase];
    this.inner = order.from(position - from);
  }

  /** Writes the tiers of the next groups of one phase, of `most` at most; returns how many. */
  fill(tiers: Uint16Array, most: number): number {
    while (this.position >= this.phases[this.phase].to) this.inner = this.phases[++this.phase].order.from(0);
    const count = Math.min(most, this.phases[this.phase].to - this.position);
    this.inner.fill(tiers, count);
    this.position += count;
    return count;
  }

  /** groups of each tier before this place */
  counts(): Float64Array {
    return this.inner.counts.map((count, j) => count + this.phases[this.phase].before[j]);
  }
}

/** What a rank's cursor goes through. */
interface GlobalOrder {
  readonly phases: readonly OrderedPhase[];
  readonly tiers: readonly TierShards[];
  /** of each tier's rows; null where it has none */
  readonly orders: readonly (Permutation | null)[];
  readonly group: number;
  /** groups of the run */
  readonly end: number;
}

/** Own groups that are looked up together, at most: the first alone, so that a lookup costs no more than itself. */
const block = 256;

/** Tiers of the groups at hand, of all ranks. */
const passed = new Uint16Array(1024);

/** The cursor of one rank; its arguments are checked by `createSampler`. */
export class RankCursor implements Cursor {
  private readonly groups: GroupCursor;
  /** groups of each tier before the place of `groups` */
  private readonly taken: Float64Array;
  private readonly from: number;
  private readonly ranks: number;
  /** groups that other ranks take before this one's next */
  private skip: number;
  /** of the group at hand: draws made before */
  private member: number;
  private made = 0;
  /** own groups that were looked up, how many, and the one at hand; and the place of the first */
  private readonly tier = new Uint16Array(block);
  private readonly shard = new Uint32Array(block);
  private readonly row = new Float64Array(block);
  private readonly epoch = new Float64Array(block);
  private filled = 0;
  private at = 0;
  private first = 0;

  constructor(
    private readonly order: GlobalOrder,
    {from, rank, ranks}: Required<CursorOptions>
  ) {
    this.groups = new GroupCursor(order.phases, Math.floor(from / order.group));
    this.taken = this.groups.counts();
    this.from = from;
    this.ranks = ranks;
    this.skip = rank;
    this.member = from % order.group;
  }

  next(): Draw | null {
    const {group, tiers} = this.order;
    if (this.at === this.filled && !this.look()) return null;
    const {at, member} = this;
    const {tier, shards} = tiers[this.tier[at]];
    const draw = {
      position: (this.first + at * this.ranks) * group + member,
      tier,
      shard: shards[this.shard[at]],
      row: this.row[at],
      epoch: this.epoch[at],
      member
    };
    this.made++;
    this.member = member + 1;
    if (this.member === group) {
      this.member = 0;
      this.at++;
    }
    return draw;
  }

  /** Looks up the rank's next groups; false where the run ends before. */
  private look(): boolean {
    const {end, tiers, orders} = this.order;
    const {groups, taken, tier, row, epoch, shard, ranks} = this;
    const wanted = Math.min(block, Math.max(1, 4 * this.filled));
    this.first = groups.position + this.skip;
    let filled = 0;
    while (filled < wanted && groups.position < end) {
      const most = this.skip + 1 + (wanted - filled - 1) * ranks;
      const count = groups.fill(passed, Math.min(passed.length, most, end - groups.position));
      let next = this.skip;
      for (let i = 0; i < count; i++) {
        const j = passed[i];
        if (i === next) {
          tier[filled] = j;
          row[filled++] = taken[j];
          next += ranks;
        }
        taken[j]++;
      }
      this.skip = next - count;
    }
    // A loop of its own, so that the lookups of several groups run side by side in the processor.
    for (let i = 0; i < filled; i++) {
      const {rows, offsets, shardOf} = tiers[tier[i]];
      const round = Math.floor(row[i] / rows);
      const place = orders[tier[i]]!.at(row[i] - round * rows, round);
      epoch[i] = round;
      shard[i] = shardOf(place);
      row[i] = place - offsets[shard[i]];
    }
    this.filled = filled;
    this.at = 0;
    return filled > 0;
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
