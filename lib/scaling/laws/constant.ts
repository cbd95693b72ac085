import {defineLinearLaw, wide} from "../law.js";

/** S0: the share makes no difference. Every other law has to beat it. */
export const constant = defineLinearLaw({
  id: "constant",
  title: "Constant",
  reads: [],
  formula: "S0",
  source: "the null model",
  parameters: () => [{name: "S0", unit: "target", bounds: wide}],
  basis: () => [1]
});
