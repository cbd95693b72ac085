import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {bestShare, changeInWords, changes, inOrder, lastAgainst} from "../../docs/components/findings.js";
import {curves, type Experiment} from "../../lib/run/curves.js";
import {readRunsTable} from "../../lib/run/runsTable.js";
import {writeRuns} from "../pages/fixture.js";

let folder: string;
let all: Experiment[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ballast-curves-"));
  await writeRuns(folder);
  all = await curves(await readRunsTable(join(folder, "runs.csv")));
});

afterAll(() => rm(folder, {recursive: true, force: true}));

const find = (experiment: string, benchmark: string) =>
  all.find((e) => e.experiment === experiment && e.benchmark === benchmark)!;

test("every experiment has its axis, and arms of one place each make no curve", () => {
  expect(all.map(({experiment, benchmark, axis}) => `${experiment} ${benchmark} ${axis}`)).toEqual([
    "generations bpb_test generation",
    "share bpb_dev share",
    "share bpb_test share",
    "verification exact_match share"
  ]);
});

test("the best of a sweep is found where the formula has it, a corner is called one", () => {
  const [bowl, corner] = find("share", "bpb_test").arms;
  expect(bowl.grid!.best.x).toEqual([0.6]);
  expect(bestShare(bowl)).toContain("best measured at 60 %");
  // The formula is a parabola, so the quadratic's optimum is off by the noise alone: 0.002 / (2 · 0.4 · 0.35) < 0.01 of slope.
  expect(Math.abs(bowl.curve!.best - 0.6)).toBeLessThan(0.06);
  expect(bestShare(corner)).toContain("0 %, the lowest that was run: a corner");
});

test("changes against 20 % synthetic have their sign: minus is worse where lower is better", () => {
  const corner = find("share", "bpb_test").arms[1];
  const at = corner.curve!.relative.find(({x}) => x === 0.7)!;
  // 1.5 + 0.2 x: from 1.54 at 0.2 to 1.64 at 0.7, worse by 6.5 %; noise of 0.002 in 1.54 moves it by 0.26 %.
  expect(Math.abs(at.change + 0.1 / 1.54)).toBeLessThan(0.004);
  expect(at.interval[0]).toBeLessThanOrEqual(at.change);
  expect(at.interval[1]).toBeGreaterThanOrEqual(at.change);
});

test("an arm that gets worse over generations is told apart, one that stays is not", () => {
  const experiment = find("generations", "bpb_test");
  const of = (arm: string) => changes(experiment).find((change) => change.arm === arm)!;
  expect(of("replace").verdict).toBe("worse");
  expect(Math.abs(of("replace").change!.mean - 0.4)).toBeLessThan(0.005);
  expect(of("replace+anchor").verdict).toBe("not told apart");
  expect(changeInWords(of("replace").change, true, "bits")).toMatch(
    /^worse by 0\.\d+ bits \(95\s% interval 0\.\d+ to 0\.\d+\)$/
  );
  expect(lastAgainst(experiment, "replace", "anchor-only")).toBeNull();
});

test("pages speak of held-out test text first, and of what they do not know last", () => {
  expect(inOrder(["my_score", "bpb_dev", "tail", "bpb_test"])).toEqual(["bpb_test", "tail", "bpb_dev", "my_score"]);
});

test.each([
  ["a,b\n1,2\n", /expected a column synthetic_share, or share_T0 to share_T3; got a, b/],
  ["synthetic_share\n0.5\n", /expected a number column with benchmark values, found none/],
  ["synthetic_share,loss\n0.5,1\n1.5,2\n", /row 2: synthetic_share: expected a share from 0 to 1, got 1.5/]
])("a runs table that cannot be drawn says why: %j", async (text, message) => {
  const path = join(folder, "bad.csv");
  await writeFile(path, text);
  await expect(readRunsTable(path)).rejects.toThrow(message);
});
