import type {OrderedPhase} from "./samplerPhases.js";
import type {TierShards} from "./tierShards.js";

/**
 * Groups of a run: as many as its phases have, or for phases without an end as many as the cap on repetition lets.
 *
 * @param repetition most epochs over a tier
 * @param group draws a group, for the message
 * @throws RangeError if the phases end after a tier has exceeded the cap, naming the tier and the longest run
 */
export function endOfRun(
  phases: readonly OrderedPhase[],
  tiers: readonly TierShards[],
  repetition: number,
  group: number
): number {
  const total = phases[phases.length - 1].to;
  if (repetition === Infinity) return total;
  // The last digits of a product are rounding: .29 · 100 is 29 rows.
  const caps = tiers.map(({rows}) => Math.floor(repetition * rows * (1 + 1e-12)));
  for (const {from, to, order, before} of phases) {
    const fits = (n: number) => order.counts(n - from).every((count, j) => before[j] + count <= caps[j]);
    if (to !== Infinity && fits(to)) continue;
    // A tier is within one of its share: that leaves few places to look at.
    const left = (slack: number) =>
      Math.min(...order.shares.map((w, j) => (w === 0 ? Infinity : (caps[j] - before[j] + slack) / w)));
    let low = from + Math.max(0, Math.floor(left(-1)) - 1);
    let high = Math.min(to, from + Math.max(0, Math.ceil(left(1))) + 1);
    while (high - low > 1) {
      const middle = low + Math.floor((high - low) / 2);
      if (fits(middle)) low = middle;
      else high = middle;
    }
    if (total === Infinity) return low;
    const counts = phases[phases.length - 1].order.counts(total - phases[phases.length - 1].from);
    const over = tiers.flatMap(({tier, rows}, j) => {
      const count = counts[j] + phases[phases.length - 1].before[j];
      return count > caps[j] ? [`${(count / rows).toPrecision(4)} over ${tier} (${rows} rows)`] : [];
    });
    throw new RangeError(
      `expected at most ${repetition} epochs over a tier, got ${over.join(", ")} in ${total * group} draws; ${low * group} draws keep to it`
    );
  }
  return total;
}
