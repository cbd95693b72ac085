import {isInside} from "./bounded.js";
import {calibrate, type Calibration} from "./calibration.js";
import {tangents} from "./curvature.js";
import type {Descent} from "./lbfgs.js";
import {levenberg} from "./levenberg.js";
import {pinned} from "./pinned.js";
import type {Problem} from "./problem.js";
import {selectedRoots} from "./selected.js";
import {descend} from "./solve.js";

/** What the runs say of one coefficient, the others fitted again at each of its values. */
export interface Profile {
  /** where the objective crosses the level; null: it does not before the parameter's bounds */
  readonly interval: readonly [number | null, number | null];
  /** [value, objective], by value, the optimum among them */
  readonly points: readonly (readonly [number, number])[];
  /** how many standard errors the estimate lies from a best fit at either bound; Infinity where none is near */
  readonly margin: readonly [number, number];
  /** by side: whether the walk was given up before the objective or a bound ended it */
  readonly cut: readonly [boolean, boolean];
  /** the interval to write where the coefficient is called identified: see selectedRoots; within the bounds */
  readonly selected: readonly [number, number];
}

/** The profiles of a problem. */
export interface Profiles {
  /** the optimum, whole: a better one where a profile came upon it, else what was given */
  readonly theta: Float64Array;
  readonly objective: number;
  readonly calibration: Calibration;
  /** of the intervals */
  readonly level: number;
  /** by the name of the free parameter */
  readonly profiles: Readonly<Record<string, Profile>>;
}

/** The level at which a profile has to close for its coefficient to be called identified. */
export const closing = 0.999;

/**
 * Evaluations of the law at all rows that one walk to one side may take: ten times what it takes where there is no flat
 * valley. A kinked loss is searched in some stages, each as long as a search.
 */
const budget = (problem: Problem): number => (problem.objective.loss === "asymmetric" ? 5000 : 1000);

/**
 * Profiles of the free parameters of a problem at its optimum: each is held at values further and further out, the
 * others are fitted again from where they were, and the objective's rise is read in standard errors (see calibrate).
 *
 * A better minimum that a walk comes upon replaces the optimum, and all walks start anew from it: use the `theta` that
 * is returned. Costs about 15 warm refits a parameter, each of a few evaluations of the law at all rows; a walk along a
 * flat valley is given up after ten times as many, and `cut` says so. Better minima are followed up to ten times, and for no
 * longer than one round of walks may take.
 *
 * @param optimum what `solve` returned
 * @param options.level of the intervals
 * @param options.known whether weights are 1 / variance with known variance: the quantile is then the normal's
 * @param options.cluster "mix": replicates weigh as one point; "run": as many
 * @param options.names free parameters to profile; all by default
 * @throws RangeError for a name that is not a free parameter
 */
export function profile(
  problem: Problem,
  optimum: {readonly theta: ArrayLike<number>; readonly objective: number},
  {
    level = 0.95,
    known = false,
    cluster = "mix",
    names = problem.free.map((i) => problem.parameters[i].name)
  }: {level?: number; known?: boolean; cluster?: "mix" | "run"; names?: readonly string[]} = {}
): Profiles {
  const places = names.map((name) => problem.free.findIndex((i) => problem.parameters[i].name === name));
  for (const [i, place] of places.entries())
    if (place < 0) throw new RangeError(`expected a free parameter of ${problem.law.id}, got ${names[i]}`);
  let phi = problem.phi(optimum.theta);
  let value = optimum.objective;
  const most = 2 * budget(problem) * places.length;
  let spent = 0;
  for (let attempt = 0; ; attempt++) {
    const last = attempt === 10 || spent > most;
    const calibration = calibrate(problem, value, {known, cluster});
    const ahead = tangents(problem, phi, calibration);
    let better: Descent | null = null;
    const profiles: Record<string, Profile> = {};
    for (const [i, j] of places.entries()) {
      const sides = [-1, 1].map((side) => walk(problem, j, side, {phi, value, calibration, ahead, level}));
      spent += sides[0].spent + sides[1].spent;
      better = sides.find((side) => side.better !== null)?.better ?? null;
      // After as many better minima this one is as good as any that a walk can reach.
      if (better !== null && !last) break;
      profiles[names[i]] = read(problem, j, sides, {phi, value, calibration, level});
    }
    if (better === null || last) return {theta: problem.theta(phi), objective: value, calibration, level, profiles};
    phi = better.x;
    value = better.value;
  }
}

/** One value on a walk: coordinate, objective, root. */
interface Step {
  readonly at: number;
  readonly value: number;
  readonly root: number;
}

interface Start {
  readonly phi: Float64Array;
  readonly value: number;
  readonly calibration: Calibration;
  readonly level: number;
}

interface Walk {
  readonly steps: readonly Step[];
  /** root at the bound; Infinity if the walk ended before it */
  readonly margin: number;
  readonly better: Descent | null;
  readonly cut: boolean;
  /** evaluations */
  readonly spent: number;
}

function walk(
  problem: Problem,
  j: number,
  side: number,
  {phi, value, calibration, ahead, level}: Start & {ahead: ReturnType<typeof tangents>}
): Walk {
  const reduced = pinned(problem, j);
  const bound = boundOf(problem, j, side, phi[j]);
  const start = phi.filter((_, i) => i !== j);
  const steps: Step[] = [{at: phi[j], value, root: 0}];
  const most = budget(problem);
  let spent = 0;
  const ended = (margin: number, end: {better?: Descent; cut?: boolean} = {}): Walk => {
    const {better = null, cut = false} = end;
    return {steps, margin, better, cut, spent};
  };
  if (calibration.df === 0 || side * (bound - phi[j]) <= 0) return ended(0);
  const crossing = calibration.quantile((1 + level) / 2);
  // Beyond the last root that can matter to selectedRoots nothing is read.
  const far = calibration.quantile((1 + closing) / 2) + crossing + 3;
  let last: {at: number; rest: Float64Array} = {at: phi[j], rest: start};
  let slope: Float64Array = ahead.rest[j];
  let bend: {at: number; before: number; by: Float64Array} | null = null;
  let stride = ahead.error[j];
  let shrunk = 0;
  const refit = (at: number, guess: Float64Array): Descent => {
    reduced.pin(at);
    const found = levenberg(reduced, guess, {tolerance: 1e-6, steps: 60});
    spent += found.evaluations;
    return found;
  };
  for (let count = 0; count < 60 && spent < most; count++) {
    const before = steps.at(-1)!;
    let at = last.at + side * stride;
    if (!(side * (bound - at) > 0)) at = bound;
    // The slope half way to the next value, from the last two.
    const middle = (at + last.at) / 2;
    const turn = bend === null ? 0 : (middle - bend.at) / (bend.at - bend.before);
    let found = refit(
      at,
      last.rest.map((v, i) => v + (slope[i] + turn * (bend === null ? 0 : bend.by[i])) * (at - last.at))
    );
    if (!found.converged || !(found.value <= 1e300)) {
      const plain = refit(at, last.rest);
      if (plain.value < found.value) found = plain;
    }
    if (found.value < value - 1e-7 * variance(calibration) - 1e-9 * Math.abs(value)) {
      const better = descend(problem, reduced.whole(found.x));
      if (better.value < value && isInside(problem.parameters, problem.theta(better.x))) return ended(0, {better});
    }
    const root = calibration.root(found.value);
    const rise = root - before.root;
    // Too coarse to interpolate, or off the law's domain: nearer.
    if ((rise > (before.root < crossing ? 2.2 : 4) || !Number.isFinite(root)) && shrunk < 12) {
      stride = Math.abs(at - last.at) * (Number.isFinite(rise) ? Math.max(0.1, 1 / rise) : 0.2);
      shrunk++;
      continue;
    }
    if (!Number.isFinite(root)) return ended(Infinity);
    shrunk = 0;
    const reached = found.x.map((v, i) => (v - last.rest[i]) / (at - last.at));
    // Before the first step the slope is known at the optimum itself.
    const from: number = bend?.at ?? phi[j];
    bend = {at: middle, before: from, by: reached.map((v, i) => v - slope[i])};
    slope = reached;
    steps.push({at, value: found.value, root});
    if (at === bound) return ended(root);
    if (root >= far) return ended(Infinity);
    const aim = root < crossing ? 1.1 : 2.2;
    stride = Math.abs(at - last.at) * Math.max(0.25, Math.min(3, aim / Math.max(rise, 1e-9)));
    last = {at, rest: found.x};
  }
  return ended(steps.at(-1)!.root, {cut: true});
}

function variance({variance: size}: Calibration): number {
  return Number.isFinite(size) ? size : 0;
}

/** A bound in the coordinate of the search; a logarithm has none at 0, and is followed down to 1e-13 of its value. */
function boundOf(problem: Problem, j: number, side: number, at: number): number {
  const {bounds, scale} = problem.parameters[problem.free[j]];
  const bound = bounds[side < 0 ? 0 : 1];
  if (scale !== "log") return bound;
  return bound > 0 ? Math.log(bound) : at - 30;
}

function read(problem: Problem, j: number, sides: readonly Walk[], {phi, calibration, level}: Start): Profile {
  const {bounds, scale} = problem.parameters[problem.free[j]];
  const value = (at: number) => (scale === "log" ? Math.exp(at) : at);
  const crossing = calibration.df === 0 ? Infinity : calibration.quantile((1 + level) / 2);
  const cut = calibration.df === 0 ? Infinity : calibration.quantile((1 + closing) / 2);
  const end = (side: number, root: number): number | null => {
    const at = crossingOf(sides[side].steps, root);
    return at === null ? null : value(at);
  };
  const margin = sides.map((side) => side.margin) as [number, number];
  let selected: [number, number] = [...bounds];
  if (margin[0] > cut && margin[1] > cut) {
    const roots = selectedRoots(margin, {cut, level, calibration});
    selected = roots.map((root, side) => end(side, Math.abs(root)) ?? bounds[side]) as [number, number];
  }
  const below = sides[0].steps.slice(1).reverse();
  return {
    interval: [end(0, crossing), end(1, crossing)],
    points: [...below, ...sides[1].steps].map((step) => [
      step.at === phi[j] ? value(phi[j]) : value(step.at),
      step.value
    ]),
    margin,
    cut: sides.map((side) => side.cut) as [boolean, boolean],
    selected
  };
}

/** Where a walk first reaches a root, by monotone cubic interpolation of the coordinate over the root; null: nowhere. */
function crossingOf(steps: readonly Step[], root: number): number | null {
  const i = steps.findIndex((step) => step.root >= root);
  if (i <= 0) return i === 0 && root === 0 ? steps[0].at : null;
  const [a, b] = [steps[i - 1], steps[i]];
  const width = b.root - a.root;
  const chord = (b.at - a.at) / width;
  const chordAt = (from: Step | undefined, to: Step | undefined) =>
    from !== undefined && to !== undefined && to.root > from.root ? (to.at - from.at) / (to.root - from.root) : chord;
  const left = limited(chordAt(steps[i - 2], a), chord);
  const right = limited(chordAt(b, steps[i + 1]), chord);
  const t = (root - a.root) / width;
  const s = 1 - t;
  return a.at + width * (chord * t * t * (3 - 2 * t) + left * t * s * s - right * t * t * s);
}

/** The harmonic mean of two slopes of one sign, which keeps a cubic monotone. */
function limited(a: number, b: number): number {
  return a * b > 0 ? (2 * a * b) / (a + b) : 0;
}
