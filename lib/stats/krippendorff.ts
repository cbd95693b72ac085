import type {Random} from "../text/random.js";
import {quantileInterval} from "./quantile.js";
import {drawCounts, type VotePattern} from "./votePatterns.js";

/** How far two values differ: the same or not; by their ranks' places among all values; by their size. */
export type AlphaMetric = "nominal" | "ordinal" | "interval";

/** Agreement of several people or judges beyond what chance gives. */
export interface Alpha {
  /** 1 full agreement, 0 what chance gives, below 0 worse; null where all values are the same, or no unit has two */
  alpha: number | null;
  /** units that two or more have judged, and the values in them */
  units: number;
  values: number;
  /** of bootstrap draws of units; null where alpha is */
  interval: [number, number] | null;
  /** draws that had values of one sort alone, in which alpha is not defined; the interval is of the others */
  undefinedDraws: number;
}

/**
 * Krippendorff's alpha, which takes any number of coders and gaps in what they coded, with a percentile interval of
 * bootstrap draws of whole units. Only how often each value was said of a unit counts, so that memory and work are of the
 * number of such counts, however many units there are.
 *
 * @param patterns units counted by what each coder said of them; null where one said nothing
 * @param options.metric "ordinal" and "interval" take numbers alone
 * @throws TypeError where such a metric gets another value
 * Source: Krippendorff (2019), Content Analysis, 4th ed., section 12.3 (coincidences, differences).
 */
export function krippendorff(
  patterns: readonly VotePattern[],
  {metric = "nominal", random, draws = 1000, level = 0.95}: AlphaOptions
): Alpha {
  const labels = distinct(
    patterns.flatMap(({words}) => words),
    metric
  );
  const place = new Map(labels.map((label, i) => [label, i]));
  const sorts = new Map<string, {counts: Float64Array; units: number}>();
  for (const {words, cases} of patterns) {
    const counts = new Float64Array(labels.length);
    for (const word of words) if (word !== null) counts[place.get(word)!]++;
    if (sum(counts) < 2) continue;
    const key = counts.join();
    const known = sorts.get(key);
    if (known === undefined) sorts.set(key, {counts, units: cases});
    else known.units += cases;
  }
  const counted = [...sorts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const values = counted.map(({counts}) => counts);
  const weights = Float64Array.from(counted, ({units}) => units);
  const found = {units: sum(weights), values: counted.reduce((all, {counts, units}) => all + units * sum(counts), 0)};
  const alpha = alphaOf(values, weights, labels, metric);
  if (alpha === null) return {alpha, ...found, interval: null, undefinedDraws: 0};
  const drawn: number[] = [];
  for (let i = 0; i < draws; i++) {
    const one = alphaOf(values, drawCounts(weights, random), labels, metric);
    if (one !== null) drawn.push(one);
  }
  const interval = drawn.length === 0 ? null : quantileInterval(drawn, level);
  return {alpha, ...found, interval, undefinedDraws: draws - drawn.length};
}

export interface AlphaOptions {
  metric?: AlphaMetric;
  random: Random;
  /** bootstrap samples of units */
  draws?: number;
  level?: number;
}

function alphaOf(
  units: readonly Float64Array[],
  weights: Float64Array,
  labels: readonly (string | number)[],
  metric: AlphaMetric
): number | null {
  const k = labels.length;
  const pairs = new Float64Array(k * k);
  for (const [u, counts] of units.entries()) {
    const by = weights[u] / (sum(counts) - 1);
    if (by === 0) continue;
    for (let a = 0; a < k; a++)
      for (let b = 0; b < k; b++) pairs[a * k + b] += by * counts[a] * (counts[b] - (a === b ? 1 : 0));
  }
  const totals = Float64Array.from({length: k}, (_, a) => sum(pairs.subarray(a * k, (a + 1) * k)));
  const n = sum(totals);
  let observed = 0;
  let expected = 0;
  for (let a = 0; a < k; a++)
    for (let b = 0; b < k; b++) {
      const apart = difference(a, b, totals, labels, metric);
      observed += pairs[a * k + b] * apart;
      expected += totals[a] * totals[b] * apart;
    }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

/** The squared difference of two values, given how often each value occurs. */
function difference(
  a: number,
  b: number,
  totals: Float64Array,
  labels: readonly (string | number)[],
  metric: AlphaMetric
): number {
  if (a === b) return 0;
  if (metric === "nominal") return 1;
  if (metric === "interval") return ((labels[a] as number) - (labels[b] as number)) ** 2;
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  return (sum(totals.subarray(low, high + 1)) - (totals[low] + totals[high]) / 2) ** 2;
}

/** The values that occur, sorted; numbers where the metric needs them. */
function distinct(values: readonly (string | number | null)[], metric: AlphaMetric): (string | number)[] {
  const labels = [...new Set(values.filter((value) => value !== null))];
  if (metric === "nominal") return labels.sort((a, b) => (String(a) < String(b) ? -1 : 1));
  for (const label of labels)
    if (typeof label !== "number" || !Number.isFinite(label))
      throw new TypeError(`expected numbers for ${metric} differences, got ${JSON.stringify(label)}`);
  return (labels as number[]).sort((a, b) => a - b);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
