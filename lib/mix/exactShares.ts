/** Shares as exact fractions of one whole. */
interface ExactShares {
  /** by share: share j is parts[j] / whole */
  readonly parts: readonly bigint[];
  readonly whole: bigint;
}

/**
 * Numbers as exact fractions of their sum: a double is a whole number times a power of two, so that nothing is rounded.
 *
 * @param numbers not negative, at least one of them positive
 */
export function exactShares(numbers: readonly number[]): ExactShares {
  const doubled = numbers.map((v) => {
    let whole = v;
    let times = 0;
    for (; !Number.isInteger(whole); whole *= 2) times++;
    return {whole, times};
  });
  const most = Math.max(...doubled.map(({times}) => times));
  const scaled = doubled.map(({whole, times}) => BigInt(whole) << BigInt(most - times));
  const divisor = scaled.reduce(gcd, 0n);
  const parts = scaled.map((v) => v / divisor);
  return {parts, whole: parts.reduce((a, b) => a + b, 0n)};
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
