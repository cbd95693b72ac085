import {sampleStandardDeviation} from "simple-statistics";
import {expect, test} from "vitest";
import {blockDraws} from "../../lib/scaling/blockDraws.js";
import {createEstimator} from "../../lib/scaling/estimator.js";
import {fit} from "../../lib/scaling/fit.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {mixesOf} from "../../lib/scaling/mixes.js";
import {objectives} from "../../lib/scaling/objective.js";
import {observe} from "../../lib/scaling/observations.js";
import {resampledDraws} from "../../lib/scaling/resampledDraws.js";
import {sampleOf} from "../../lib/scaling/sample.js";
import {contextFor, type Setting} from "../../lib/scaling/setting.js";
import {solve} from "../../lib/scaling/solve.js";
import {runHere} from "../../lib/scaling/task.js";
import {variablesOf} from "../../lib/scaling/variables.js";
import {createRandom} from "../../lib/text/random.js";
import {scaleRuns, truth} from "./scaleRuns.js";

const share = Array.from({length: 24}, (_, i) => (i % 8) / 8);
const seed = share.map((_, i) => Math.floor(i / 8));

function line(sd: number, shared: number) {
  const random = createRandom("line");
  const effects = [0, 1, 2].map(() => shared * random.normal());
  return {inputs: {share}, target: share.map((x, i) => 1 + x + effects[seed[i]] + sd * random.normal()), seed};
}

const width = ({interval: [low, high]}: {interval: readonly number[]}) => high - low;

test("cases, clusters and residuals are drawn as asked, and the fit says which", async () => {
  const columns = line(0.01, 0);
  const options = {law: "linear", target: "loss", bootstrap: 300};
  const residual = await fit(columns, options);
  const cases = await fit(columns, {...options, resample: "case"});
  expect([residual.bootstrap.kind, cases.bootstrap.kind]).toEqual(["residual", "case"]);
  // Both estimate one standard error; 300 draws and 22 degrees of freedom leave each a fifth of doubt.
  expect(width(cases.coefficients.a) / width(residual.coefficients.a)).toBeGreaterThan(0.5);
  expect(width(cases.coefficients.a) / width(residual.coefficients.a)).toBeLessThan(1.6);
});

test("what runs of a cluster share widens the level when clusters are drawn, and is missed when cases are", async () => {
  const columns = line(0.002, 0.05);
  const options = {law: "linear", target: "loss", bootstrap: 300};
  const clusters = await fit(columns, {...options, cluster: "seed"});
  const cases = await fit(columns, {...options, resample: "case"});
  expect(clusters.bootstrap.kind).toBe("cluster");
  // Three clusters against 24 cases: the deviation of the mean is about sqrt(8) times larger.
  expect(width(clusters.coefficients.S0)).toBeGreaterThan(1.2 * width(cases.coefficients.S0));
  const named = await fit({...columns, group: seed}, {...options, cluster: "group"});
  expect(width(named.coefficients.S0)).toBeCloseTo(width(clusters.coefficients.S0), 12);
  await expect(fit({inputs: {share}, target: columns.target}, {...options, cluster: "seed"})).rejects.toThrow(
    "expected a seed for every run to draw clusters by"
  );
});

test("BCa intervals of a mean lean to the side that its runs are skewed to", async () => {
  const random = createRandom("skew");
  const target = share.map(() => -Math.log(1 - random()));
  const options = {law: "constant", target: "score", bootstrap: 2000, resample: "case"} as const;
  const percentile = await fit({inputs: {share}, target}, options);
  const bca = await fit({inputs: {share}, target}, {...options, method: "bca"});
  expect(bca.bootstrap.method).toBe("bca");
  expect(bca.draws).toEqual(percentile.draws);
  // The acceleration is a sixth of the runs' skewness over the root of their number, about .06: both percentiles move up
  // by a tenth of a deviation and more, which the bias of 2,000 draws, known to .03, does not undo.
  for (const end of [0, 1])
    expect(bca.coefficients.S0.interval[end]).toBeGreaterThan(percentile.coefficients.S0.interval[end]);
});

test("one Newton step a draw is as wide as refits, under squares and under Huber's loss", async () => {
  const columns = scaleRuns(createRandom("steps"), {runs: 1200, sd: 0.01});
  const inputs = variablesOf(columns).map(({name, role}) => ({name, role}));
  const mixes = mixesOf(observe(columns));
  const law = lawOf("chinchilla");
  for (const objective of [objectives["squares-log"], objectives["huber-log"]]) {
    const setting: Setting = {inputs, lowerIsBetter: true, objective};
    const estimator = createEstimator(law, contextFor(law, setting, mixes), objective, sampleOf(law, setting, mixes));
    const {theta, objective: value} = solve(estimator.problem, [truth]);
    const draws = 150;
    const refits = await resampledDraws(estimator, {theta}, {draws, seed: 1, run: runHere});
    const steps = blockDraws(estimator, {theta, objective: value, rank: 5}, {draws: 600, seed: 1});
    for (let i = 0; i < 5; i++) {
      const [a, b] = [refits, steps].map((list) => sampleStandardDeviation(list.map((draw) => Math.log(draw[i]))));
      // A deviation of 150 draws is good to 1 / sqrt(300) = 6 %; the curvature of Huber's loss is estimated from the 8 %
      // of 1,200 runs within its threshold, to 10 %. Three of both.
      expect(Math.abs(Math.log(b / a))).toBeLessThan(0.36);
    }
  }
});
