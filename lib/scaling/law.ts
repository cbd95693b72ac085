import {linearStarts} from "./linearStarts.js";

/**
 * What a law may read of a run. Scalars: n parameters of the model; d training tokens, repeats included; u distinct
 * training tokens; loss, of an earlier law in a chain; generation of self-training; samples in each generation; cut, the
 * rank at which a tail was cut. Vectors: share, of synthetic text alone; shares, one a tier, that sum to 1; supplies,
 * the distinct tokens at hand of each tier.
 */
export type Variable = "n" | "d" | "u" | "loss" | "generation" | "samples" | "cut" | "share" | "shares" | "supplies";

/** A coefficient of a law. */
export interface Parameter {
  readonly name: string;
  /** "target" stands for the unit of what was fitted, e.g. "target per unit of share" */
  readonly unit: string;
  /** what can be told at all: an interval as wide as these bounds says nothing, and the coefficient is not identified */
  readonly bounds: readonly [number, number];
  /** "log": positive, and searched by its logarithm */
  readonly scale?: "linear" | "log";
  /** not estimated, but known or of no effect in these runs */
  readonly fixed?: number;
}

/** What a law is told of the runs before it names its parameters. */
export interface Context {
  /** names of the tiers, or whatever else the shares are of; empty for a law without shares */
  readonly tiers: readonly string[];
  /** variables that were given and that vary between the runs; supplies also where they are the same in all runs but
   * d or the shares vary, for what varies then is how often each tier is repeated */
  readonly varies: ReadonlySet<Variable>;
  /** whether a smaller target is better: a law of diminishing returns falls then, else it rises */
  readonly lowerIsBetter: boolean;
  /** share at which the runs' human supply is used up exactly once: 1 − supply / budget */
  readonly knot?: number;
  /** generated share of each tier, in the order of `tiers`; by default 1 for T2, T3 and names that end in "synthetic" */
  readonly synthetic?: readonly number[];
}

/** The part of a law that is linear, for variable projection: the first parameters, given the last ones, its shape. */
export interface LinearPart {
  /** how many of the parameters, the last ones, are not linear */
  readonly shape: number;
  /** whether the linear coefficients are at least 0 */
  readonly nonNegative?: boolean;
  /** whether the linear coefficients are shrunk, by a penalty that cross-validation chooses; the first, of a constant
   * regressor, is not */
  readonly ridge?: boolean;
  /** the regressors: their sum, each times its linear coefficient, is the prediction */
  basis(x: ArrayLike<number>, shape: ArrayLike<number>): number[];
  /** shapes to look at first, or all there are; none rules the law out for these runs */
  shapes(context: Context): readonly (readonly number[])[];
  /** whether the shapes are searched between the listed ones too, not only on them */
  readonly continuous?: boolean;
}

/**
 * A form that a benchmark may follow.
 *
 * A row x of a run holds the variables of `reads` in their order: scalars take one place, shares and supplies one a
 * tier. An optional variable that the runs lack is filled in: n, u and supplies with Infinity, the rest with 1.
 */
export interface Law {
  readonly id: string;
  /** for people, e.g. "Chinchilla" */
  readonly title: string;
  readonly formula: string;
  readonly source: string;
  readonly reads: readonly Variable[];
  readonly optional?: readonly Variable[];
  /** whether it has a value at no tokens, d = 0 */
  readonly fromZero?: boolean;
  /** why these runs cannot tell the law from a simpler one, whatever they measured; null where they may */
  moot?(context: Context): string | null;
  /** "loss": for positive targets of which less is better; "any": for all */
  readonly of: "loss" | "any";
  parameters(context: Context): readonly Parameter[];
  /** @param theta one value a parameter, the fixed ones too */
  predict(theta: ArrayLike<number>, x: ArrayLike<number>): number;
  /** Writes ∂ prediction / ∂ theta to `out`, one value a parameter, and returns the prediction. */
  gradient(theta: ArrayLike<number>, x: ArrayLike<number>, out: Float64Array): number;
  /**
   * Where to search from, in a fixed order: whole thetas.
   *
   * @param rows as `predict` reads them; @param y what was measured there
   */
  starts(context: Context, rows: readonly ArrayLike<number>[], y: ArrayLike<number>): number[][];
  readonly linear?: LinearPart;
  /**
   * For speed alone: predict and gradient of all rows at once, with what does not depend on theta (logarithms, say)
   * worked out beforehand.
   */
  batch?(rows: readonly ArrayLike<number>[]): Batch;
}

/** A law over many rows, in two steps, for a search asks for derivatives only where it stays: as gradient, up to rounding. */
export interface Batch {
  /** Writes the prediction of each row. */
  predict(theta: ArrayLike<number>, predictions: Float64Array): void;
  /** Writes, row by row, ∂ prediction / ∂ theta at the theta that was last predicted at, one value a parameter. */
  derive(derivatives: Float64Array): void;
}

/**
 * A law that is linear, at least once its shape is known: prediction, gradient and starts follow from its basis.
 *
 * @param parts.slopes the derivatives of the regressors by each value of the shape: one list a value; left out where
 *   the shape is known
 */
export function defineLinearLaw({
  basis,
  slopes,
  shape = 0,
  shapes = () => [[]],
  continuous = false,
  nonNegative = false,
  ridge = false,
  ...parts
}: Pick<Law, "id" | "title" | "formula" | "source" | "reads" | "parameters"> &
  Partial<Pick<Law, "of" | "optional" | "fromZero">> &
  Pick<LinearPart, "basis"> &
  Partial<Omit<LinearPart, "basis">> & {
    slopes?(x: ArrayLike<number>, shape: ArrayLike<number>): number[][];
  }): Law {
  const split = (theta: ArrayLike<number>): number[] =>
    Array.prototype.slice.call(theta, theta.length - shape) as number[];
  const predict = (theta: ArrayLike<number>, x: ArrayLike<number>): number => dot(basis(x, split(theta)), theta);
  const linear = {shape, basis, shapes, continuous, nonNegative, ridge};
  return {
    of: "any",
    ...parts,
    predict,
    gradient(theta, x, out) {
      const values = split(theta);
      const regressors = basis(x, values);
      out.fill(0);
      out.set(regressors);
      if (slopes !== undefined)
        for (const [i, slope] of slopes(x, values).entries()) out[theta.length - shape + i] = dot(slope, theta);
      return dot(regressors, theta);
    },
    starts: (context, rows, y) => linearStarts(linear, parts.parameters(context), shapes(context), rows, y),
    linear
  };
}

function dot(regressors: readonly number[], theta: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < regressors.length; i++) sum += theta[i] * regressors[i];
  return sum;
}

/** Bounds of a linear coefficient, in units of the target: wide enough for any benchmark, finite for the files. */
export const wide: readonly [number, number] = [-1e9, 1e9];
