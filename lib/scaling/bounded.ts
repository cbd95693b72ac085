import {leastSquares} from "../stats/leastSquares.js";
import type {Estimate} from "./estimator.js";
import {jacobianAt} from "./jacobianAt.js";
import type {Parameter} from "./law.js";
import {createProblem, type Problem} from "./problem.js";
import {projectedStarts, projects} from "./projectedStarts.js";
import type {Precision} from "./solve.js";
import {solutionsOf, variationTasks, type RunTasks} from "./task.js";

/** What a search ended with. */
export type Minimum = Pick<Estimate, "theta" | "objective">;

/** Rounds of holding and letting go, at most: many more than laws have bounds that runs reach. */
const rounds = 24;

/**
 * The best minimum of each problem that lies inside the law's bounds, from the minima that its starts led to. Where the
 * least of them is inside, that is it; else all are brought inside, for the least may have run away along a valley and
 * another one not.
 *
 * @returns in the order of the searches; null where nothing was found
 */
export async function inside(
  searches: readonly {readonly problem: Problem; readonly minima: readonly Minimum[]}[],
  {run, precision}: {run: RunTasks; precision?: Precision}
): Promise<(Minimum | null)[]> {
  const best = searches.map(({minima}) => least(minima));
  const asked = searches.flatMap(({problem, minima}, place) =>
    best[place] === null || isInside(problem.parameters, best[place].theta)
      ? []
      : minima.map((minimum) => ({...minimum, problem, place}))
  );
  const ended = await bounded(asked, {run, precision});
  return best.map((one, place) => least(ended.filter((_, i) => asked[i].place === place)) ?? one);
}

/** The one with the least objective, the first of equals. */
function least(minima: readonly Minimum[]): Minimum | null {
  return minima.reduce<Minimum | null>((a, b) => (a === null || b.objective < a.objective ? b : a), null);
}

/**
 * Minima inside the bounds of their laws. Searches look beyond them; where one has ended there, the parameter that is
 * furthest out, in the coordinates of the search, is held at its bound and the others are fitted again, until none is
 * out. One that would come back inside in the end is let go once more.
 *
 * @returns in the order of what was found; where nothing finite is left at a bound, what was found
 */
async function bounded(
  found: readonly (Minimum & {readonly problem: Problem})[],
  {run, precision}: {run: RunTasks; precision?: Precision}
): Promise<Minimum[]> {
  const all = found.map(({problem, theta, objective}) => ({
    problem,
    theta,
    objective,
    held: new Map<string, number>(),
    released: new Set<string>()
  }));
  type One = (typeof all)[number];
  let left: readonly One[] = all;
  for (let round = 0; round < rounds; round++) {
    left = left.filter((one) => {
      const out = furthest(one.problem.parameters, one.theta);
      if (out !== null) one.held.set(out.name, out.bound);
      return out !== null || release(one);
    });
    if (left.length === 0) break;
    const tasks = left.flatMap(({problem, theta, held}) => {
      const fixed = Object.fromEntries(held);
      const variation = {fixed, starts: startsOf(problem, theta, fixed)};
      return variationTasks(problem, [variation]).map((task) => ({...task, precision}));
    });
    const solved = solutionsOf(await run(tasks));
    left = left.filter((one, i) => {
      const solution = solved[i];
      if (solution !== null) Object.assign(one, {theta: solution.theta, objective: solution.objective});
      return solution !== null;
    });
  }
  return all.map(({theta, objective}) => ({theta, objective}));
}

/** Parameters with those of a theta held that lie at a bound, or beyond. */
export function heldAtBounds(parameters: readonly Parameter[], theta: ArrayLike<number>): readonly Parameter[] {
  return parameters.map((p, i) => {
    if (p.fixed !== undefined || (theta[i] > p.bounds[0] && theta[i] < p.bounds[1])) return p;
    return {...p, fixed: theta[i] > p.bounds[0] ? p.bounds[1] : p.bounds[0]};
  });
}

/** Whether no free parameter of a theta lies beyond its bounds. */
export function isInside(parameters: readonly Parameter[], theta: ArrayLike<number>): boolean {
  return furthest(parameters, theta) === null;
}

/** The free parameter that lies furthest beyond its bounds, and the bound; null where none does. */
function furthest(parameters: readonly Parameter[], theta: ArrayLike<number>): {name: string; bound: number} | null {
  let out: {name: string; bound: number} | null = null;
  let most = 0;
  for (const [i, {name, bounds, scale, fixed}] of parameters.entries()) {
    const bound = Math.min(bounds[1], Math.max(bounds[0], theta[i]));
    if (fixed !== undefined || bound === theta[i]) continue;
    const distance = Math.abs(scale === "log" ? Math.log(theta[i] / bound) : theta[i] - bound);
    if (!(distance <= most)) [out, most] = [{name, bound}, distance];
  }
  return out;
}

/** Lets go of a held parameter from whose bound the objective falls inwards; once each. */
function release({
  problem,
  theta,
  held,
  released
}: {
  problem: Problem;
  theta: Float64Array;
  held: Map<string, number>;
  released: Set<string>;
}): boolean {
  if (held.size === 0) return false;
  const gradient = new Float64Array(problem.free.length);
  if (!Number.isFinite(problem.evaluate(problem.phi(theta), gradient))) return false;
  for (const [j, i] of problem.free.entries()) {
    const {name, bounds} = problem.parameters[i];
    const bound = held.get(name);
    if (bound === undefined || released.has(name)) continue;
    if (bound === bounds[0] ? gradient[j] >= 0 : gradient[j] <= 0) continue;
    held.delete(name);
    released.add(name);
    return true;
  }
  return false;
}

/**
 * Where to search from with parameters held: from where they were; from where the others go along, so that predictions
 * stay as they are as far as derivatives tell; and from the projection where there is one.
 */
function startsOf(problem: Problem, theta: Float64Array, fixed: Readonly<Record<string, number>>): ArrayLike<number>[] {
  const {law, context, objective, parameters, ...data} = problem;
  const held = parameters.map((p) => (p.name in fixed ? {...p, fixed: fixed[p.name]} : p));
  const starts: ArrayLike<number>[] = [held.map((p, i) => p.fixed ?? theta[i])];
  const along = followed(problem, theta, starts[0], fixed);
  if (along !== null) starts.push(along);
  if (!projects(law, held)) return starts;
  return [...starts, ...projectedStarts(createProblem(law, context, data, objective, held)).slice(0, 1)];
}

/** A theta in which the parameters that are not held make up for those that were moved to their bounds. */
function followed(
  problem: Problem,
  theta: ArrayLike<number>,
  moved: ArrayLike<number>,
  fixed: Readonly<Record<string, number>>
): Float64Array | null {
  const {free, parameters, y} = problem;
  const phi = problem.phi(theta);
  const target = problem.phi(moved);
  const jacobian = jacobianAt(problem, phi);
  const others = [...free.keys()].filter((j) => !(parameters[free[j]].name in fixed));
  if (jacobian === null || others.length === 0) return null;
  const k = free.length;
  const change = new Float64Array(y.length);
  for (let j = 0; j < k; j++) {
    const by = target[j] - phi[j];
    if (Number.isFinite(by) && by !== 0) for (let i = 0; i < y.length; i++) change[i] -= by * jacobian[i * k + j];
  }
  const rows = Array.from(y, (_, i) => others.map((j) => jacobian[i * k + j]));
  const steps = leastSquares(rows).solve(change);
  for (const [at, j] of others.entries()) target[j] += steps[at];
  return problem.theta(target);
}
