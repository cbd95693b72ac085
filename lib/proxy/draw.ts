import type {Random} from "../text/random.js";
import type {Context} from "./context.js";
import {gramChildren, type GramChildren} from "./gramChildren.js";

// Rejections before the whole distribution is computed instead: both draw exactly, so the switch changes no odds.
const patience = 40;

/** Draws the next token of a context from P(w|h)^(1 / temperature), normalised. */
export type Draw = (context: Context, random: Random) => number;

/**
 * @param temperature at least 0; 0 takes the most probable token, the smallest of equals
 * @throws RangeError for a temperature below 0 or not finite
 */
export function createDraw(context: Context, temperature: number): Draw {
  if (!(temperature >= 0 && temperature < Infinity))
    throw new RangeError(`expected a temperature of at least 0, got ${temperature}`);
  const children = context.tiers.map(({counts}) =>
    Array.from({length: counts.order + 1}, (_, k) => (k === 0 ? (undefined as never) : gramChildren(counts, k)))
  );
  if (temperature === 1) return (at, random) => propose(at, children, random);
  const values = new Float64Array(context.vocabSize);
  const exact: Draw = (at, random) => pick(distribution(at, children, values), temperature, random);
  // Above 1 rare tokens gain, and near 0 hardly any proposal would pass.
  if (temperature > 1 || temperature < 0.4) return exact;
  const power = 1 / temperature - 1;
  return (at, random) => {
    const bound = upperBound(at, children);
    for (let i = 0; i < patience; i++) {
      const token = propose(at, children, random);
      if (random() < (at.step(token, false) / bound) ** power) return token;
    }
    return exact(at, random);
  };
}

/** All probabilities of the next token, in `values`. */
export function distribution(
  context: Context,
  children: readonly (readonly GramChildren[])[],
  values: Float64Array
): Float64Array {
  values.fill(1 / context.vocabSize);
  for (let k = 1; k <= context.order; k++) {
    const {total, back} = sums(context, k);
    if (total === 0) continue;
    for (let w = 0; w < values.length; w++) values[w] *= back / total;
    context.tiers.forEach(({weight}, t) => {
      const c = contextId(context, t, k);
      if (c < 0) return;
      const {starts, tokens, cumulative} = children[t][k];
      for (let i = starts[c]; i < starts[c + 1]; i++)
        values[tokens[i]] += (weight * (cumulative[i] - (i > starts[c] ? cumulative[i - 1] : 0))) / total;
    });
  }
  return values;
}

/** A token from P(w|h): at each length either one of the n-grams seen, or on to the shorter context. */
function propose(context: Context, children: readonly (readonly GramChildren[])[], random: Random): number {
  for (let k = context.order; k >= 1; k--) {
    const {total, back} = sums(context, k);
    if (total === 0) continue;
    let u = random() * total;
    if (u >= total - back) continue;
    for (let t = 0; t < context.tiers.length; t++) {
      const c = contextId(context, t, k);
      if (c < 0) continue;
      const {starts, tokens, cumulative} = children[t][k];
      if (starts[c] === starts[c + 1]) continue;
      const {weight} = context.tiers[t];
      const mass = weight * cumulative[starts[c + 1] - 1];
      // Rounding may leave a hair beyond the last tier: it goes to the last child that was looked at.
      if (u < mass || t === context.tiers.length - 1) return tokens[search(cumulative, u / weight, starts, c)];
      u -= mass;
    }
  }
  return random.int(context.vocabSize);
}

function search(cumulative: Float64Array, value: number, starts: Int32Array, c: number): number {
  let low = starts[c];
  let high = starts[c + 1] - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** At least the greatest probability of any next token. */
function upperBound(context: Context, children: readonly (readonly GramChildren[])[]): number {
  let bound = 1 / context.vocabSize;
  for (let k = 1; k <= context.order; k++) {
    const {total, back} = sums(context, k);
    if (total === 0) continue;
    let greatest = 0;
    context.tiers.forEach(({weight}, t) => {
      const c = contextId(context, t, k);
      if (c >= 0) greatest += weight * children[t][k].greatest[c];
    });
    bound = (greatest + back * bound) / total;
  }
  return bound;
}

function contextId(context: Context, tier: number, k: number): number {
  return k === 1 ? 0 : context.ids[tier * (context.order + 1) + k - 1];
}

function sums(context: Context, k: number): {total: number; back: number} {
  let total = 0;
  let back = 0;
  for (let t = 0; t < context.tiers.length; t++) {
    const c = contextId(context, t, k);
    if (c < 0) continue;
    const {counts, weight} = context.tiers[t];
    total += weight * counts.contexts[k][c * 2];
    back += weight * counts.contexts[k][c * 2 + 1];
  }
  return {total, back};
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
