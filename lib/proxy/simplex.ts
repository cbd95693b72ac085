/**
 * Every way to share 1 among n parts in multiples of 1 / steps, in lexicographic order, largest first share first.
 */
export function simplexLattice(n: number, steps: number): number[][] {
  if (n === 1) return [[steps / steps]];
  const out: number[][] = [];
  const walk = (prefix: readonly number[], left: number) => {
    if (prefix.length === n - 1) out.push([...prefix, left].map((k) => k / steps));
    else for (let k = left; k >= 0; k--) walk([...prefix, k], left - k);
  };
  walk([], steps);
  return out;
}
