import {defineLinearLaw, wide} from "../law.js";

const offsets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const offset = [offsets[0], offsets[offsets.length - 1]] as const;

/**
 * S0 + a log(x + e1) + c log(1 − x + e2), over the synthetic share x: each side is worth most where it is scarce.
 *
 * e1 and e2 are estimated by profile over ten values each, 0.001 to 1, and counted as coefficients.
 */
export const shareLog = defineLinearLaw({
  id: "share-log",
  title: "Log–log share",
  reads: ["share"],
  formula: "S0 + a log(x + e1) + c log(1 − x + e2)",
  source: "the two-sided form of the log-share regressors of RegMix-style fits, arXiv:2407.01492",
  shape: 2,
  parameters: () => [
    {name: "S0", unit: "target", bounds: wide},
    {name: "a", unit: "target per unit of log share", bounds: wide},
    {name: "c", unit: "target per unit of log share", bounds: wide},
    {name: "e1", unit: "share", bounds: offset},
    {name: "e2", unit: "share", bounds: offset}
  ],
  basis: (x, [e1, e2]: number[]) => [1, Math.log(x[0] + e1), Math.log(1 - x[0] + e2)],
  slopes: (x, [e1, e2]: number[]) => [
    [0, 1 / (x[0] + e1), 0],
    [0, 0, 1 / (1 - x[0] + e2)]
  ],
  shapes: () => offsets.flatMap((e1) => offsets.map((e2) => [e1, e2]))
});
