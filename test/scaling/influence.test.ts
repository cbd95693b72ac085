import {expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {createRandom} from "../../lib/text/random.js";

const random = createRandom("influence");
const share = Array.from({length: 20}, (_, i) => i / 20);
const target = share.map((x, i) => 1 + x + 0.01 * random.normal() + (i === 17 ? 0.3 : 0));

test("the outlier decides most, and leaving it out moves the fit as a fit without it says", async () => {
  const found = await fit({inputs: {share}, target}, {law: "linear", target: "loss", bootstrap: 100});
  const [first] = found.influence;
  expect(first.inputs.share).toBe(share[17]);
  expect(first.value).toBe(target[17]);
  expect(found.influence).toHaveLength(10);
  const without = await fit(
    {inputs: {share: share.filter((_, i) => i !== 17)}, target: target.filter((_, i) => i !== 17)},
    {law: "linear", target: "loss", bootstrap: 100}
  );
  for (const name of ["S0", "a"])
    expect(first.shift[name]).toBeCloseTo(without.coefficients[name].value - found.coefficients[name].value, 10);
});

test("Cook's distance is the closed form of a straight line", async () => {
  const found = await fit({inputs: {share}, target}, {law: "linear", target: "loss", bootstrap: 100});
  const [first] = found.influence;
  const mean = share.reduce((a, b) => a + b, 0) / 20;
  const spread = share.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const leverage = 1 / 20 + (share[17] - mean) ** 2 / spread;
  const {S0, a} = found.coefficients;
  const residual = target[17] - S0.value - a.value * share[17];
  const variance = found.objective / 18;
  expect(first.cooks).toBeCloseTo((residual ** 2 * leverage) / (2 * variance * (1 - leverage) ** 2), 8);
});
