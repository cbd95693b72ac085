import type {Law} from "../law.js";
import {linearStarts} from "../linearStarts.js";

/** Share of the fewest samples that the dimension may take up, to start from. */
const crowding = [0, 0.2, 0.5, 0.8, 0.95];

/**
 * E0 + V growth(g) / (T − m): test error of linear regression over generations of T samples each.
 *
 * With isotropic Gaussian features of dimension p the theory has V = σ² p, m = p + 1, and E0 the error that labels
 * without noise would leave. m is 0 and V takes in T where the number of samples is not given or never changes.
 *
 * @param parts.growth error by generation, in units of the first one's
 */
export function regressionLaw({
  growth,
  ...parts
}: Pick<Law, "id" | "title" | "formula" | "source"> & {growth: (generation: number) => number}): Law {
  const basis = ([g, t]: number[], [m]: number[]): number[] => [1, t > m ? growth(g) / (t - m) : Infinity];
  const parameters: Law["parameters"] = ({varies}) => [
    {name: "E0", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "V", unit: "target · samples", bounds: [0, 1e12], scale: "log"},
    {name: "m", unit: "samples", bounds: [0, 1e12], ...(!varies.has("samples") && {fixed: 0})}
  ];
  return {
    ...parts,
    reads: ["generation", "samples"],
    optional: ["samples"],
    of: "loss",
    parameters,
    predict(theta, x) {
      return theta[0] + theta[1] * basis(x as number[], [theta[2]])[1];
    },
    gradient(theta, x, out) {
      out[0] = 1;
      out[1] = basis(x as number[], [theta[2]])[1];
      out[2] = (theta[1] * out[1]) / (x[1] - theta[2]);
      return theta[0] + theta[1] * out[1];
    },
    starts(context, rows, y) {
      const fewest = rows.reduce((least, row) => Math.min(least, row[1]), Infinity);
      const shapes = context.varies.has("samples") ? crowding.map((part) => [part * fewest]) : [[0]];
      return linearStarts(
        {
          shape: 1,
          nonNegative: true,
          basis: (x, shape) => basis(x as number[], shape as number[]),
          shapes: () => shapes
        },
        parameters(context),
        shapes,
        rows,
        y
      );
    }
  };
}
