import {leastSquares} from "../stats/leastSquares.js";
import {jacobianAt} from "./jacobianAt.js";
import {closing, type Profile, type Profiles} from "./profile.js";
import type {Problem} from "./problem.js";

/** What is said of one coefficient. */
export interface Verdict {
  readonly value: number;
  /** to be written: at the profiles' level; covers nominally where `identified` is true, that choice included */
  readonly interval: [number, number];
  readonly identified: boolean;
  /** why it is not identified; else empty */
  readonly note: string;
  /** where the profile crosses its level; null: open */
  readonly profile: [number | null, number | null];
}

/** A derivative, scaled to length 1, that lies closer than this to a sum of others cannot be told from them. */
const nearest = 1e-7;

/**
 * The verdict on each free coefficient. *Identified*: the design tells it apart from the others at the optimum (rank
 * of the derivatives, each scaled to length 1); its profile closes strictly inside its bounds on both
 * sides, at 99.9 % so that chance rarely closes one; and its bootstrap interval, where there is one, stays inside them
 * too. Otherwise the note says which of these failed.
 *
 * The interval of an identified coefficient takes into account that it was chosen for lying clear of its bounds; the
 * interval of another one is the profile's, an open end at the bound, and all of the bounds where the runs do not tell
 * the coefficient from others.
 *
 * @param profiles of the same problem, of all or some free parameters; those without one are left out
 * @param options.bootstrap intervals by name
 */
export function verdicts(
  problem: Problem,
  {theta, calibration, level, profiles}: Profiles,
  {bootstrap = {}}: {bootstrap?: Readonly<Record<string, readonly [number, number]>>} = {}
): Record<string, Verdict> {
  const design = designAt(problem, theta);
  const out: Record<string, Verdict> = {};
  for (const [j, i] of problem.free.entries()) {
    const {name, bounds} = problem.parameters[i];
    if (!Object.hasOwn(profiles, name)) continue;
    const {interval, margin, selected} = profiles[name];
    const cut = calibration.df === 0 ? Infinity : calibration.quantile((1 + closing) / 2);
    const value = theta[i];
    const told = design !== null && design.estimable[j];
    let note = "";
    if (calibration.df === 0) note = "no runs are left to tell the size of the error from";
    else if (!(value > bounds[0] && value < bounds[1]))
      note = `the best fit lies at a bound or beyond, at ${show(value)}`;
    else if (!told) note = "the runs do not tell it apart from the other coefficients";
    else if (!(margin[0] > cut && margin[1] > cut)) note = open(profiles[name], {cut, level, bounds});
    else if (name in bootstrap && !(bootstrap[name][0] > bounds[0] && bootstrap[name][1] < bounds[1]))
      note = "its bootstrap interval reaches a bound";
    const identified = note === "";
    out[name] = {
      value,
      interval: identified
        ? [...selected]
        : told && calibration.df > 0
          ? [interval[0] ?? bounds[0], interval[1] ?? bounds[1]]
          : [...bounds],
      identified,
      note,
      profile: [...interval]
    };
  }
  return out;
}

function open(
  {interval, margin, cut: given, points}: Profile,
  {cut, level, bounds}: {cut: number; level: number; bounds: readonly [number, number]}
): string {
  const [low, high] = interval;
  const lost = [0, 1].find((side) => given[side] && interval[side] === null);
  if (lost !== undefined)
    return `the profile was given up at ${show(points.at(-lost)![0])}, where the search runs along a flat valley`;
  if (low === null && high === null)
    return `the profile stays within the level from ${show(points[0][0])} to ${show(points.at(-1)![0])}`;
  if (high === null) return `the profile stays within the level from ${show(low!)} upwards`;
  if (low === null) return `the profile stays within the level from ${show(high)} downwards`;
  const side = margin[0] > cut ? 1 : 0;
  return `the profile closes at ${show(100 * level)} % but not at ${100 * closing} %, where ${show(bounds[side])} is within it`;
}

function show(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function designAt(problem: Problem, theta: Float64Array): ReturnType<typeof leastSquares> | null {
  const n = problem.rows.length;
  const k = problem.free.length;
  const jacobian = jacobianAt(problem, problem.phi(theta));
  if (jacobian === null) return null;
  return leastSquares(
    Array.from({length: n}, (_, i) => jacobian.subarray(i * k, (i + 1) * k)),
    nearest
  );
}
