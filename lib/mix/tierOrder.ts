import {exactShares} from "./exactShares.js";

/** An endless sequence of tiers, each as often as its share says, in every prefix. */
export interface TierOrder {
  /** as they were given, divided by their sum */
  readonly shares: readonly number[];
  /** draws of each tier among the first n */
  counts(n: number): Float64Array;
  /** the sequence from its draw n on, counted from 0 */
  from(n: number): TierCursor;
}

/** A place in the sequence. */
export interface TierCursor {
  /** draws before this place */
  readonly position: number;
  /** draws of each tier before this place; they change with every `next` */
  readonly counts: Float64Array;
  /** the next draw's tier */
  next(): number;
  /** Writes the tiers of the next draws, of as many as are asked for. */
  fill(tiers: Uint16Array, count: number): void;
}

/** The smallest share but 0: a place is found in at most 1 / share steps. */
const leastShare = 1e-7;

const limb = 2 ** 48;

/** Tiers that nobody asks for. */
const passed = new Uint16Array(1024);

/** Where `next` is written. */
const one = new Uint16Array(1);

/**
 * The order of tiers in which, with k tiers of positive share w, |draws of tier j among the first n − n · w_j| is at most
 * 1 − 1/(2k − 2) for every n and j: Tijdeman's answer to the chairman assignment problem. Shares are exact fractions, so
 * that the bound holds at any n up to 2^53 for the very numbers given, 1/3 and 0.1 included.
 *
 * With δ = 1/(2k − 2), the bound says that draw i of tier j comes at a place from ⌈(i − 1 + δ)/w⌉ to ⌊(i − δ)/w⌋ + 1,
 * counted from 1. At each place comes the draw that is allowed and due first. That meets every window, by Hall: the
 * windows within (a, b] are those of the whole i with aw + 1 − δ < i < bw + δ; over all tiers that is at most
 * Σ⌈bw + δ⌉ − k − Σ⌊aw + 1 − δ⌋; as b = Σbw and kδ ≤ 1 the first sum is at most b + k, the second at least a: b − a.
 *
 * A place n is found without going there. Say that at t the draws done are those of the t earliest due among all that
 * were allowed by then. At any time, and for any D, no more draws due by D are then waiting than in the true order (each
 * number of waiting draws follows max(0, waiting + newly allowed − 1)). So all are met, the two agree on every draw due by
 * D once D has passed, and at once on those D by which all that are waiting are due. Hence they are the same from the last
 * due date at t on: starting (1 − 2δ)/w + 2 before n, with w the smallest share, is enough.
 *
 * @param weights not negative; the smallest but 0 at least 1e-7 of their sum; at most 512 of them positive
 * @throws RangeError for other weights
 * Source: Tijdeman (1980), The chairman assignment problem, doi:10.1016/0012-365X(80)90269-1.
 */
export function createTierOrder(weights: readonly number[]): TierOrder {
  for (const w of weights)
    if (!(w >= 0 && w < Infinity)) throw new RangeError(`expected weights of at least 0, got ${w}`);
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!(sum > 0 && sum < Infinity)) throw new RangeError(`expected weights with a positive sum, got ${sum}`);
  const live = weights.flatMap((w, j) => (w > 0 ? [j] : []));
  const least = Math.min(...live.map((j) => weights[j])) / sum;
  if (least < leastShare)
    throw new RangeError(`expected shares of 0 or of at least ${leastShare}, got ${least.toPrecision(3)}`);
  if (live.length > 512) throw new RangeError(`expected at most 512 positive weights, got ${live.length}`);
  const {parts, whole} = exactShares(live.map((j) => weights[j]));
  const turns = BigInt(2 * Math.max(2, live.length) - 2);
  const reach = Math.ceil((1 - 2 / Number(turns)) / least) + 3;
  const from = (n: number) => {
    checkPosition(n);
    const cursor = new EarliestDue(Math.max(0, n - reach), {live, parts, whole, turns, tiers: weights.length});
    for (let left = n - cursor.position; left > 0; left -= passed.length)
      cursor.fill(passed, Math.min(left, passed.length));
    return cursor;
  };
  return {shares: weights.map((w) => w / sum), from, counts: (n) => from(n).counts};
}

interface Exact {
  readonly live: readonly number[];
  readonly parts: readonly bigint[];
  readonly whole: bigint;
  /** 1/δ */
  readonly turns: bigint;
  readonly tiers: number;
}

class EarliestDue implements TierCursor {
  position: number;
  readonly counts: Float64Array;
  private readonly live: Int32Array;
  /** the live tiers, by when their next draws are due */
  private readonly order: Int32Array;
  /** the last place for a tier's next draw, rounded down, and the first one, rounded up and down */
  private readonly due: Float64Array;
  private readonly allowed: Float64Array;
  private readonly allowedBelow: Float64Array;
  /** what was rounded away, as a numerator in two limbs */
  private readonly dueRest: Float64Array;
  private readonly allowedRest: Float64Array;
  /** places from one draw of a tier to its next: whole ones, the rest's numerator, the denominator of all rests */
  private readonly step: Float64Array;
  private readonly stepRest: Float64Array;
  private readonly denominator: Float64Array;

  constructor(position: number, {live, parts, whole, turns, tiers}: Exact) {
    const k = live.length;
    this.position = position;
    this.counts = new Float64Array(tiers);
    this.live = Int32Array.from(live);
    this.due = new Float64Array(k);
    this.allowed = new Float64Array(k);
    this.allowedBelow = new Float64Array(k);
    this.dueRest = new Float64Array(2 * k);
    this.allowedRest = new Float64Array(2 * k);
    this.step = new Float64Array(k);
    this.stepRest = new Float64Array(2 * k);
    this.denominator = new Float64Array(2 * k);
    const t = BigInt(position);
    const done = parts.map((part) => ceil(t * part * turns + whole, whole * turns) - 1n);
    const early = parts.flatMap((part, j) =>
      (t * part * turns + whole * (turns - 1n)) / (whole * turns) > done[j] ? [j] : []
    );
    const dueOf = (j: number) => (((done[j] + 1n) * turns - 1n) * whole) / (parts[j] * turns);
    early.sort((a, b) => Number(dueOf(a) - dueOf(b)) || a - b);
    const missing = Number(t - done.reduce((a, b) => a + b, 0n));
    for (const j of early.slice(0, missing)) done[j]++;
    for (let j = 0; j < k; j++) {
      const denominator = parts[j] * turns;
      const first = (done[j] * turns + 1n) * whole;
      const last = ((done[j] + 1n) * turns - 1n) * whole;
      this.counts[live[j]] = Number(done[j]);
      this.allowedBelow[j] = Number(first / denominator);
      this.due[j] = Number(last / denominator);
      this.step[j] = Number(whole / parts[j]);
      put(this.allowedRest, j, first % denominator);
      put(this.dueRest, j, last % denominator);
      put(this.stepRest, j, (whole % parts[j]) * turns);
      put(this.denominator, j, denominator);
      this.roundUp(j);
    }
    this.order = Int32Array.from(live.keys()).sort((i, j) => this.due[i] - this.due[j] || i - j);
  }

  next(): number {
    this.fill(one, 1);
    return one[0];
  }

  fill(tiers: Uint16Array, count: number): void {
    const {live, counts, allowed, allowedBelow, due, order, step, allowedRest} = this;
    const end = order.length - 1;
    let place = this.position;
    for (let n = 0; n < count; n++) {
      place++;
      let at = 0;
      while (allowed[order[at]] > place) at++;
      const j = order[at];
      const later = due[j] + step[j] + this.carry(this.dueRest, j);
      due[j] = later;
      const below = allowedBelow[j] + step[j] + this.carry(allowedRest, j);
      allowedBelow[j] = below;
      allowed[j] = allowedRest[2 * j] === 0 && allowedRest[2 * j + 1] === 0 ? below : below + 1;
      // A tier of a small share goes far back: four places at once.
      for (; at + 4 <= end && due[order[at + 4]] < later; at += 4) {
        order[at] = order[at + 1];
        order[at + 1] = order[at + 2];
        order[at + 2] = order[at + 3];
        order[at + 3] = order[at + 4];
      }
      for (; at < end; at++) {
        const i = order[at + 1];
        const other = due[i];
        if (other > later || (other === later && i > j)) break;
        order[at] = i;
      }
      order[at] = j;
      const tier = live[j];
      counts[tier]++;
      tiers[n] = tier;
    }
    this.position = place;
  }

  private roundUp(j: number): void {
    const exact = this.allowedRest[2 * j] === 0 && this.allowedRest[2 * j + 1] === 0;
    this.allowed[j] = this.allowedBelow[j] + (exact ? 0 : 1);
  }

  /** Adds the step's fraction to a rest; 1 where that makes a whole. */
  private carry(rest: Float64Array, j: number): number {
    const {stepRest, denominator} = this;
    let low = rest[2 * j] + stepRest[2 * j];
    let high = rest[2 * j + 1] + stepRest[2 * j + 1];
    if (low >= limb) {
      low -= limb;
      high++;
    }
    let carried = 0;
    if (high > denominator[2 * j + 1] || (high === denominator[2 * j + 1] && low >= denominator[2 * j])) {
      low -= denominator[2 * j];
      high -= denominator[2 * j + 1];
      if (low < 0) {
        low += limb;
        high--;
      }
      carried = 1;
    }
    rest[2 * j] = low;
    rest[2 * j + 1] = high;
    return carried;
  }
}

function put(limbs: Float64Array, j: number, value: bigint): void {
  limbs[2 * j] = Number(value % BigInt(limb));
  limbs[2 * j + 1] = Number(value / BigInt(limb));
}

function ceil(n: bigint, d: bigint): bigint {
  return (n + d - 1n) / d;
}

function checkPosition(n: number): void {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`expected a position from 0 to 2^53 - 1, got ${n}`);
}
