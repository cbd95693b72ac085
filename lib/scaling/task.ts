import {createRandom} from "../text/random.js";
import type {Context, Parameter} from "./law.js";
import {lawOf} from "./laws.js";
import type {Objective} from "./objective.js";
import {createProblem, type Problem} from "./problem.js";
import {shareMetric} from "./stepMetric.js";
import {search, type Precision, type Search, type Solution} from "./solve.js";

/** A problem in a form that travels to a worker: the law by its id, the rows in one array. */
export interface TaskProblem {
  readonly law: string;
  readonly context: Context;
  readonly parameters: readonly Parameter[];
  readonly objective: Objective;
  /** values in a row; 0 for laws that read none */
  readonly width: number;
  readonly rows: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** One solution more to find: what it changes about the problem. */
export interface Variation {
  readonly y?: Float64Array;
  /** 0 leaves a run out */
  readonly weight?: Float64Array;
  /** parameters that are held, by name */
  readonly fixed?: Readonly<Record<string, number>>;
  /** whole thetas to search from */
  readonly starts: readonly ArrayLike<number>[];
}

/** A piece of a fit that any worker can do, and with the same result. */
export type Task = {readonly precision?: Precision} & (
  | {
      readonly kind: "starts";
      readonly problem: TaskProblem;
      /** place of the first of these starts among all */
      readonly first: number;
      readonly starts: readonly ArrayLike<number>[];
    }
  | {
      readonly kind: "draws";
      readonly problem: TaskProblem;
      readonly seed: readonly (string | number)[];
      /** number of the first draw; each draw has a random stream of its own, by the seed and its number */
      readonly first: number;
      readonly count: number;
      /** by run: number of the group that is drawn as one, from 0 */
      readonly group: Int32Array;
      /** whole thetas that every draw is searched from, e.g. the optimum alone */
      readonly starts: readonly ArrayLike<number>[];
    }
  | {readonly kind: "variations"; readonly problem: TaskProblem; readonly variations: readonly Variation[]}
);

/** What a task found. Where no start led to a finite objective a solution is null. */
export type TaskResult =
  ({readonly kind: "starts"} & Search) | {readonly kind: "solutions"; readonly solutions: readonly (Solution | null)[]};

/** Does tasks, on workers or here; the results come in the order of the tasks. */
export type RunTasks = (tasks: readonly Task[]) => Promise<TaskResult[]>;

/** Does tasks one after the other where it is called. */
export const runHere: RunTasks = (tasks) => Promise.resolve(tasks.map(runTask));

/** A problem, made ready to travel. */
export function taskProblem({law, context, parameters, objective, rows, y, weight}: Problem): TaskProblem {
  const width = rows[0]?.length ?? 0;
  const flat = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) flat.set(row, i * width);
  return {law: law.id, context, parameters, objective, width, rows: flat, y, weight};
}

/** Does one task. */
export function runTask(task: Task): TaskResult {
  const {problem, precision} = task;
  if (task.kind === "starts") {
    const found = search(unpack(problem), task.starts, {precision, far: true});
    const {best} = found;
    return {kind: "starts", ...found, best: best && {...best, start: task.first + best.start}};
  }
  const solutions: (Solution | null)[] = [];
  if (task.kind === "draws") {
    const whole = unpack(problem);
    for (let i = 0; i < task.count; i++) {
      const weight = resample(problem.weight, task.group, task.seed, task.first + i);
      const drawn = part(whole, {weight});
      shareMetric(whole, drawn);
      solutions.push(search(drawn, task.starts, {precision}).best);
    }
  } else {
    const whole = unpack(problem);
    for (const {starts, ...change} of task.variations) {
      const changed = part(whole, change);
      if (change.fixed === undefined) shareMetric(whole, changed);
      solutions.push(search(changed, starts, {precision}).best);
    }
  }
  return {kind: "solutions", solutions};
}

/** The problem that travelled. */
function unpack({law, context, parameters, objective, width, rows, y, weight}: TaskProblem): Problem {
  const split = Array.from(y, (_, i) => rows.subarray(i * width, (i + 1) * width));
  return createProblem(lawOf(law), context, {rows: split, y, weight}, objective, parameters);
}

/** The problem with what a variation changes; runs of weight 0 are left out. */
function part(
  {law, context, parameters, objective, rows, ...whole}: Problem,
  {y = whole.y, weight = whole.weight, fixed}: Omit<Variation, "starts">
): Problem {
  const kept: {rows: Float64Array[]; y: number[]; weight: number[]} = {rows: [], y: [], weight: []};
  for (let i = 0; i < rows.length; i++) {
    if (!(weight[i] > 0)) continue;
    kept.rows.push(rows[i]);
    kept.y.push(y[i]);
    kept.weight.push(weight[i]);
  }
  const held = fixed && parameters.map((p) => (p.name in fixed ? {...p, fixed: fixed[p.name]} : p));
  return createProblem(law, context, kept, objective, held ?? parameters);
}

/**
 * Weights of a bootstrap draw: as many groups as there are, drawn with replacement, each run as often as its group.
 *
 * @param draw number of the draw: the seed and it alone decide, so that draws can be made anywhere in any order
 */
export function resample(
  weight: Float64Array,
  group: Int32Array,
  seed: readonly (string | number)[],
  draw: number
): Float64Array {
  const random = createRandom(...seed, "draw", draw);
  let groups = 0;
  for (let i = 0; i < group.length; i++) groups = Math.max(groups, group[i] + 1);
  const times = new Int32Array(groups);
  for (let g = 0; g < groups; g++) times[random.int(groups)]++;
  return weight.map((w, i) => w * times[group[i]]);
}

/** The starts of a search as tasks of a fixed size, whatever the number of workers. */
export function startTasks(problem: Problem, starts: readonly ArrayLike<number>[], {size = 50} = {}): Task[] {
  const packed = taskProblem(problem);
  const tasks: Task[] = [];
  for (let first = 0; first < starts.length; first += size)
    tasks.push({kind: "starts", problem: packed, first, starts: starts.slice(first, first + size)});
  return tasks;
}

/**
 * The draws of a bootstrap as tasks of a fixed size: of cases, or of clusters where runs share a group.
 *
 * @param options.group by run, from 0; by default each run is a group
 */
export function drawTasks(
  problem: Problem,
  starts: readonly ArrayLike<number>[],
  {
    draws,
    seed,
    group = Int32Array.from(problem.y.keys()),
    size = 50
  }: {draws: number; seed: readonly (string | number)[]; group?: Int32Array; size?: number}
): Task[] {
  const packed = taskProblem(problem);
  const tasks: Task[] = [];
  for (let first = 0; first < draws; first += size)
    tasks.push({
      kind: "draws",
      problem: packed,
      seed,
      first,
      count: Math.min(size, draws - first),
      group,
      starts
    });
  return tasks;
}

/** Variations of a problem as tasks of a fixed size: runs left out, other targets, parameters held. */
export function variationTasks(problem: Problem, variations: readonly Variation[], {size = 20} = {}): Task[] {
  const packed = taskProblem(problem);
  const tasks: Task[] = [];
  for (let first = 0; first < variations.length; first += size)
    tasks.push({kind: "variations", problem: packed, variations: variations.slice(first, first + size)});
  return tasks;
}

/**
 * The best of what tasks of starts found; of equal minima the first start's.
 *
 * @throws RangeError if no start leads anywhere
 */
export function bestOf(law: string, results: readonly TaskResult[]): Solution {
  let best: Solution | null = null;
  for (const result of results) {
    if (result.kind !== "starts") throw new TypeError(`expected results of starts, got ${result.kind}`);
    if (result.best !== null && (best === null || result.best.objective < best.objective)) best = result.best;
  }
  if (best === null) throw new RangeError(`${law}: expected a start with finite predictions, got none`);
  return best;
}

/** Solutions of draws or variations, in one list. */
export function solutionsOf(results: readonly TaskResult[]): (Solution | null)[] {
  return results.flatMap((result) => {
    if (result.kind !== "solutions") throw new TypeError(`expected results of draws or variations, got ${result.kind}`);
    return result.solutions;
  });
}
