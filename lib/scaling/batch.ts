import type {Batch, Law} from "./law.js";

/** A law over many rows: its own batch where it offers one, else its gradient row by row. */
export function batchOf(law: Law, rows: readonly ArrayLike<number>[], parameters: number): Batch {
  if (law.batch !== undefined) return law.batch(rows);
  const out = new Float64Array(parameters);
  return (theta, predictions, derivatives) => {
    for (let i = 0; i < rows.length; i++) {
      predictions[i] = law.gradient(theta, rows[i], out);
      derivatives.set(out, i * parameters);
    }
  };
}
