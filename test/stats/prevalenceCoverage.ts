import {roganGladen} from "../../lib/stats/roganGladen.js";
import {createRandom} from "../../lib/text/random.js";

/** How often the interval covers the true share, and on which side it misses, over seeds. */
export function coverage({
  sensitivity,
  specificity,
  prevalence,
  gold: [cases, others],
  trials,
  seeds = 1000
}: {
  sensitivity: number;
  specificity: number;
  prevalence: number;
  gold: readonly [number, number];
  trials: number;
  seeds?: number;
}): {covered: number; above: number; below: number; width: number} {
  let [covered, above, below, width] = [0, 0, 0, 0];
  for (let seed = 0; seed < seeds; seed++) {
    const random = createRandom("coverage", seed);
    const binomial = (n: number, p: number) => {
      let k = 0;
      for (let i = 0; i < n; i++) if (random() < p) k++;
      return k;
    };
    const truePositive = binomial(cases, sensitivity);
    const trueNegative = binomial(others, specificity);
    const positives = binomial(trials, prevalence * sensitivity + (1 - prevalence) * (1 - specificity));
    const [low, high] = roganGladen(
      {positives, trials},
      {truePositive, falseNegative: cases - truePositive, trueNegative, falsePositive: others - trueNegative}
    ).interval;
    if (prevalence < low) above++;
    else if (prevalence > high) below++;
    else covered++;
    width += high - low;
  }
  return {covered: covered / seeds, above: above / seeds, below: below / seeds, width: width / seeds};
}
