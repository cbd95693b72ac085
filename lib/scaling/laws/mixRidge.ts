import {defineLinearLaw, wide} from "../law.js";
import {logOffset} from "./mixLog.js";

/**
 * S0 + Σ b_t w_t + Σ c_t log(w_t + 0.001), over shares w that sum to 1, its coefficients but S0 shrunk by a ridge
 * penalty that generalised cross-validation chooses: for more tiers than the runs can tell apart one by one.
 *
 * What is shrunk is biased towards no effect, by design; read its predictions, not its coefficients.
 */
export const mixRidge = defineLinearLaw({
  id: "mix-ridge",
  title: "Log-share mixture, shrunk",
  reads: ["shares"],
  formula: "S0 + Σ b_t w_t + Σ c_t log(w_t + 0.001), Σ b² + Σ c² penalised",
  source: "Hoerl & Kennard (1970), doi:10.1080/00401706.1970.10488634, on the regressors of the log-share mixture",
  ridge: true,
  parameters: ({tiers}) => [
    {name: "S0", unit: "target", bounds: wide},
    ...tiers.map((t) => ({name: `b[${t}]`, unit: "target", bounds: wide})),
    ...tiers.map((t) => ({name: `c[${t}]`, unit: "target per unit of log share", bounds: wide}))
  ],
  basis: (w) => [1, ...Array.from(w), ...Array.from(w, (v) => Math.log(v + logOffset))]
});
