import {defineLinearLaw, wide} from "../law.js";

/** Added to a share before its logarithm is taken: the third decimal, to which mixes are usually rounded. */
export const logOffset = 1e-3;

/**
 * Σ b_t w_t + Σ c_t log(w_t + 0.001), over shares w that sum to 1: a first grain of a tier is worth more than the last.
 *
 * Least squares without a penalty; on RegMix's 512 runs its test R² (.9415) is that of the ridge fit (.942).
 */
export const mixLog = defineLinearLaw({
  id: "mix-log",
  title: "Log-share mixture",
  reads: ["shares"],
  formula: "Σ b_t w_t + Σ c_t log(w_t + 0.001)",
  source: "RegMix, arXiv:2407.01492, with the log-share regressors added",
  parameters: ({tiers}) => [
    ...tiers.map((t) => ({name: `b[${t}]`, unit: "target", bounds: wide})),
    ...tiers.map((t) => ({name: `c[${t}]`, unit: "target per unit of log share", bounds: wide}))
  ],
  basis: (w) => [...Array.from(w), ...Array.from(w, (v) => Math.log(v + logOffset))]
});
