import type {Confusion} from "./judgeRates.js";
import {normalProbability} from "./probit.js";

/** A share of positives, corrected for what a judge overlooks and what it sees where there is nothing. */
export interface CorrectedPrevalence {
  /** clipped to [0, 1]; null where the judge tells nothing apart, sensitivity + specificity ≤ 1 */
  prevalence: number | null;
  /** before clipping; outside [0, 1] where the judge's share does not fit its rates */
  unclipped: number | null;
  /** the whole of [0, 1] where nothing is identified */
  interval: [number, number];
  /** share of positives by the judge's word */
  apparent: number;
  /** whether sensitivity + specificity, as measured, are above 1 */
  identified: boolean;
}

/**
 * The share of true positives among cases of which a judge called `positives` of `trials` so, given how it did on cases of
 * known truth: (apparent + specificity − 1) / (sensitivity + specificity − 1).
 *
 * The interval holds every share p that a test does not reject. At a given p the judge's share less p · sensitivity less
 * (1 − p)(1 − specificity) is 0 on average, so no ratio has to be normal; its variance is taken at the rates that fit the
 * data best under p, and what is rejected follows the likelihood ratio within [0, 1], so that no interval is empty where
 * the judge's share falls outside of what its rates allow; a share at which the judge would tell nothing apart is rejected by
 * the likelihood ratio of that. Coverage, measured over settings with sensitivity +
 * specificity from 1.3 up and shares from 0.01 to 0.99, is in its tests. It takes the cases of known truth for a random
 * sample of the cases that are judged: a judge that does worse on the latter is not found out here.
 *
 * @throws RangeError for counts that are not whole, or without trials or cases of either truth
 * Source: Rogan & Gladen (1978), doi:10.1093/oxfordjournals.aje.a112510; test inversion after Fieller (1954) with
 *   restricted rates as in Miettinen & Nurminen (1985), doi:10.1002/sim.4780040211; order of rejection after Feldman &
 *   Cousins (1998), doi:10.1103/PhysRevD.57.3873.
 */
export function roganGladen(
  {positives, trials}: {positives: number; trials: number},
  gold: Confusion,
  {level = 0.95} = {}
): CorrectedPrevalence {
  const cases = {hits: gold.truePositive, of: gold.truePositive + gold.falseNegative};
  const others = {hits: gold.falsePositive, of: gold.falsePositive + gold.trueNegative};
  const judged = {hits: positives, of: trials};
  for (const {hits, of} of [cases, others, judged])
    if (!Number.isInteger(of) || of < 1 || !Number.isInteger(hits) || hits < 0 || hits > of)
      throw new RangeError(`expected counts from 0 to at least one trial, got ${hits} of ${of}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`expected a level in (0, 1), got ${level}`);
  const apparent = positives / trials;
  const apart = cases.hits / cases.of - others.hits / others.of;
  if (!(apart > 0)) return {prevalence: null, unclipped: null, interval: [0, 1], apparent, identified: false};
  const unclipped = (apparent - others.hits / others.of) / apart;
  const prevalence = Math.min(1, Math.max(0, unclipped));
  const accepted = (p: number) => accepts(p, {cases, others, judged, level});
  return {
    prevalence,
    unclipped,
    interval: [edge(prevalence, 0, accepted), edge(prevalence, 1, accepted)],
    apparent,
    identified: true
  };
}

interface Binomial {
  hits: number;
  of: number;
}

interface Data {
  cases: Binomial;
  others: Binomial;
  judged: Binomial;
  level: number;
}

/** The last accepted share on the way from an accepted one to an end. */
function edge(from: number, to: 0 | 1, accepted: (p: number) => boolean): number {
  if (accepted(to)) return to;
  let [inside, outside] = [from, to as number];
  while (Math.abs(outside - inside) > 1e-7) {
    const middle = (inside + outside) / 2;
    if (accepted(middle)) inside = middle;
    else outside = middle;
  }
  return outside;
}

function accepts(p: number, data: Data): boolean {
  const {cases, others, judged, level} = data;
  const {sensitivity, falseAlarm} = restricted(p, data);
  const q = p * sensitivity + (1 - p) * falseAlarm;
  const variance =
    (q * (1 - q)) / judged.of +
    (p * p * sensitivity * (1 - sensitivity)) / cases.of +
    ((1 - p) ** 2 * falseAlarm * (1 - falseAlarm)) / others.of;
  const gap = judged.hits / judged.of - (p * cases.hits) / cases.of - ((1 - p) * others.hits) / others.of;
  const apart = sensitivity - falseAlarm;
  if (!(apart > 0)) return acceptsNothingApart(data);
  if (variance < 1e-24) return Math.abs(gap) < 1e-12;
  const unit = apart / Math.sqrt(variance);
  const z = gap / Math.sqrt(variance);
  const distance = likelihoodDistance(z, p * unit, (1 - p) * unit);
  // Accepted where draws that lie no further out than this one have less than the level.
  return within(distance, p * unit, (1 - p) * unit) <= level;
}

/**
 * Where a share needs a judge that tells nothing apart, one rate for all, it is what a likelihood ratio test says of that: the
 * share itself plays no part in it.
 */
function acceptsNothingApart({cases, others, judged, level}: Data): boolean {
  const all = [cases, others, judged];
  const one = all.reduce((sum, {hits}) => sum + hits, 0) / all.reduce((sum, {of}) => sum + of, 0);
  const distance = all.reduce(
    (sum, data) => sum + 2 * (logLikelihood(data, data.hits / data.of) - logLikelihood(data, one)),
    0
  );
  // Chi-squared with one degree of freedom is the square of a normal draw: two rates at best, as the judged are a mixture.
  return normalProbability(Math.sqrt(Math.max(0, distance))) * 2 - 1 <= level;
}

function logLikelihood({hits, of}: Binomial, rate: number): number {
  const part = (n: number, p: number) => (n === 0 ? 0 : n * Math.log(p));
  return part(hits, rate) + part(of - hits, 1 - rate);
}

/** −2 log of the likelihood ratio of a normal draw z standard errors off, where the mean may go `below` and `above`. */
function likelihoodDistance(z: number, below: number, above: number): number {
  const beyond = z < -below ? z + below : z > above ? z - above : 0;
  return z * z - beyond * beyond;
}

/** The probability of draws whose likelihood distance is less than this one. */
function within(distance: number, below: number, above: number): number {
  const reach = (room: number) => {
    if (distance <= room * room) return Math.sqrt(distance);
    return room === 0 ? Infinity : (distance / room + room) / 2;
  };
  return normalProbability(reach(above)) - normalProbability(-reach(below));
}

/**
 * The rates of greatest likelihood if the share is p. With the pull λ of the judged towards more positives, hits / q − misses
 * / (1 − q) at their rate q, each rate is a root of a quadratic; q grows with λ, whose only value is found by halving.
 */
function restricted(p: number, {cases, others, judged}: Data): {sensitivity: number; falseAlarm: number} {
  const rates = (pull: number) => ({
    sensitivity: pulled(cases, pull * p),
    falseAlarm: pulled(others, pull * (1 - p))
  });
  const misses = judged.of - judged.hits;
  const more = (pull: number) => {
    const {sensitivity, falseAlarm} = rates(pull);
    const q = p * sensitivity + (1 - p) * falseAlarm;
    return (q > 0 ? judged.hits / q : judged.hits > 0 ? Infinity : 0) - (q < 1 ? misses / (1 - q) : misses > 0 ? Infinity : 0) > pull; // prettier-ignore
  };
  let far = 1;
  while (more(far) || !more(-far)) far *= 2;
  let [low, high] = [-far, far];
  // Until the middle is one of the two, as numbers go.
  for (let middle = 0; middle !== low && middle !== high; middle = (low + high) / 2) {
    if (more(middle)) low = middle;
    else high = middle;
  }
  return rates((low + high) / 2);
}

/** The rate of greatest likelihood of known cases under a pull: hits / s − misses / (1 − s) + pull = 0. */
function pulled({hits, of}: Binomial, pull: number): number {
  const b = of - pull;
  const root = Math.sqrt(Math.max(0, b * b + 4 * pull * hits));
  return Math.min(1, Math.max(0, b > 0 ? (2 * hits) / (b + root) : (root - b) / (2 * pull)));
}
