import {decide, sprtOutcomes, type Sprt} from "./sprt.js";

/**
 * An interval of the share of defects that is valid after a sequential test has stopped, or while it still runs: exact in
 * Clopper and Pearson's way, over the order in which outcomes speak for ever more defects: accepted, the earlier the
 * cleaner; undecided, by defects; rejected, the earlier the worse. The naive interval of defects over items is not valid
 * there, for the test stops where the share looks extreme.
 *
 * @param n items looked at in the test's order, up to and with the one after which it ended
 * @throws RangeError where the test would have ended before, or the counts are none
 * Source: Armitage (1958), doi:10.1093/biomet/45.1-2.1 (exact limits after sequential tests, by ordered outcomes).
 */
export function sprtInterval(test: Sprt, n: number, defects: number, {level = 0.95} = {}): [number, number] {
  if (!Number.isInteger(n) || !Number.isInteger(defects) || defects < 0 || defects > n || n < 1)
    throw new RangeError(`expected 0 to ${n} defects of at least one item, got ${defects}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`expected a level in (0, 1), got ${level}`);
  const said = decide(test, n, defects);
  const cut = (1 - level) / 2;
  /** probabilities of an outcome as clean as this or cleaner, and as bad or worse */
  const tails = (p: number): [number, number] => {
    const {accept, reject, running} = sprtOutcomes(test, p, n);
    const sum = (values: Float64Array, to: number) => values.subarray(0, to + 1).reduce((a, b) => a + b, 0);
    if (said === "accept") return [sum(accept, n), 1 - sum(accept, n - 1)];
    if (said === "reject") return [1 - sum(reject, n - 1), sum(reject, n)];
    let [clean, bad] = [sum(accept, n), sum(reject, n)];
    for (const [d, probability] of running) {
      if (d <= defects) clean += probability;
      if (d >= defects) bad += probability;
    }
    return [clean, bad];
  };
  if (sprtOutcomes(test, 0.5, n - 1).running.size === 0)
    throw new RangeError(`expected a test that goes on to item ${n}, got one that ends before`);
  return [
    solve((p) => tails(p)[1] >= cut),
    // From above, so that the limit is outside of what is rejected.
    1 - solve((q) => tails(1 - q)[0] >= cut)
  ];
}

/** The smallest p at which a statement that holds from some p on is true: 0 where it holds everywhere. */
function solve(holds: (p: number) => boolean): number {
  if (holds(0)) return 0;
  let [low, high] = [0, 1];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return low;
}
