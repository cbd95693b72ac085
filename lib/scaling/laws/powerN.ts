import {defineLinearLaw} from "../law.js";
import {signOf, signParameter} from "../sign.js";
import {powerExponents} from "./powerExponents.js";

/** E + sign A / N^alpha: the target by model size alone, at one number of tokens; sign is −1 where the target rises. */
export const powerN = defineLinearLaw({
  id: "power-n",
  title: "Power law in model size",
  reads: ["n"],
  formula: "E + sign A / N^alpha",
  source:
    "Kaplan et al. (2020), arXiv:2001.08361, with the irreducible term of Henighan et al. (2020), arXiv:2010.14701",
  shape: 2,
  continuous: true,
  nonNegative: true,
  parameters: (context) => [
    {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "A", unit: "target · parameters^alpha", bounds: [0, 1e12], scale: "log"},
    {name: "alpha", unit: "1", bounds: [0, 5]},
    signParameter(context)
  ],
  basis: ([n]: number[], [alpha, sign]: number[]) => [1, sign * n ** -alpha],
  slopes: ([n]: number[], [alpha, sign]: number[]) => [
    [0, -sign * n ** -alpha * Math.log(n)],
    [0, n ** -alpha]
  ],
  shapes: (context) => powerExponents.map((alpha) => [alpha, signOf(context)])
});
