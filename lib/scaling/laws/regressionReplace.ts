import {regressionLaw} from "./regressionLaw.js";

/**
 * E0 + V g / (T − m): test error of linear regression after g generations that each train on T labels of the model
 * before and nothing else. It grows without bound.
 */
export const regressionReplace = regressionLaw({
  id: "regression-replace",
  title: "Collapse, replacing (linear regression)",
  formula: "E0 + V g / (T − m)",
  source: "Gerstgrasser et al. (2024), arXiv:2404.01413; Dohmatob et al. (2024), arXiv:2402.07712",
  growth: (generation) => generation
});
