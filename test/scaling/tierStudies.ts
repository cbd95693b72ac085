import {tier, tierCollapse} from "../../lib/scaling/laws/tier.js";
import type {Study, Truth} from "./tierRuns.js";

const loss: Truth = {
  E: 1.7,
  A: 0.35,
  alpha: 0.34,
  B: 1.2,
  beta: 0.3,
  rho: 0.7,
  R: 8,
  "q[share_T1]": 0.8,
  "q[share_T2]": 0.5,
  "q[share_T3]": 0.2,
  kappa: 0
};
const supplies = [1e9, 3e9, 1e10, 1e12];
const study = {law: tier, truth: loss, points: 40, replicates: 3, sd: 0.005, lowerIsBetter: true, supplies};

/** Simulated studies of different truths, sizes and noise. */
export const studies: readonly Study[] = [
  {...study, name: "tiers that complete each other, 120 runs"},
  {...study, name: "perfect substitutes, 150 runs", truth: {...loss, rho: 1}, points: 50},
  {...study, name: "collapse", law: tierCollapse, truth: {...loss, kappa: 0.15}},
  {...study, name: "no collapse, looked for, 80 runs", law: tierCollapse, replicates: 2},
  {...study, name: "perfect substitutes and collapse", law: tierCollapse, truth: {...loss, rho: 1, kappa: 0.1}},
  {...study, name: "42 runs, noise 0.01", points: 21, replicates: 2, sd: 0.01},
  {...study, name: "a tier worth nearly nothing", truth: {...loss, rho: 1, "q[share_T3]": 0.01}, sd: 0.01},
  {...study, name: "supplies beyond reach", supplies: [1e13, 1e13, 1e13, 1e13]},
  {...study, name: "score that rises", truth: {...loss, E: 0.8, A: 0.1, B: 0.3}, sd: 0.002, lowerIsBetter: false}
];

/** Studies in which a few epochs tell the decay of repeated tokens in some samples and in others do not. */
export const borderline: readonly Study[] = [1.8e10, 2.2e10, 2.5e10, 2.8e10, 3.2e10].map((supply) => ({
  ...study,
  name: `${(1e11 / supply).toFixed(1)} epochs at most`,
  supplies: [supply, supply, supply, 1e12]
}));
