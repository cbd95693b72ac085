import {defineLinearLaw, wide} from "../law.js";

/** S0 + a x, over the synthetic share x. */
export const linear = defineLinearLaw({
  id: "linear",
  title: "Linear in the share",
  reads: ["share"],
  formula: "S0 + a x",
  source: "ordinary least squares",
  parameters: () => [
    {name: "S0", unit: "target", bounds: wide},
    {name: "a", unit: "target per unit of share", bounds: wide}
  ],
  basis: (x) => [1, x[0]]
});
