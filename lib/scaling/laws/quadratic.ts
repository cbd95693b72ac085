import {defineLinearLaw, wide} from "../law.js";

/** S0 + a x + b x², over the synthetic share x: the simplest law with an optimum inside. */
export const quadratic = defineLinearLaw({
  id: "quadratic",
  title: "Quadratic in the share",
  reads: ["share"],
  formula: "S0 + a x + b x²",
  source: "ordinary least squares",
  parameters: () => [
    {name: "S0", unit: "target", bounds: wide},
    {name: "a", unit: "target per unit of share", bounds: wide},
    {name: "b", unit: "target per unit of share squared", bounds: wide}
  ],
  basis: (x) => [1, x[0], x[0] * x[0]]
});
