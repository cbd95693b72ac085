import type {Arm, Experiment} from "../lib/run/curves.js";
import {benchmarkOf} from "../lib/scaling/benchmark.js";
import {meanInterval, type Interval} from "../lib/stats/meanInterval.js";
import {interval, measure, percent, signed} from "./format.js";

/** What the runs say of one comparison. */
export type Verdict = "better" | "worse" | "not told apart";

/** A difference as a verdict: an interval that holds zero tells nothing apart. */
export function verdictOf(difference: Interval | null, lowerIsBetter: boolean): Verdict {
  if (difference === null) return "not told apart";
  const [low, high] = difference.interval;
  if (low <= 0 && high >= 0) return "not told apart";
  return high < 0 === lowerIsBetter ? "better" : "worse";
}

/** The experiment of a name on a benchmark, if it was run. */
export function find(all: readonly Experiment[], experiment: string, benchmark?: string): Experiment | undefined {
  return all.find((e) => e.experiment === experiment && (benchmark === undefined || e.benchmark === benchmark));
}

/** Seed by seed, what one arm has at one place minus what another has at another. */
export function paired(a: Arm, atA: number, b: Arm, atB: number): Interval | null {
  const values = (arm: Arm, x: number) => arm.points.find((point) => point.x === x)?.values ?? [];
  const other = new Map(values(b, atB).map(({seed, value}) => [seed, value]));
  return meanInterval(values(a, atA).flatMap(({seed, value}) => (other.has(seed) ? [value - other.get(seed)!] : [])));
}

/** Where an arm of a share sweep is best, in a sentence that is true whatever was measured. */
export function bestShare(arm: Arm): string {
  if (arm.grid === null) return `${arm.arm} was measured at one share only.`;
  const {best, points} = arm.grid;
  const shares = points.map(({x}) => x[0]);
  const at = best.x[0];
  const ties = points
    .filter(({difference}) => difference !== null && difference.interval[0] <= 0 && difference.interval[1] >= 0)
    .map(({x}) => percent(x[0]));
  const corner =
    at === Math.min(...shares)
      ? ", the lowest that was run: a corner, where synthetic text only costs"
      : at === Math.max(...shares)
        ? ", the highest that was run: a corner, and more was not tried"
        : "";
  const apart =
    ties.length === 0
      ? points.some(({difference}) => difference !== null)
        ? "every other share is told apart from it"
        : "without paired seeds nothing can be told apart from it"
      : `not told apart from it: ${ties.join(", ")}`;
  const curve =
    arm.curve === null
      ? ""
      : `; the fitted curve (${arm.curve.law}) is best at ${percent(arm.curve.best)}${flat(arm.curve.plateau.map(({x}) => x))}`;
  return `best measured at ${percent(at)}${corner}; ${apart}${curve}.`;
}

function flat(shares: readonly number[]): string {
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  return high - low < 0.005 ? "" : ` and does not tell ${percent(low)} to ${percent(high)} apart`;
}

/** One arm from its first to its last generation. */
export interface Change {
  arm: string;
  first: number;
  last: number;
  generation: number;
  change: Interval | null;
  verdict: Verdict;
}

/** What happened to every arm over the generations, seed by seed. */
export function changes({arms, benchmark}: Experiment): Change[] {
  const {lowerIsBetter} = benchmarkOf(benchmark);
  return arms.map((arm) => {
    const [first, last] = [arm.points[0], arm.points.at(-1)!];
    const change = paired(arm, last.x, arm, first.x);
    return {
      arm: arm.arm,
      first: first.mean,
      last: last.mean,
      generation: last.x,
      change,
      verdict: verdictOf(change, lowerIsBetter)
    };
  });
}

/** "worse by 0.97 (0.95 to 0.99)", or that the runs do not tell. */
export function changeInWords(change: Interval | null, lowerIsBetter: boolean, unit = ""): string {
  if (change === null) return "not told apart from no change: one seed has no interval";
  const verdict = verdictOf(change, lowerIsBetter);
  const {mean, interval: range} = change;
  // A difference of shares is a number; "0.1 share" would be none.
  const of = unit === "" || unit.startsWith("share") ? "" : ` ${unit}`;
  if (verdict === "not told apart")
    return `not told apart from no change, ${signed(mean)}${of} (95\u00a0% interval ${interval(range)})`;
  const size = range.map(Math.abs).sort((a, b) => a - b) as [number, number];
  return `${verdict} by ${measure(Math.abs(mean))}${of} (95\u00a0% interval ${interval(size)})`;
}

/** What an arm's last generation is against another arm's, seed by seed; null where one of them was not run. */
export function lastAgainst(experiment: Experiment, arm: string, other: string): Interval | null {
  const [a, b] = [arm, other].map((name) => experiment.arms.find((item) => item.arm === name));
  return a === undefined || b === undefined ? null : paired(a, a.points.at(-1)!.x, b, b.points.at(-1)!.x);
}

const first = ["bpb_test", "tail", "distinct3", "exact_match", "answer_bits", "bpb_dev", "bpb_moby"];

/** Benchmarks in the order in which pages speak of them: held-out test text first where it was measured. */
export function inOrder(names: Iterable<string>): string[] {
  const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
