import {defineLinearLaw, wide} from "../law.js";

/**
 * S0 + a x + b max(0, x − knot), over the synthetic share x: one slope while human text is repeated, another once
 * human text is left out.
 *
 * The knot is not estimated: it is 1 − supply / budget, the share at which the human supply is used exactly once.
 * Runs without one common supply and budget cannot be fitted with this law.
 */
export const shareKink = defineLinearLaw({
  id: "share-kink",
  title: "Share with a kink",
  reads: ["share"],
  formula: "S0 + a x + b max(0, x − knot), knot = 1 − supply / budget",
  source: "piecewise linear regression with a known knot",
  shape: 1,
  parameters: ({knot}) => [
    {name: "S0", unit: "target", bounds: wide},
    {name: "a", unit: "target per unit of share", bounds: wide},
    {name: "b", unit: "target per unit of share", bounds: wide},
    {name: "knot", unit: "share", bounds: [0, 1], ...(knot !== undefined && {fixed: knot})}
  ],
  slopes: (x, [knot]: number[]) => [[0, 0, x[0] > knot ? -1 : 0]],
  basis: (x, [knot]: number[]) => [1, x[0], Math.max(0, x[0] - knot)],
  shapes: ({knot}) => (knot === undefined || knot <= 0 || knot >= 1 ? [] : [[knot]])
});
