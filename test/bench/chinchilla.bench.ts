import {createScalingPool} from "../../lib/run/scalingPool.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {objectives} from "../../lib/scaling/objective.js";
import {createProblem} from "../../lib/scaling/problem.js";
import {bestOf, drawTasks, solutionsOf, startTasks} from "../../lib/scaling/task.js";
import {benchPoints, chinchillaContext as context} from "../scaling/chinchillaPoints.js";
import type {BenchRow} from "./row.js";
import {findScipy, startPeer} from "./scipy.js";

const draws = 4000;
const kept = 100;

/** One end of the peer's searches: objective, largest entry of the gradient, evaluations, coordinates. */
type Found = [number, number, number, ...number[]];

interface Timed {
  seconds: number;
  results: Found[];
}

/** How the peer's objective is written. */
const forms = {published: "with logsumexp and huber as published", by_hand: "by hand in numpy"};
const turns = 10;

/**
 * The Chinchilla form on its 240 points: from each of its 4,500 starts, and 4,000 bootstrap draws, on two workers;
 * beside scipy's L-BFGS-B with the same objective, starts and numbers of draws on two processes.
 */
export async function bench(): Promise<BenchRow[]> {
  const law = lawOf("chinchilla");
  const data = benchPoints();
  const problem = createProblem(law, context, data, objectives["huber-log"]);
  const starts = law.starts(context, data.rows, data.y);
  const pool = createScalingPool({workers: 2, patience: 0});
  const rows: BenchRow[] = [];
  try {
    const timed = async (tasks: Parameters<typeof pool.run>[0]) => {
      const started = performance.now();
      const results = await pool.run(tasks);
      return {results, seconds: (performance.now() - started) / 1000};
    };
    // Workers started and compiled before anything is timed.
    await pool.run([...startTasks(problem, starts.slice(0, 200)), ...drawTasks(problem, [starts[0]], {draws: 50, seed: [0]})]); // prettier-ignore
    const all = await timed(startTasks(problem, starts));
    const best = bestOf(law.id, all.results);
    const searches = all.results.flatMap((r) => (r.kind === "starts" ? [r] : []));
    rows.push({
      name: "Chinchilla, 4,500 starts, each to convergence, 2 workers",
      value: all.seconds,
      unit: "s",
      note: `${data.of}; ` + ends(searches.flatMap((s) => [...s.objectives]), searches.flatMap((s) => [...s.gradients]), searches.reduce((sum, s) => sum + s.evaluations, 0)) // prettier-ignore
    });
    const gradient = new Float64Array(5);
    const pruning = performance.now();
    const first = starts
      .map((start) => ({start, value: problem.evaluate(problem.phi(start), gradient)}))
      .sort((a, b) => a.value - b.value)
      .slice(0, kept);
    const pruned = await timed(startTasks(problem, first.map(({start}) => start), {size: 25})); // prettier-ignore
    rows.push({
      name: `the same, pruned to the ${kept} starts with the least objective`,
      value: (performance.now() - pruning) / 1000,
      unit: "s",
      note: `best ${bestOf(law.id, pruned.results).objective.toPrecision(11)}`
    });
    const booted = await timed(drawTasks(problem, [best.theta], {draws, seed: [1]}));
    const thetas = solutionsOf(booted.results).map((s) => s!.theta);
    rows.push({
      name: "Chinchilla, 4,000 bootstrap draws of cases, 2 workers",
      value: booted.seconds,
      unit: "s",
      note: `95 %: ${intervals(thetas)}`
    });
    const scipy = await findScipy();
    if ("missing" in scipy) {
      rows[0].note += `; no scipy to compare with: ${scipy.missing}`;
      return rows;
    }
    const peer = startPeer(scipy.python, new URL("./chinchilla.py", import.meta.url).pathname);
    peer.send({
      n: data.rows.map((row) => row[0]),
      d: data.rows.map((row) => row[1]),
      loss: [...data.y],
      optimum: [...problem.phi(best.theta)],
      processes: 2
    });
    const ask = async (request: unknown) => {
      peer.send(request);
      return (await peer.next()) as Timed;
    };
    const phis = starts.map((start) => [...problem.phi(start)]);
    for (const [form, how] of Object.entries(forms)) {
      const limit = form === "published" ? ({value: 30, sense: ">="} as const) : undefined;
      const [s, d] = [empty(), empty()];
      let [ourStarts, ourDraws] = [0, 0];
      // In turns, a tenth of the peer's work and all of ours, so that what else the machine does weighs on both alike.
      for (let turn = 0; turn < turns; turn++) {
        add(s, await ask({form, starts: phis.filter((_, i) => i % turns === turn)}));
        ourStarts += (await timed(startTasks(problem, starts))).seconds / turns;
        add(d, await ask({form, seeds: Array.from({length: draws / turns}, (_, i) => turns * i + turn)}));
        ourDraws += (await timed(drawTasks(problem, [best.theta], {draws, seed: [1]}))).seconds / turns;
      }
      const ended = ends(s.results.map((f) => f[0]), s.results.map((f) => f[1]), s.results.reduce((sum, f) => sum + f[2], 0)); // prettier-ignore
      const bounds = intervals(d.results.map((f) => problem.theta(f.slice(3))));
      const versus = (seconds: number) => `ours ${seconds.toPrecision(3)} s in the same turns`;
      rows.push(
        {name: `scipy's L-BFGS-B, ${how}: the same starts, 2 processes`, value: s.seconds, unit: "s", note: `gtol 1e-8, ftol 1e-15; ${ended}`}, // prettier-ignore
        {name: `scipy's time over ours, starts, ${how}`, value: s.seconds / ourStarts, unit: "×", limit, note: versus(ourStarts)}, // prettier-ignore
        {name: `scipy's L-BFGS-B, ${how}: as many draws, 2 processes`, value: d.seconds, unit: "s", note: `95 %: ${bounds}`}, // prettier-ignore
        {name: `scipy's time over ours, draws, ${how}`, value: d.seconds / ourDraws, unit: "×", limit, note: versus(ourDraws)} // prettier-ignore
      );
    }
    peer.close();
    return rows;
  } finally {
    await pool.close();
  }
}

function empty(): Timed {
  return {seconds: 0, results: []};
}

function add(sum: Timed, {seconds, results}: Timed): void {
  sum.seconds += seconds;
  sum.results.push(...results);
}

function ends(objectives: readonly number[], gradients: readonly number[], evaluations: number): string {
  const best = objectives.reduce((a, b) => Math.min(a, b));
  const count = (yes: boolean[]) => yes.filter(Boolean).length.toLocaleString("en");
  return [
    `best ${best.toPrecision(11)}`,
    `${count(objectives.map((v) => v <= best * (1 + 1e-9)))} starts reach it to 1e-9`,
    `${count(gradients.map((g) => g <= 1e-8))} end with no entry of the gradient above 1e-8`,
    `${Math.round(evaluations / objectives.length)} evaluations a start`
  ].join(", ");
}

function intervals(thetas: readonly ArrayLike<number>[]): string {
  return ["E", "A", "B", "alpha", "beta"]
    .map((name, j) => {
      const sorted = thetas.map((theta) => theta[j]).sort((a, b) => a - b);
      const at = (p: number) => sorted[Math.floor(p * (sorted.length - 1))].toPrecision(4);
      return `${name} [${at(0.025)}, ${at(0.975)}]`;
    })
    .join(" ");
}
