/** What may be spent a minute, refilled evenly. */
export interface TokenBucket {
  /** milliseconds until it may be spent from; 0 where it may be now */
  wait(now: number): number;
  /** Spends; more than is there becomes a debt that is paid back before anything else is spent. */
  spend(amount: number, now: number): void;
  /** Gives back what was spent but not needed, or (negative) takes what was needed beside. */
  settle(amount: number, now: number): void;
}

/**
 * A bucket that holds one second's worth, at least `least`, and what one spending has given back. With `least` 1 and
 * spendings of 1 no 60 s see more than `perMinute`; else a last spending may go below zero, and is waited for after.
 *
 * @param perMinute more than 0
 * @param least what must be there to be spent from; 0: anything above it
 */
export function createTokenBucket(perMinute: number, {least = 0, now}: {least?: number; now: number}): TokenBucket {
  const capacity = Math.max(least, perMinute / 60);
  // A full bucket at the beginning of a minute and what flows in within it are together the minute's share.
  const rate = (perMinute - capacity + Math.min(least, capacity)) / 60_000;
  let level = capacity;
  let at = now;
  const refill = (now: number) => {
    if (level < capacity) level = Math.min(capacity, level + Math.max(0, now - at) * rate);
    at = now;
  };
  return {
    wait(now) {
      refill(now);
      // Sums of shares of a request come out a little below a whole one.
      const missing = least - level - 1e-9;
      if (least > 0 ? missing <= 0 : level > 0) return 0;
      return Math.max(1, missing / rate);
    },
    spend(amount, now) {
      refill(now);
      level -= amount;
    },
    settle(amount, now) {
      refill(now);
      // What one gives back may stand above the brim: cut off there, the rate would be lost to those who spent too much.
      level = Math.min(level + amount, Math.max(level, capacity, amount));
    }
  };
}
