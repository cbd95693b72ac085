import {defineLinearLaw} from "../law.js";
import {powerExponents} from "./powerLaw.js";

/**
 * E + A / T^c + B / k^q: loss after T training tokens from a source whose tail was cut at rank k, as sampling with a
 * truncated nucleus or a finite generation cuts it. More tokens do not buy back what lies beyond the cut.
 *
 * For tokens that follow Zipf's law with exponent z the theory has c = 1 − 1 / z and q = z − 1, so that q = c / (1 − c);
 * both are estimated here, and the relation is for the reader to test. A cut at Infinity is none.
 */
export const tailCut = defineLinearLaw({
  id: "tail-cut",
  title: "Cut tail",
  reads: ["d", "cut"],
  of: "loss",
  formula: "E + A / T^c + B / k^q",
  source: "Dohmatob et al. (2024), A Tale of Tails, arXiv:2402.07043",
  shape: 2,
  continuous: true,
  nonNegative: true,
  parameters: () => [
    {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "A", unit: "target · tokens^c", bounds: [0, 1e60], scale: "log"},
    {name: "B", unit: "target · rank^q", bounds: [0, 1e60], scale: "log"},
    {name: "c", unit: "1", bounds: [0, 5]},
    {name: "q", unit: "1", bounds: [0, 5]}
  ],
  basis: ([t, k]: number[], [c, q]: number[]) => [1, t ** -c, k ** -q],
  slopes: ([t, k]: number[], [c, q]: number[]) => [
    [0, -(t ** -c) * Math.log(t), 0],
    [0, 0, k === Infinity ? 0 : -(k ** -q) * Math.log(k)]
  ],
  shapes: () => powerExponents.flatMap((c) => powerExponents.map((q) => [c, q]))
});
