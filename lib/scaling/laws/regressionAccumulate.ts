import {accumulatedError} from "../collapse.js";
import {regressionLaw} from "./regressionLaw.js";

/**
 * E0 + V Σ_{i ≤ g} i^−2 / (T − m): test error of linear regression after g generations that train on all labels so
 * far, T new ones a generation. It stays below π² / 6 of the first generation's part.
 */
export const regressionAccumulate = regressionLaw({
  id: "regression-accumulate",
  title: "Collapse, accumulating (linear regression)",
  formula: "E0 + V Σ_{i ≤ g} i^−2 / (T − m)",
  source: "Gerstgrasser et al. (2024), arXiv:2404.01413",
  growth: accumulatedError
});
