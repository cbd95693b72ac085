import {clopperPearson} from "../../stats/proportion.js";
import type {Random} from "../../text/random.js";
import {drawSecret, type Canary} from "./canaries.js";
import {fill, secretAt, spaceBits, type CanarySpace} from "./canarySpace.js";

/** How far a model prefers a canary to the other secrets of its space. */
interface Exposure {
  id: string;
  /** log2 |R| − log2 rank, in bits: 1 on average for a secret never seen, log2 |R| for the model's favourite */
  exposure: number;
  /** at 95 %; both the exposure itself where every secret was scored */
  interval: [number, number];
}

/** Exposures of canaries of one space, and how they were found. */
export interface Exposures {
  bits: number;
  /** enumeration: every secret was scored and ranks are exact; sampling: as many secrets as `scored` stand for all */
  method: "enumeration" | "sampling";
  scored: number;
  canaries: Exposure[];
}

/**
 * The exposure of canaries under a model: by scoring all secrets of a space of at most `most`, else from the rank among
 * that many drawn at random. A sample of n cannot show more than log2(n + 1) bits: what lies beyond is in the interval.
 *
 * A tie with another secret counts against the canary's rank by a half, as two equal scores come in either order.
 *
 * @param total log-probability of a text, in nats
 * Source: Carlini et al. (2019), arXiv:1802.08232, definition 4 (exposure), section 4.3 (by sampling).
 */
export async function canaryExposure(
  space: CanarySpace,
  canaries: readonly Canary[],
  total: (text: string) => number | Promise<number>,
  {random, most = 65_536}: {random: Random; most?: number}
): Promise<Exposures> {
  const bits = spaceBits(space);
  const whole = space.alphabet.length ** space.length;
  const exact = whole <= most;
  const scored = exact ? whole : most;
  const others = new Float64Array(scored);
  for (let i = 0; i < scored; i++)
    others[i] = await total(fill(space, exact ? secretAt(space, i) : drawSecret(space, random)));
  others.sort();
  const found: Exposure[] = [];
  for (const {id, text} of canaries) {
    const own = await total(text);
    const above = scored - firstAfter(others, own);
    const equal = scored - above - firstAt(others, own);
    if (exact) {
      // It is one of its own equals.
      const exposure = bits - Math.log2(above + 1 + (equal - 1) / 2);
      found.push({id, exposure, interval: [exposure, exposure]});
      continue;
    }
    const better = above + equal / 2;
    const [low, high] = clopperPearson(Math.round(better), scored);
    found.push({
      id,
      exposure: Math.min(bits, -Math.log2((better + 1) / (scored + 1))),
      interval: [Math.max(0, -Math.log2(high)), Math.min(bits, -Math.log2(low))]
    });
  }
  return {bits, method: exact ? "enumeration" : "sampling", scored, canaries: found};
}

/**
 * The exposure from which canaries give an alarm, in bits. A secret that was never seen has any rank with equal chance,
 * and an exposure of b bits or more with chance 2^−b; the bound makes the chance that any of n rings 2^−10 at most.
 */
export function exposureBound(canaries: number): number {
  return 10 + Math.log2(canaries);
}

/** How many sorted values are below a value. */
function firstAt(sorted: Float64Array, value: number): number {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many sorted values are not above a value. */
function firstAfter(sorted: Float64Array, value: number): number {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
