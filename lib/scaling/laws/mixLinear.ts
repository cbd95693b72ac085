import {defineLinearLaw, wide} from "../law.js";

/** Σ b_t w_t, over shares w that sum to 1: Scheffé's linear mixture; b_t is the value of a pure mix of t. */
export const mixLinear = defineLinearLaw({
  id: "mix-linear",
  title: "Linear mixture",
  reads: ["shares"],
  formula: "Σ b_t w_t",
  source: "Scheffé (1958), doi:10.1111/j.2517-6161.1958.tb00299.x, first degree",
  parameters: ({tiers}) => tiers.map((t) => ({name: `b[${t}]`, unit: "target", bounds: wide})),
  basis: (w) => Array.from(w)
});
