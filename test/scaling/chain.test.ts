import {expect, test} from "vitest";
import {chain, chainInputs, createChain, link} from "../../lib/scaling/chain.js";
import {fit} from "../../lib/scaling/fit.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {createPrediction} from "../../lib/scaling/prediction.js";
import {Fit} from "../../lib/schema/fit.js";
import {quantileInterval} from "../../lib/stats/quantile.js";
import {createRandom} from "../../lib/text/random.js";

const random = createRandom("chain");
const ladder = [1, 2, 4, 8, 16, 32, 64, 128].flatMap((d) => [d * 1e9, d * 1e9]);
const lossAt = (d: number): number => lawOf("power-d").predict([1.8, 900, 0.3, 1], [d]);
const scoreAt = (loss: number): number => lawOf("sigmoid").predict([0.25, 0.6, 2.9, 4], [loss]);
const losses = ladder.map((d) => lossAt(d) * (1 + 0.002 * random.normal()));
const scores = losses.map((loss) => scoreAt(loss) + 0.003 * random.normal());

const both = once(async () => {
  const first = await fit(
    {inputs: {}, scalars: {d: ladder}, target: losses},
    {law: "power-d", target: "loss", bootstrap: 300}
  );
  const second = await fit(
    {inputs: {}, scalars: {loss: losses}, target: scores},
    {law: "sigmoid", target: "accuracy", lowerIsBetter: false, bootstrap: 200}
  );
  return {first, second};
});

/** The same promise for every test: what it makes is never changed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

test("a chain predicts accuracy from tokens, through the loss", async () => {
  const {first, second} = await both();
  const [step, chained] = [createPrediction(first), chain(createPrediction(first), second, 1)];
  for (const d of [1e9, 2e10, 1e11]) {
    expect(chained.value([d])).toBe(createPrediction(second).value([step.value([d])]));
    // Noise of .2 % of 2.5 and .003, on 16 runs: .002 of loss by a slope of .6 at most, and .001; four of both.
    expect(Math.abs(chained.value([d]) - scoreAt(lossAt(d)))).toBeLessThan(0.01);
  }
  expect(chained.extrapolated([2e10])).toBe(false);
  expect(chained.extrapolated([1e13])).toBe(true);
});

test("draws are composed one by one, and the interval is theirs", async () => {
  const {first, second} = await both();
  const [one, two] = [createPrediction(first), createPrediction(second)];
  const chained = chain(one, second, 1);
  const draws = chained.draws([2e10]);
  expect(draws).toHaveLength(200);
  const steps = one.draws([2e10]);
  for (const b of [0, 7, 199]) expect(draws[b]).toBe(two.draws([steps[b]])[b]);
  expect(chained.interval([2e10])).toEqual(quantileInterval(draws, second.level));
  // Wider than the second's own at that loss, for the loss is uncertain too.
  const [low, high] = chained.interval([1e9]);
  const [from, to] = two.interval([one.value([1e9])]);
  expect(high - low).toBeGreaterThan(to - from);
});

test("a fit file holds the whole chain", async () => {
  const {first, second} = await both();
  const read = Fit.parse(JSON.parse(JSON.stringify(link(first, second))));
  expect(chainInputs(read)).toEqual(["d"]);
  const direct = chain(createPrediction(first), second, 1);
  expect(createChain(read).interval([2e10])).toEqual(direct.interval([2e10]));
  expect(createChain(first).value([2e10])).toBe(createPrediction(first).value([2e10]));
});

test("what reads no loss is no second law", async () => {
  const {first} = await both();
  expect(() => link(first, first)).toThrow("power-d: expected a law that reads loss, got d");
  expect(() => chain(createPrediction(first), first, 1)).toThrow("power-d: expected a law that reads loss, got d");
});
