import type {Random} from "../text/random.js";
import {groupBy} from "./groupBy.js";
import {quantileInterval} from "./quantile.js";
import {resample} from "./bootstrap.js";

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
 * bootstrap draws of whole units.
 *
 * @param units by unit what each coder said; null where one said nothing, so that units may differ in length
 * @param options.metric "ordinal" and "interval" take numbers alone
 * @throws TypeError where such a metric gets another value
 * Source: Krippendorff (2019), Content Analysis, 4th ed., section 12.3 (coincidences, differences).
 */
export function krippendorff(
  units: readonly (readonly (string | number | null)[])[],
  {metric = "nominal", random, draws = 1000, level = 0.95}: AlphaOptions
): Alpha {
  const labels = distinct(units.flat(), metric);
  const place = new Map(labels.map((label, i) => [label, i]));
  const counted = units
    .map((unit) => {
      const counts = new Float64Array(labels.length);
      for (const label of unit) if (label !== null) counts[place.get(label)!]++;
      return counts;
    })
    .filter((counts) => sum(counts) > 1);
  const found = {units: counted.length, values: counted.reduce((total, counts) => total + sum(counts), 0)};
  const alpha = alphaOf(counted, labels, metric);
  if (alpha === null) return {alpha, ...found, interval: null, undefinedDraws: 0};
  // Units with the same counts are one, drawn as often as its share: the same draws at a fraction of the work.
  const sorts = [...groupBy(counted, (counts) => counts.join()).values()].map((group) => group[0]);
  const sortOf = new Map(sorts.map((counts, i) => [counts.join(), i]));
  const sortOfUnit = counted.map((counts) => sortOf.get(counts.join())!);
  const values: number[] = [];
  for (let i = 0; i < draws; i++) {
    const weights = new Float64Array(sorts.length);
    for (const unit of resample(counted.length, random)) weights[sortOfUnit[unit]]++;
    const drawn = alphaOf(sorts, labels, metric, weights);
    if (drawn !== null) values.push(drawn);
  }
  const interval = values.length === 0 ? null : quantileInterval(values, level);
  return {alpha, ...found, interval, undefinedDraws: draws - values.length};
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
  labels: readonly (string | number)[],
  metric: AlphaMetric,
  weights?: Float64Array
): number | null {
  const k = labels.length;
  const pairs = new Float64Array(k * k);
  for (const [u, counts] of units.entries()) {
    const by = (weights?.[u] ?? 1) / (sum(counts) - 1);
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
