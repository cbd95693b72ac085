import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {formats} from "../../lib/export/formats.js";
import {asset} from "../../lib/io/assets.js";
import {sha256File} from "../../lib/io/sha256.js";
import {makeDemo, type DemoOptions} from "../../lib/run/demo.js";
import {check} from "../../lib/run/check.js";
import {Fit} from "../../lib/schema/fit.js";
import {Plan} from "../../lib/schema/plan.js";
import {ProxyRecipe} from "../../lib/schema/proxyRecipe.js";

let out: string;
let options: DemoOptions;
const lines: string[] = [];

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), "ballast-demo-"));
  const proxy = ProxyRecipe.parse({
    name: "small",
    heldOut: {tokens: 4000},
    tiers: {seeds: 2, budget: 20_000, supply: 5000, steps: 4}
  });
  options = {out, recipe: asset("recipes/small.yaml"), proxy, log: (line) => lines.push(line)};
  await makeDemo(options);
});

afterAll(() => rm(out, {recursive: true, force: true}));

const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(out, name), "utf8"));

test("a demo ends with a data set that checks, runs, a fit, a plan that keeps its rules, and three configurations", async () => {
  expect((await check(out)).findings).toEqual([]);
  expect(Fit.parse(await json("fit.json")).n).toBeGreaterThan(20);
  const plan = Plan.parse(await json("plan.json"));
  expect(Object.values(plan.weights).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  expect(plan.rules.map(({rule, ok}) => ({rule, ok}))).toContainEqual({rule: "anchor", ok: true});
  expect(plan.rules.every(({ok}) => ok)).toBe(true);
  expect(Object.keys(plan.predicted)).toEqual(["bpb_dev", "bpb_test"]);
  expect(await readdir(join(out, "config"))).toEqual(expect.arrayContaining(formats.map(({file}) => file)));
});

test("a demo over a finished one makes nothing again", async () => {
  const names = ["data-card.json", "runs.parquet", "fit.json", "plan.json"];
  const hashes = () => Promise.all(names.map((name) => sha256File(join(out, name))));
  const before = await hashes();
  lines.length = 0;
  await makeDemo(options);
  expect(lines.filter((line) => /runs measured|fits|weights/.test(line))).toEqual([]);
  expect(await hashes()).toEqual(before);
});

test("a runs table that was lost is measured again, with the same bytes", async () => {
  const path = join(out, "runs.parquet");
  const before = await sha256File(path);
  await rm(path);
  await makeDemo(options);
  expect(await sha256File(path)).toBe(before);
});
