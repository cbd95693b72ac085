import type {Batch, Law} from "./law.js";

/** A law over many rows: its own batch where it offers one, else its gradient row by row. */
export function batchOf(law: Law, rows: readonly ArrayLike<number>[], parameters: number): Batch {
  if (law.batch !== undefined) return law.batch(rows);
  const out = new Float64Array(parameters);
  const found = new Float64Array(rows.length * parameters);
  return {
    predict(theta, predictions) {
      for (let i = 0; i < rows.length; i++) {
        predictions[i] = law.gradient(theta, rows[i], out);
        found.set(out, i * parameters);
      }
    },
    derive: (derivatives) => derivatives.set(found)
  };
}
