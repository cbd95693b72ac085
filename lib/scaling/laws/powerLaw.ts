import {defineLinearLaw, type Law, type Variable} from "../law.js";
import {signOf, signParameter} from "../sign.js";

/** Exponents of power laws to look at first: 0.05 to 2. */
export const powerExponents: readonly number[] = Array.from({length: 40}, (_, i) => 0.05 * (i + 1));

/**
 * E + sign A / X^alpha: the target by one scale alone; sign is −1 where the target rises.
 *
 * @param variable X
 * @param names.unit what X is counted in
 */
export function powerLaw(
  variable: Extract<Variable, "n" | "d">,
  {unit, ...names}: Pick<Law, "id" | "title"> & {unit: string}
): Law {
  return defineLinearLaw({
    ...names,
    reads: [variable],
    formula: `E + sign A / ${variable.toUpperCase()}^alpha`,
    source:
      "Kaplan et al. (2020), arXiv:2001.08361, with the irreducible term of Henighan et al. (2020), arXiv:2010.14701",
    shape: 2,
    continuous: true,
    nonNegative: true,
    parameters: (context) => [
      {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
      {name: "A", unit: `target · ${unit}^alpha`, bounds: [0, 1e60], scale: "log"},
      {name: "alpha", unit: "1", bounds: [0, 5]},
      signParameter(context)
    ],
    basis: ([x]: number[], [alpha, sign]: number[]) => [1, sign * x ** -alpha],
    slopes: ([x]: number[], [alpha, sign]: number[]) => [
      [0, -sign * x ** -alpha * Math.log(x)],
      [0, x ** -alpha]
    ],
    shapes: (context) => powerExponents.map((alpha) => [alpha, signOf(context)])
  });
}
