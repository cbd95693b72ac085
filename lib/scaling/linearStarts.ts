import {leastSquares} from "../stats/leastSquares.js";
import {nnls} from "../stats/nnls.js";
import {ridge} from "../stats/ridge.js";
import type {LinearPart, Parameter} from "./law.js";
import {rateShapes} from "./shapeGrid.js";

/**
 * Where to search for a law that is linear but for its shape: the shapes at which least squares fits best, with their
 * linear coefficients, best first. A shape at which a regressor is not finite is passed over.
 *
 * @param parameters whole, linear ones first
 * @param options.most how many
 */
export function linearStarts(
  linear: LinearPart,
  parameters: readonly Parameter[],
  shapes: readonly (readonly number[])[],
  rows: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  {most = 20} = {}
): number[][] {
  const roots = new Float64Array(rows.length).fill(1);
  const rated =
    shapes.length > most ? rateShapes(linear, shapes, rows, y, roots) : shapes.map((shape) => ({shape, residual: 0}));
  // Of equal residuals the first shape stays first: sorting is stable.
  const promising = rated.toSorted((a, b) => a.residual - b.residual).slice(0, most);
  const found = promising.flatMap(({shape}) => {
    const basis = rows.map((x) => linear.basis(x, shape));
    if (!basis.every((row) => row.every(Number.isFinite))) return [];
    const {coefficients, residual} = solveLinear(linear, basis, y);
    const theta = coefficients.map((v, j) => {
      if (parameters[j].fixed !== undefined) return parameters[j].fixed;
      if (parameters[j].scale !== "log") return v;
      // A coefficient that is searched by its logarithm cannot start at 0: a thousandth of the measured values instead.
      return Math.max(v, (1e-3 * largest(y)) / largest(basis.map((row) => row[j])));
    });
    return [{theta: [...theta, ...shape], residual}];
  });
  return found.toSorted((a, b) => a.residual - b.residual).map(({theta}) => theta);
}

/** The linear coefficients at one shape, and the residual sum of squares there. */
function solveLinear(
  linear: LinearPart,
  basis: readonly number[][],
  y: ArrayLike<number>
): {coefficients: number[]; residual: number} {
  if (linear.ridge === true) {
    const {coefficients, residual} = ridge(basis).solve(y);
    return {coefficients: Array.from(coefficients), residual};
  }
  if (linear.nonNegative === true) {
    const {x, residual} = nnls(basis, y);
    return {coefficients: Array.from(x), residual};
  }
  const design = leastSquares(basis);
  return {coefficients: Array.from(design.solve(y)), residual: design.residual(y)};
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most === 0 ? 1 : most;
}
