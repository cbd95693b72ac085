/** A coefficient of a law. */
export interface Parameter {
  readonly name: string;
  /** "target" stands for the unit of what was fitted, e.g. "target per unit of share" */
  readonly unit: string;
  /** what can be told at all: an interval as wide as these bounds says nothing, and the coefficient is not identified */
  readonly bounds: readonly [number, number];
}

/** What a law may be told instead of estimating it. */
export interface Given {
  /** share at which the runs' human supply is used up exactly once: 1 − supply / budget */
  readonly knot?: number;
}

/** A form that a benchmark may follow over the share of synthetic text, or over the shares of the tiers. */
export interface Law {
  readonly id: string;
  /** one share, or one share a tier that sum to 1, or either */
  readonly over: "share" | "mix" | "any";
  readonly formula: string;
  readonly source: string;
  /** how many of the parameters, the last ones, are not linear */
  readonly shape: number;
  parameters(inputs: readonly string[]): readonly Parameter[];
  /** the regressors: their sum, each times its linear coefficient, is the prediction */
  basis(x: ArrayLike<number>, shape: ArrayLike<number>): number[];
  /** the values that the last parameters may take; more than one counts them as estimated, none rules the law out */
  shapes(given: Given): readonly (readonly number[])[];
  /** @param coefficients in the order of `parameters`; @param x in the order of the inputs */
  predict(coefficients: ArrayLike<number>, x: ArrayLike<number>): number;
}

/** A law from its parts: linear unless a shape is given; the prediction is made from the basis. */
export function defineLaw({
  shape = 0,
  shapes = () => [[]],
  ...parts
}: Omit<Law, "predict" | "shape" | "shapes"> & Partial<Pick<Law, "shape" | "shapes">>): Law {
  return {
    ...parts,
    shape,
    shapes,
    predict(coefficients, x) {
      const linear = coefficients.length - shape;
      const regressors = parts.basis(x, Array.prototype.slice.call(coefficients, linear) as number[]);
      let sum = 0;
      for (let i = 0; i < linear; i++) sum += coefficients[i] * regressors[i];
      return sum;
    }
  };
}

/** Bounds of a linear coefficient, in units of the target: wide enough for any benchmark, finite for the files. */
export const wide: readonly [number, number] = [-1e9, 1e9];
