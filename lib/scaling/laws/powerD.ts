import {defineLinearLaw} from "../law.js";
import {signOf, signParameter} from "../sign.js";
import {powerExponents} from "./powerExponents.js";

/** E + sign A / D^alpha: the target by training tokens alone, at one model size; sign is −1 where the target rises. */
export const powerD = defineLinearLaw({
  id: "power-d",
  title: "Power law in tokens",
  reads: ["d"],
  formula: "E + sign A / D^alpha",
  source:
    "Kaplan et al. (2020), arXiv:2001.08361, with the irreducible term of Henighan et al. (2020), arXiv:2010.14701",
  shape: 2,
  continuous: true,
  nonNegative: true,
  parameters: (context) => [
    {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "A", unit: "target · tokens^alpha", bounds: [0, 1e12], scale: "log"},
    {name: "alpha", unit: "1", bounds: [0, 5]},
    signParameter(context)
  ],
  basis: ([d]: number[], [alpha, sign]: number[]) => [1, sign * d ** -alpha],
  slopes: ([d]: number[], [alpha, sign]: number[]) => [
    [0, -sign * d ** -alpha * Math.log(d)],
    [0, d ** -alpha]
  ],
  shapes: (context) => powerExponents.map((alpha) => [alpha, signOf(context)])
});
