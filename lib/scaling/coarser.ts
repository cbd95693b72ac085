import {createProblem, type Problem} from "./problem.js";

/**
 * A problem over a part of the runs, in which a search far from the end costs a fraction: runs evenly spread over the
 * sorted targets, at least five for each free coefficient and 24, and a wider bend of Huber's loss. Null where that would
 * spare too little. What it leads to is only where the search over all runs goes on from.
 *
 * @param share of the runs
 */
export function coarser(problem: Problem, share: number): Problem | null {
  const {law, context, rows, y, weight, objective, parameters, free} = problem;
  const n = Math.max(24, 5 * free.length, Math.ceil(rows.length * share));
  if (objective.loss === "asymmetric" || 2 * n > rows.length) return null;
  const sorted = [...y.keys()].sort((a, b) => y[a] - y[b] || a - b);
  const kept = Array.from({length: n}, (_, i) => sorted[Math.floor(((i + 0.5) * rows.length) / n)]);
  const data = {
    rows: kept.map((i) => rows[i]),
    y: kept.map((i) => y[i]),
    weight: kept.map((i) => weight[i])
  };
  return createProblem(law, context, data, {...objective, delta: 10 * objective.delta}, parameters);
}
