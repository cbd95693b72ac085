import {judgeGold} from "../../lib/run/calibration.js";
import type {Gold} from "../../lib/run/calibrationGold.js";
import {confusionOf} from "../../lib/run/calibrationReport.js";
import {judgeRates, type Rate} from "../../lib/stats/judgeRates.js";
import {reliability} from "../../lib/stats/reliability.js";
import {createRandom} from "../../lib/text/random.js";
import {criticSupport} from "../../lib/verify/criticSupport.js";
import {majority} from "./panels.js";
import {modelOf, sure, truthOf, type StandIn} from "./standIns.js";

/** In how many of the seeds an interval held the rate that is known. */
export interface Covered {
  judge: string;
  rate: "sensitivity" | "specificity";
  known: number;
  cases: number;
  seeds: number;
  wilson: number;
  exact: number;
}

/** The same of the interval of a judge's calibration error. */
export interface CoveredError {
  judge: string;
  known: number;
  seeds: number;
  covered: number;
}

/**
 * Judges a gold set with stand-ins, seed by seed, through the critic itself, and counts in how many seeds the intervals of
 * each judge and of the panel hold the rate by which its verdicts were drawn.
 *
 * @param errorSeeds seeds of which calibration errors are looked at, too: each takes a bootstrap
 */
export async function coverage(
  gold: Gold,
  judges: readonly StandIn[],
  seeds: number,
  errorSeeds = 200
): Promise<{rates: Covered[]; errors: CoveredError[]}> {
  const truth = truthOf(gold.rows);
  const found = new Map<string, Covered>();
  const count = (judge: string, rate: Covered["rate"], known: number, {cases, wilson, exact}: Rate) => {
    const key = `${judge} ${rate}`;
    if (!found.has(key)) found.set(key, {judge, rate, known, cases, seeds, wilson: 0, exact: 0});
    const one = found.get(key)!;
    const holds = ([low, high]: readonly [number, number]) => low <= known && known <= high;
    if (holds(wilson!)) one.wilson++;
    if (holds(exact!)) one.exact++;
  };
  const right = gold.rows.filter(({label}) => label).length / gold.rows.length;
  const errors = judges.map(({id, sensitivity, specificity}): CoveredError => {
    const known = knownError(right * sensitivity + (1 - right) * specificity);
    return {judge: id, known, seeds: Math.min(seeds, errorSeeds), covered: 0};
  });
  for (let seed = 0; seed < seeds; seed++) {
    const judged = await judgeGold(gold, criticSupport, {judges: judges.map((judge) => modelOf(judge, truth, seed))});
    for (const {id, sensitivity, specificity} of judges) {
      const cases = judged.flatMap(({row, votes}) =>
        votes.filter(({judge}) => judge === id).map(({answer}) => ({label: row.label, passed: answer === "pass"}))
      );
      const rates = judgeRates(confusionOf(cases));
      count(id, "sensitivity", sensitivity, rates.sensitivity);
      count(id, "specificity", specificity, rates.specificity);
    }
    for (const one of seed < errorSeeds ? errors : []) {
      const stated = judged.flatMap(({row, votes}) =>
        votes
          .filter(({judge}) => judge === one.judge)
          .map(({answer, confidence}) => ({confidence: confidence!, right: (answer === "pass") === row.label}))
      );
      const [low, high] = reliability(stated, {random: createRandom("coverage", seed)})!.interval;
      if (low <= one.known && one.known <= high) one.covered++;
    }
    const panel = judgeRates(confusionOf(judged.map(({row, verdict}) => ({label: row.label, passed: verdict.ok}))));
    count("panel", "sensitivity", majority(judges.map((one) => one.sensitivity)), panel.sensitivity);
    count("panel", "specificity", majority(judges.map((one) => one.specificity)), panel.specificity);
  }
  return {rates: [...found.values()], errors};
}

/** The calibration error of a stand-in that is right in this share of cases. */
function knownError(accuracy: number): number {
  const level = (confidence: number, whenRight: number, whenWrong: number) =>
    Math.abs(accuracy * whenRight - confidence * (accuracy * whenRight + (1 - accuracy) * whenWrong));
  return level(sure.high, sure.whenRight, sure.whenWrong) + level(sure.low, 1 - sure.whenRight, 1 - sure.whenWrong);
}
