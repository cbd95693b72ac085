import {defineLinearLaw} from "../law.js";
import {signOf, signParameter} from "../sign.js";

/** Tokens: from one to 10^13, a factor √10 apart, and so few that what is left is a power law. */
const sizes = [...Array.from({length: 27}, (_, i) => 10 ** (i / 2)), 1e-6, 1e-12, 1e-24];
const exponents = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.3, 2, 3, 4.5];

/**
 * E + sign H / (1 + (D / D0)^beta): what fine-tuning or synthetic text of D tokens adds to a model that had learnt
 * before. Flat while D is far below D0, a power law far above it; sign is −1 where the target rises.
 *
 * It is B / (D_l + D^beta) + E with D_l = D0^beta, the size of what was learnt before, and B = H D0^beta: H is then in
 * the target's unit and D0 in tokens, so that their intervals can be read. D may be 0, where the law is E + H. At the
 * lower bound of D0 it is the plain power law, to which nothing had been learnt before.
 */
export const rectified = defineLinearLaw({
  id: "rectified",
  title: "Rectified",
  reads: ["d"],
  fromZero: true,
  formula: "E + sign H / (1 + (D / D0)^beta)",
  source: "Lin et al. (2024), arXiv:2402.02314; Qin et al. (2025), SynthLLM, arXiv:2503.19551",
  shape: 3,
  continuous: true,
  nonNegative: true,
  parameters: (context) => [
    {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "H", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "D0", unit: "tokens", bounds: [1e-30, 1e18], scale: "log"},
    {name: "beta", unit: "1", bounds: [0, 5]},
    signParameter(context)
  ],
  basis: (x, [d0, beta, sign]: number[]) => [1, sign / (1 + (x[0] / d0) ** beta)],
  slopes(x, [d0, beta, sign]: number[]) {
    const power = (x[0] / d0) ** beta;
    const turn = power / (1 + power) ** 2;
    return [
      [0, (sign * beta * turn) / d0],
      [0, x[0] === 0 ? 0 : -sign * turn * Math.log(x[0] / d0)],
      [0, 1 / (1 + power)]
    ];
  },
  shapes: (context) => sizes.flatMap((d0) => exponents.map((beta) => [d0, beta, signOf(context)]))
});
