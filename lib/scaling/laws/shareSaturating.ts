import {defineLinearLaw, wide} from "../law.js";

const scales = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];
const bounds = [0.01, 1] as const;

/**
 * S0 + a (1 − e^(−x/tau)) − b e^(−(1−x)/omega), over the synthetic share x: the first synthetic text brings most and
 * then saturates; what the last of the human text was worth is lost on the way to x = 1.
 *
 * Both sides say the same: returns to a source fall off exponentially in how much of it there is, at 1 / tau for
 * synthetic and 1 / omega for human text. A drop that sets in at a knot, −b max(0, x − x0)², looks alike, but a knot is
 * no regular parameter: its likelihood has corners, and its interval no coverage to speak of. This form is smooth.
 * Neither sign is imposed: a fit may show that synthetic text does harm from the start.
 */
export const shareSaturating = defineLinearLaw({
  id: "share-saturating",
  title: "Saturating, then dropping",
  reads: ["share"],
  formula: "S0 + a (1 − e^(−x/tau)) − b e^(−(1−x)/omega)",
  source: "exponential returns to either source, after Muennighoff et al. (2023), arXiv:2305.16264",
  shape: 2,
  continuous: true,
  parameters: () => [
    {name: "S0", unit: "target", bounds: wide},
    {name: "a", unit: "target", bounds: wide},
    {name: "b", unit: "target", bounds: wide},
    {name: "tau", unit: "share", bounds, scale: "log"},
    {name: "omega", unit: "share", bounds, scale: "log"}
  ],
  basis: (x, [tau, omega]: number[]) => [1, -Math.expm1(-x[0] / tau), -Math.exp((x[0] - 1) / omega)],
  slopes: (x, [tau, omega]: number[]) => [
    [0, (-x[0] / tau ** 2) * Math.exp(-x[0] / tau), 0],
    [0, 0, ((x[0] - 1) / omega ** 2) * Math.exp((x[0] - 1) / omega)]
  ],
  shapes: () => scales.flatMap((tau) => scales.map((omega) => [tau, omega]))
});
