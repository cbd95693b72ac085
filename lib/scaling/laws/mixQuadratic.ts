import {defineLinearLaw, wide} from "../law.js";

/** Σ b_t w_t + Σ b_tu w_t w_u, over shares w that sum to 1: Scheffé's quadratic mixture, in which pairs may blend. */
export const mixQuadratic = defineLinearLaw({
  id: "mix-quadratic",
  title: "Quadratic mixture",
  reads: ["shares"],
  formula: "Σ b_t w_t + Σ_{t<u} b_tu w_t w_u",
  source: "Scheffé (1958), doi:10.1111/j.2517-6161.1958.tb00299.x, second degree",
  parameters: ({tiers}) => [
    ...tiers.map((t) => ({name: `b[${t}]`, unit: "target", bounds: wide})),
    ...tiers.flatMap((t, i) => tiers.slice(i + 1).map((u) => ({name: `b[${t},${u}]`, unit: "target", bounds: wide})))
  ],
  basis(w) {
    const out = Array.from(w);
    for (let i = 0; i < w.length; i++) for (let j = i + 1; j < w.length; j++) out.push(w[i] * w[j]);
    return out;
  }
});
