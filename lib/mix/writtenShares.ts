import type {Row} from "./linearProgram.js";

/** Shares are written to nine decimals. */
const whole = 1e9;

/** A breach by less is rounding of doubles. */
const tiny = 1e-13;

/**
 * Shares as they are written: to nine decimals, and so that those written sum to 1. Each is the nearest, then a
 * billionth more or less where rounding moved a share most; a share that comes to none gets none. Where that breaks one
 * of the rules, billionths go from one share to another as long as this mends more than it breaks.
 *
 * @param shares not negative; they sum to 1 to rounding
 * @param rules rows over the shares
 */
export function writtenShares(shares: ArrayLike<number>, rules: readonly Row[] = []): number[] {
  const parts = Array.from(shares, (share) => Math.max(0, Math.round(share * whole)));
  const live = [...parts.keys()].filter((i) => parts[i] > 0);
  const short = (i: number) => shares[i] * whole - parts[i];
  let missing = whole - parts.reduce((a, b) => a + b, 0);
  for (const step = Math.sign(missing); missing !== 0; missing -= step)
    parts[live.reduce((a, b) => (step * short(b) > step * short(a) ? b : a))] += step;
  mend(parts, live, rules);
  return parts.map((part) => part / whole);
}

/** Rounding moves a share by a part or two: what a solver left beside a rule by more is not mended here. */
function mend(parts: number[], live: readonly number[], rules: readonly Row[]): void {
  let values = rules.map(({a}) => parts.reduce((sum, part, i) => sum + a[i] * (part / whole), 0));
  const breach = (from: number, to: number) =>
    rules.reduce((sum, {a, bound, equal}, r) => {
      const over = values[r] + (a[to] - a[from]) / whole - bound;
      const off = equal === true ? Math.abs(over) : over;
      return off > tiny ? sum + off : sum;
    }, 0);
  for (let moves = live.length; moves > 0; moves--) {
    let best = {from: live[0], to: live[0], least: breach(live[0], live[0])};
    if (best.least === 0) return;
    for (const from of live)
      for (const to of live) {
        const least = breach(from, to);
        if (parts[from] > 0 && least < best.least - tiny) best = {from, to, least};
      }
    if (best.from === best.to) return;
    const {from, to} = best;
    values = values.map((value, r) => value + (rules[r].a[to] - rules[r].a[from]) / whole);
    parts[from]--;
    parts[to]++;
  }
}
