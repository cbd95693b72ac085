import type {Random} from "../text/random.js";
import type {Context} from "./context.js";
import {drawTables} from "./drawTables.js";

// Rejections before the whole distribution is computed instead: both draw exactly, so the switch changes no odds.
const patience = 40;

/**
 * A source of next tokens for a context, drawn from P(w|h)^(1 / temperature), normalised.
 *
 * @param temperature at least 0; 0 takes the most probable token, the smallest of equals
 * @throws RangeError for a temperature below 0 or not finite
 */
export function createDraw(context: Context, temperature: number): (random: Random) => number {
  if (!(temperature >= 0 && temperature < Infinity))
    throw new RangeError(`expected a temperature of at least 0, got ${temperature}`);
  const {tiers, order, vocabSize} = context;
  const tables = tiers.map(({counts}) => drawTables(counts));
  const total = new Float64Array(order + 1);
  const back = new Float64Array(order + 1);
  const values = new Float64Array(vocabSize);
  const power = 1 / temperature - 1;
  let least = 0;

  // Above 1 rare tokens gain, and near 0 hardly any proposal would pass.
  const whole = temperature > 1 || temperature < 0.4;
  return (random) => {
    sum();
    if (whole) return pick(distribution(), temperature, random);
    if (temperature === 1) return propose(random);
    const bound = upperBound();
    for (let i = 0; i < patience; i++) {
      const token = propose(random);
      const u = random();
      // Most proposals pass on the part of their probability that is known already.
      if (u < (least / bound) ** power || u < (context.step(token, false) / bound) ** power) return token;
    }
    return pick(distribution(), temperature, random);
  };

  function sum(): void {
    for (let k = 1; k <= order; k++) {
      total[k] = back[k] = 0;
      for (let t = 0; t < tiers.length; t++) {
        const c = context.id(t, k - 1);
        if (c < 0) continue;
        const {sums} = tiers[t].counts.levels[k];
        total[k] += tiers[t].weight * sums[c * 2];
        back[k] += tiers[t].weight * sums[c * 2 + 1];
      }
    }
  }

  /**
   * A token from P(w|h): at each length either one of the n-grams seen, or on to the shorter context. `least` is then
   * the probability of the token having come this way.
   */
  function propose(random: Random): number {
    let reach = 1;
    for (let k = order; k >= 1; k--) {
      if (total[k] === 0) continue;
      let u = random() * total[k] - back[k];
      if (u < 0) {
        reach *= back[k] / total[k];
        continue;
      }
      let last = -1;
      for (let t = 0; t < tiers.length; t++) {
        const c = context.id(t, k - 1);
        if (c < 0) continue;
        const {starts, tokens} = tiers[t].counts.levels[k];
        const [low, high] = [starts[c], starts[c + 1]];
        if (low === high) continue;
        const {cumulative} = tables[t][k];
        const {weight} = tiers[t];
        const mass = weight * cumulative[high - 1];
        if (u < mass) {
          const i = search(cumulative, u / weight, low, high - 1);
          least = (reach * weight * (cumulative[i] - (i > low ? cumulative[i - 1] : 0))) / total[k];
          return tokens[i];
        }
        u -= mass;
        if (mass > 0) last = tokens[search(cumulative, Infinity, low, high - 1)];
      }
      // Rounding left a hair beyond the last tier.
      if (last >= 0) {
        least = 0;
        return last;
      }
    }
    least = reach / vocabSize;
    return random.int(vocabSize);
  }

  /** At least the greatest probability of any next token. */
  function upperBound(): number {
    let bound = 1 / vocabSize;
    for (let k = 1; k <= order; k++) {
      if (total[k] === 0) continue;
      let greatest = 0;
      for (let t = 0; t < tiers.length; t++) {
        const c = context.id(t, k - 1);
        if (c >= 0) greatest += tiers[t].weight * tables[t][k].greatest[c];
      }
      bound = (greatest + back[k] * bound) / total[k];
    }
    return bound;
  }

  function distribution(): Float64Array {
    for (let token = 0; token < vocabSize; token++) values[token] = context.step(token, false);
    return values;
  }
}

/** The first index from low to high whose sum exceeds a value, high where none does. */
function search(cumulative: Float64Array, value: number, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function pick(values: Float64Array, temperature: number, random: Random): number {
  let best = 0;
  for (let w = 1; w < values.length; w++) if (values[w] > values[best]) best = w;
  if (temperature === 0) return best;
  const greatest = values[best];
  let sum = 0;
  for (let w = 0; w < values.length; w++) sum += values[w] = (values[w] / greatest) ** (1 / temperature);
  let u = random() * sum;
  for (let w = 0; w < values.length; w++) if ((u -= values[w]) < 0) return w;
  return best;
}
