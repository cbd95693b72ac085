import {leastSquares} from "../stats/leastSquares.js";
import {nnls} from "../stats/nnls.js";
import {ridge} from "../stats/ridge.js";
import type {LinearPart, Parameter} from "./law.js";
import {offZero} from "./offZero.js";
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
    return [{theta: [...offZero(coefficients, parameters, basis, y), ...shape], residual}];
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
