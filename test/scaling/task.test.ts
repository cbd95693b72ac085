import {expect, test} from "vitest";
import {createScalingPool} from "../../lib/run/scalingPool.js";
import type {Context} from "../../lib/scaling/law.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {objectives} from "../../lib/scaling/objective.js";
import {createProblem} from "../../lib/scaling/problem.js";
import {search} from "../../lib/scaling/solve.js";
import {bestOf, drawTasks, resample, runHere, runTask, solutionsOf, startTasks, variationTasks} from "../../lib/scaling/task.js"; // prettier-ignore
import {createRandom} from "../../lib/text/random.js";

const law = lawOf("chinchilla");
const context: Context = {tiers: [], varies: new Set(["n", "d"]), lowerIsBetter: true};
const theta = [1.8, 480, 2000, 0.35, 0.37];

function simulated(n = 40) {
  const random = createRandom("task");
  const rows = Array.from({length: n}, () => Float64Array.of(10 ** (7 + 3 * random()), 10 ** (9 + 3 * random())));
  const y = rows.map((row) => law.predict(theta, row) * Math.exp(0.01 * random.normal()));
  return createProblem(law, context, {rows, y}, objectives["huber-log"]);
}

const starts = [[0.5, 5, 5, 0.2, 0.2], [2, 1000, 1000, 0.5, 0.5], [1, 100, 1e5, 0.5, 0.8]]; // prettier-ignore

test("tasks of starts find what a search of all starts finds, whatever their size", async () => {
  const problem = simulated();
  const whole = search(problem, starts, {far: true});
  for (const size of [1, 2, 50]) {
    const results = await runHere(startTasks(problem, starts, {size}));
    // The best of each task is walked to the last digit: a start that ends elsewhere on the flat bottom may win.
    expect(bestOf(law.id, results).objective / whole.best!.objective).toBeCloseTo(1, 12);
    const ends = results.flatMap((r) => (r.kind === "starts" ? [...r.objectives] : []));
    for (const [i, end] of ends.entries()) expect(end / whole.objectives[i]).toBeCloseTo(1, 9);
  }
});

test("a draw depends on the seed and its number, never on the task that makes it", async () => {
  const problem = simulated();
  const by = async (size: number) =>
    solutionsOf(await runHere(drawTasks(problem, [theta], {draws: 6, seed: ["s", 1], size})));
  const one = await by(1);
  expect(one).toHaveLength(6);
  expect(await by(4)).toEqual(one);
  expect(new Set(one.map((s) => s!.objective)).size).toBe(6);
});

test("a cluster is drawn as one", () => {
  const group = Int32Array.of(0, 0, 1, 2, 2, 2);
  for (let draw = 0; draw < 50; draw++) {
    const w = resample(Float64Array.of(1, 2, 1, 1, 1, 3), group, ["c"], draw);
    expect(w[1]).toBe(2 * w[0]);
    expect(w[4]).toBe(w[3]);
    expect(w[5]).toBe(3 * w[3]);
    expect(w[0] + w[2] + w[3]).toBe(3);
  }
});

test("a run of weight 0 is as good as absent, and a held parameter stays", () => {
  const problem = simulated();
  const weight = new Float64Array(40).fill(1);
  weight[7] = 0;
  const y = problem.y.slice();
  const [task] = variationTasks(problem, [
    {weight, starts},
    {fixed: {alpha: 0.3}, starts}
  ]);
  const result = runTask(task);
  y[7] = 1e6;
  const other = runTask(variationTasks(problem, [{weight, y, starts}])[0]);
  const [first, second] = solutionsOf([result]);
  expect(solutionsOf([other])[0]).toEqual(first);
  expect(second!.theta[3]).toBe(0.3);
  expect(second!.objective).toBeGreaterThan(search(problem, starts).best!.objective);
});

test("workers change nothing", async () => {
  const problem = simulated();
  const tasks = [
    ...startTasks(problem, starts, {size: 1}),
    ...drawTasks(problem, [theta], {draws: 6, seed: ["s", 1], size: 2})
  ];
  const here = await runHere(tasks);
  const pool = createScalingPool({workers: 2, patience: 0});
  try {
    expect(await pool.run(tasks)).toEqual(here);
  } finally {
    await pool.close();
  }
});
