import {expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {runHere, type Task, type TaskResult} from "../../lib/scaling/task.js";
import type {Fit} from "../../lib/schema/fit.js";
import {createRandom} from "../../lib/text/random.js";
import type {OpenSite} from "./openSite.js";

/** A page that fits in workers, given what to fit by the test, and that counts how often it could draw meanwhile. */
export const fitPoolPage = `# Workers

\`\`\`js
import {createFitPool} from "./components/fitPool.js";

const pool = createFitPool({workers: 2});
window.measure = async (tasks, columns, options) => {
  let frames = 0;
  let asked = true;
  const frame = () => { frames++; if (asked) setTimeout(frame, 0); };
  frame();
  const results = await pool.run(tasks);
  const alone = await createFitPool({workers: 1}).run(tasks);
  const fit = await pool.fit(columns, options);
  asked = false;
  const refused = await pool.fit({...columns, target: []}, options).then(() => null, (e) => e.name);
  const abort = new AbortController();
  const aborted = pool.fit(columns, options, abort.signal).then(() => null, (e) => e.name);
  abort.abort();
  return {results, alone, fit, frames, refused, aborted: await aborted};
};
\`\`\`
`;

/** Tests that a page of a site that carries `fitPoolPage` as workers.md fits in workers. */
export function testFitPool(site: () => OpenSite): void {
  test("a built page fits in workers, and finds what is found here", async () => {
    const random = createRandom("page");
    const n = 60;
    const rows = Float64Array.from({length: 2 * n}, (_, i) => 10 ** ((i % 2 ? 9 : 7) + 3 * random()));
    const y = Float64Array.from(
      {length: n},
      (_, i) => 1.8 + 480 * rows[2 * i] ** -0.35 + 2000 * rows[2 * i + 1] ** -0.37
    );
    const problem = {
      law: "chinchilla",
      context: {tiers: [], varies: new Set(["n", "d"] as const), lowerIsBetter: true},
      parameters: [
        ...["E", "A", "B"].map((name) => ({name, unit: "1", bounds: [0, 1e12] as const, scale: "log" as const})),
        ...["alpha", "beta"].map((name) => ({name, unit: "1", bounds: [0, 5] as const}))
      ],
      objective: {loss: "huber", residuals: "log", delta: 1e-3, penalty: 1} as const,
      width: 2,
      rows,
      y: y.map((v) => v * Math.exp(0.01 * random.normal())),
      weight: new Float64Array(n).fill(1)
    };
    const starts = [[1.5, 400, 1000, 0.3, 0.3], [1, 100, 100, 0.5, 0.5]]; // prettier-ignore
    const tasks: Task[] = [
      {kind: "starts", problem, first: 0, starts},
      {kind: "draws", problem, seed: [1], first: 0, count: 3, group: Int32Array.from(y.keys()), starts}
    ];
    const share = Array.from({length: 24}, (_, i) => (i % 8) / 8);
    const columns = {inputs: {share}, target: share.map((x) => 2 - x + x * x + 0.01 * random.normal())};
    const options = {target: "bpb", law: "quadratic", bootstrap: 50};
    const opened = await site().open("workers");
    await opened.waitForFunction("window.measure !== undefined");
    const found = (await opened.evaluate(
      ([tasks, columns, options]) =>
        (window as unknown as {measure(...args: unknown[]): Promise<Record<string, unknown>>}).measure(
          tasks,
          columns,
          options
        ),
      [tasks, columns, options] as const
    )) as Record<string, unknown>;
    // Bit for bit the same in the browser; its exp and log may differ from Node's in the last place, so that descents
    // end elsewhere on the same flat bottom: objectives agree to the square of what coefficients do.
    expect(JSON.stringify(found.results)).toBe(JSON.stringify(found.alone));
    const here = await runHere(tasks);
    const values = (results: TaskResult[]) => results.flatMap((r) => (r.kind === "starts" ? [r.best] : r.solutions));
    for (const [i, solution] of values(found.results as TaskResult[]).entries())
      expect(solution!.objective / values(here)[i]!.objective).toBeCloseTo(1, 8);
    const expected = await fit(columns, options);
    for (const [name, {value}] of Object.entries((found.fit as Fit).coefficients))
      expect(value).toBeCloseTo(expected.coefficients[name].value, 9);
    expect(found.refused).toBe("RangeError");
    expect(found.aborted).toBe("AbortError");
    expect(found.frames).toBeGreaterThan(2);
    await opened.close();
  });
}
