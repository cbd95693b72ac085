import {defineLinearLaw, wide} from "../law.js";

/** Losses from 0.1 to 15. */
const losses = Array.from({length: 36}, (_, i) => 0.1 * 150 ** (i / 35));
const slopes = [0.5, 1, 2, 4, 8, 16, 32];

/**
 * b + a / (1 + exp(k (L − L0))): accuracy by the loss L, from b far above L0 to b + a far below it.
 *
 * The second step of a chain: the loss may be measured, or predicted by an earlier law, see chain. Neither sign nor
 * size of a and b is imposed, so that a target which rises with loss fits as well.
 */
export const sigmoid = defineLinearLaw({
  id: "sigmoid",
  title: "Loss to accuracy",
  reads: ["loss"],
  formula: "b + a / (1 + exp(k (L − L0)))",
  source: "Bhagia et al. (2024), arXiv:2412.04403",
  shape: 2,
  continuous: true,
  parameters: () => [
    {name: "b", unit: "target", bounds: wide},
    {name: "a", unit: "target", bounds: wide},
    {name: "L0", unit: "loss", bounds: [0, 100]},
    {name: "k", unit: "1 / loss", bounds: [1e-3, 1e3], scale: "log"}
  ],
  basis: (x, [l0, k]: number[]) => [1, 1 / (1 + Math.exp(k * (x[0] - l0)))],
  slopes(x, [l0, k]: number[]) {
    const high = 1 / (1 + Math.exp(k * (x[0] - l0)));
    const turn = high * (1 - high);
    return [
      [0, k * turn],
      [0, -(x[0] - l0) * turn]
    ];
  },
  shapes: () => losses.flatMap((l0) => slopes.map((k) => [l0, k]))
});
