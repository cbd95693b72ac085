import type {Random} from "../text/random.js";
import type {Row} from "./linearProgram.js";

/** Mixes on the lattice of the simplex, steps of 1 / parts, that meet every row. */
export function lattice(rows: readonly Row[], n: number, parts: number): number[][] {
  const out: number[][] = [];
  const place = (head: number[], left: number) => {
    if (head.length === n - 1) out.push([...head, left].map((v) => v / parts));
    else for (let v = 0; v <= left; v++) place([...head, v], left - v);
  };
  place([], parts);
  return out.filter((w) => rows.every((row) => meets(row, w)));
}

/** Mixes inside a polytope: random blends of its corners. */
export function blends(vertices: readonly (readonly number[])[], count: number, random: Random): number[][] {
  return Array.from({length: count}, () => {
    const shares = vertices.map(() => (-Math.log(1 - random())) ** 2);
    const sum = shares.reduce((a, b) => a + b, 0);
    return vertices[0].map((_, j) => vertices.reduce((total, v, i) => total + (shares[i] / sum) * v[j], 0));
  });
}

/** Whether weights meet a row, up to rounding. */
function meets({a, bound, equal}: Row, w: readonly number[]): boolean {
  const value = a.reduce((sum, v, i) => sum + v * w[i], 0);
  return equal ? Math.abs(value - bound) <= 1e-7 : value <= bound + 1e-7;
}
