import {accumulatedError} from "../collapse.js";
import {defineLinearLaw} from "../law.js";

/**
 * E0 + V Σ_{i ≤ g} i^−2 / n: the squared error of a Gaussian's mean after g generations, each fitted to all samples so
 * far, n new ones a generation. It stays below E0 + V π² / (6 n): no collapse.
 *
 * The theory is E0 = 0 and V = σ²; the variance that later generations draw from is a little below σ², by O(1 / n),
 * which the law leaves out.
 */
export const collapseAccumulate = defineLinearLaw({
  id: "collapse-accumulate",
  title: "Collapse, accumulating (Gaussian)",
  reads: ["generation", "samples"],
  of: "loss",
  formula: "E0 + V Σ_{i ≤ g} i^−2 / n",
  source: "Kazdan et al. (2024), Collapse or Thrive, arXiv:2410.16713; Gerstgrasser et al. (2024), arXiv:2404.01413",
  nonNegative: true,
  parameters: () => [
    {name: "E0", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "V", unit: "target · samples", bounds: [0, 1e12], scale: "log"}
  ],
  basis: ([g, n]: number[]) => [1, accumulatedError(g) / n]
});
