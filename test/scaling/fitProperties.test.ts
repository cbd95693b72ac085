import {expect, test} from "vitest";
import {createScalingPool} from "../../lib/run/scalingPool.js";
import {fit} from "../../lib/scaling/fit.js";
import type {Observations} from "../../lib/scaling/observations.js";
import {createRandom} from "../../lib/text/random.js";
import {scaleRuns} from "./scaleRuns.js";
import {mixes, simulate, tierNames} from "./simulate.js";

const runs = () => scaleRuns(createRandom("properties"));
const options = {law: "chinchilla", target: "loss", bootstrap: 60};

test("the order of runs over scale and shares changes no bit", async () => {
  const random = createRandom("turned");
  const simulated = simulate("mix-log", [1.5, 1.6, 1.7, 2, -0.01, -0.01, -0.02, 0], mixes, {
    sd: 0.003,
    seeds: 2,
    random,
    names: tierNames
  });
  const columns: Observations = {...simulated, scalars: {d: simulated.target.map((_, i) => 1e9 * 2 ** (i % 4))}};
  const order = createRandom("order").shuffle([...columns.target.keys()]);
  const turn = <T>(values: readonly T[]) => order.map((i) => values[i]);
  const turned: Observations = {
    inputs: Object.fromEntries(tierNames.map((name) => [name, turn(columns.inputs[name])])),
    scalars: {d: turn(columns.scalars!.d!)},
    target: turn(columns.target),
    seed: turn(columns.seed!)
  };
  for (const more of [
    {law: "mix-log"},
    {law: "tier", objective: "huber-log"},
    {law: "mix-linear", resample: "case"}
  ] as const) {
    const [a, b] = [await fit(columns, {...options, ...more}), await fit(turned, {...options, ...more})];
    expect(JSON.stringify(b)).toBe(JSON.stringify(a));
  }
});

test("the number of workers changes no bit", async () => {
  const here = await fit(runs(), options);
  const pool = createScalingPool({workers: 2, patience: 0});
  try {
    expect(JSON.stringify(await fit(runs(), {...options, run: pool.run}))).toBe(JSON.stringify(here));
  } finally {
    await pool.close();
  }
});

test("losses in another unit scale E, A and B, and leave the exponents", async () => {
  const columns = runs();
  const bits = 1 / Math.LN2;
  const [nats, scaled] = [
    await fit(columns, options),
    await fit({...columns, target: columns.target.map((y) => y * bits)}, options)
  ];
  for (const name of ["E", "A", "B"])
    expect(scaled.coefficients[name].value / nats.coefficients[name].value / bits).toBeCloseTo(1, 5);
  for (const name of ["alpha", "beta"])
    expect(scaled.coefficients[name].value / nats.coefficients[name].value).toBeCloseTo(1, 5);
  expect(scaled.objective / nats.objective).toBeCloseTo(1, 8);
});

test("tokens in another unit scale B by the unit to the power of beta, and nothing else", async () => {
  const columns = runs();
  const {n, d} = columns.scalars;
  const [tokens, billions] = [
    await fit(columns, options),
    await fit({...columns, scalars: {n, d: d.map((v) => v / 1e9)}}, options)
  ];
  for (const name of ["E", "A", "alpha", "beta"])
    expect(billions.coefficients[name].value / tokens.coefficients[name].value).toBeCloseTo(1, 5);
  const by = 1e9 ** tokens.coefficients.beta.value;
  // The exponent is good to 1e-6 of itself, which the power multiplies by log 1e9 · beta = 8.
  expect((billions.coefficients.B.value * by) / tokens.coefficients.B.value).toBeCloseTo(1, 4);
});

test("a benchmark in another unit scales every coefficient of a law that is linear", async () => {
  const simulated = simulate("mix-quadratic", [1.5, 1.6, 1.7, 2, -0.2, -0.3, -0.1, 0, 0.1, 0.2], mixes, {
    sd: 0.003,
    seeds: 2,
    random: createRandom("unit"),
    names: tierNames
  });
  const law = {law: "mix-quadratic", target: "score", lowerIsBetter: false, bootstrap: 50};
  const [one, hundred] = [
    await fit(simulated, law),
    await fit({...simulated, target: simulated.target.map((y) => 100 * y)}, law)
  ];
  for (const [name, {value, interval}] of Object.entries(one.coefficients)) {
    expect(hundred.coefficients[name].value).toBeCloseTo(100 * value, 7);
    hundred.coefficients[name].interval.forEach((end, i) => expect(end).toBeCloseTo(100 * interval[i], 6));
  }
});
