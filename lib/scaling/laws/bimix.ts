import {defineLinearLaw} from "../law.js";
import {powerExponents} from "./powerLaw.js";

const shareExponents = [0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8];

/**
 * (B / D^beta + C) / w^alpha: the loss on one domain by the share w of that domain in the mix and the training tokens.
 *
 * The published form has a factor A before it; only A B and A C can be told from any runs, so that A is inside B and C
 * here. A share of 0 has no loss under this law: runs without the domain cannot be fitted with it.
 */
export const bimix = defineLinearLaw({
  id: "bimix",
  title: "BiMix",
  reads: ["d", "share"],
  of: "loss",
  formula: "(B / D^beta + C) / w^alpha",
  source: "Ge et al. (2024), arXiv:2405.14908, with A in B and C",
  shape: 2,
  continuous: true,
  nonNegative: true,
  parameters: () => [
    {name: "B", unit: "target · tokens^beta", bounds: [0, 1e60], scale: "log"},
    {name: "C", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "alpha", unit: "1", bounds: [0, 5]},
    {name: "beta", unit: "1", bounds: [0, 5]}
  ],
  basis: ([d, w]: number[], [alpha, beta]: number[]) => [w ** -alpha * d ** -beta, w ** -alpha],
  slopes([d, w]: number[], [alpha, beta]: number[]) {
    const [both, alone] = [w ** -alpha * d ** -beta, w ** -alpha];
    return [
      [-both * Math.log(w), -alone * Math.log(w)],
      [-both * Math.log(d), 0]
    ];
  },
  shapes: () => shareExponents.flatMap((alpha) => powerExponents.map((beta) => [alpha, beta]))
});
