import type {Law, Parameter} from "../scaling/law.js";

/** How a function bends over the simplex of mixes; "unknown" where no rule tells. */
export type Curvature = "linear" | "convex" | "concave" | "unknown";

/**
 * How a law bends in the shares, told from the signs of its coefficients; laws that are not listed are unknown.
 *
 * A quadratic mixture's bend is left to its Hessian, see `bends`.
 */
export function curvatureOf(law: Law, parameters: readonly Parameter[], theta: ArrayLike<number>): Curvature {
  const values = (prefix: string) =>
    parameters.flatMap(({name}, i) => (name === prefix || name.startsWith(`${prefix}[`) ? [theta[i]] : []));
  const all = (list: readonly number[], sense: (v: number) => boolean) => list.every(sense);
  /** Convex where all factors of a convex function are at least 0, concave where all are at most 0. */
  const signed = (factors: readonly number[]): Curvature =>
    all(factors, (v) => v === 0)
      ? "linear"
      : all(factors, (v) => v >= 0)
        ? "convex"
        : all(factors, (v) => v <= 0)
          ? "concave"
          : "unknown";
  switch (law.id) {
    case "constant":
    case "linear":
    case "mix-linear":
      return "linear";
    // −log is convex.
    case "mix-log":
    case "mix-ridge":
      return signed(values("c").map((v) => -v));
    case "mixing-exponential":
      return signed(values("sign"));
    case "quadratic":
    case "share-kink":
      return signed(values("b"));
    case "share-log":
      return signed([...values("a"), ...values("c")].map((v) => -v));
    case "share-saturating":
      return signed([...values("a"), ...values("b")].map((v) => -v));
    // A power with a negative exponent is convex, and so is 1 over a positive concave function.
    case "bimix":
      return signed([...values("B"), ...values("C")]);
    case "shukor-additive":
      return all(values("gamma"), (v) => v <= 1) && all(values("C"), (v) => v >= 0) ? "convex" : "unknown";
    default:
      return "unknown";
  }
}

/** The curvature of a function times a factor. */
export function timesCurvature(curvature: Curvature, factor: number): Curvature {
  if (factor >= 0 || curvature === "linear" || curvature === "unknown") return curvature;
  return curvature === "convex" ? "concave" : "convex";
}
