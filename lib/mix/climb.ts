import {linearProgram, type Row} from "./linearProgram.js";

/**
 * A local minimum of a smooth function on a polytope: pairwise Frank–Wolfe. Each step moves weight from the worst
 * corner that the point is made of to the best corner there is, so that the point never leaves the polytope.
 *
 * @param start a corner
 * @returns the point, and the Frank–Wolfe gap there: 0 at a stationary point, and for a convex function an upper bound
 *   of what is still to be won
 * Source: Lacoste-Julien & Jaggi (2015), arXiv:1511.05932, algorithm 2.
 */
export function climb(
  f: (x: readonly number[]) => number,
  rows: readonly Row[],
  start: readonly number[],
  {steps = 400, tolerance = 1e-10} = {}
): {x: number[]; value: number; gap: number} {
  let x = [...start];
  const atoms = new Map([[start.join(), {at: start, weight: 1}]]);
  let gap = Infinity;
  for (let step = 0; step < steps; step++) {
    const slope = gradient(f, x);
    const best = linearProgram(slope, rows)!;
    gap = dot(slope, x) - dot(slope, best);
    if (gap <= tolerance) break;
    const worst = [...atoms.values()].reduce((a, b) => (dot(slope, b.at) > dot(slope, a.at) ? b : a));
    const move = best.map((v, i) => v - worst.at[i]);
    const length = search((t) => f(x.map((v, i) => v + t * move[i])), worst.weight);
    if (length === 0) break;
    x = x.map((v, i) => Math.max(0, v + length * move[i]));
    worst.weight -= length;
    if (worst.weight < 1e-14) atoms.delete(worst.at.join());
    const key = best.join();
    const atom = atoms.get(key);
    if (atom === undefined) atoms.set(key, {at: best, weight: length});
    else atom.weight += length;
  }
  return {x, value: f(x), gap: Math.max(0, gap)};
}

/** The t in [0, most] where f is least: a coarse look for the valley, then golden sections. */
export function search(f: (t: number) => number, most: number): number {
  const cells = 24;
  let at = 0;
  let least = f(0);
  for (let i = 1; i <= cells; i++) {
    const value = f((most * i) / cells);
    if (value < least) [at, least] = [i, value];
  }
  let low = (most * Math.max(0, at - 1)) / cells;
  let high = (most * Math.min(cells, at + 1)) / cells;
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 60; i++) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (f(a) <= f(b)) high = b;
    else low = a;
  }
  const middle = (low + high) / 2;
  const coarse = (most * at) / cells;
  return f(middle) < least ? middle : coarse;
}

function gradient(f: (x: readonly number[]) => number, x: readonly number[]): number[] {
  const h = 1e-6;
  return x.map((v, i) => {
    const low = Math.max(0, v - h);
    const at = (t: number) => f(x.map((u, j) => (j === i ? t : u)));
    return (at(v + h) - at(low)) / (v + h - low);
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
