import {expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {createRandom} from "../../lib/text/random.js";

const options = {target: "loss", bootstrap: 20};

test("a coefficient that the runs push beyond its bound stays there, and is not called identified", async () => {
  const random = createRandom("bound");
  const d = [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 4];
  const target = d.map((v) => (2 + v ** -8) * (1 + 1e-3 * random.normal()));
  const {alpha} = (await fit({inputs: {}, scalars: {d}, target}, {...options, law: "power-d"})).coefficients;
  expect(alpha.value).toBe(5);
  expect(alpha.interval[1]).toBe(5);
  expect(alpha.profile![1]).toBeNull();
  expect(alpha.identified).toBe(false);
  expect(alpha.note).toBe("the best fit lies at its bound, 5");
});

test("runs with no tokens are fitted by a law that has a value there, and rule out the others", async () => {
  const d = [0, 200, 1e3, 5e3, 2e4, 1e5, 5e5, 2e6];
  const random = createRandom("zero");
  const target = d.map((v) => (0.9 + 2.4 / (1 + (v / 3e4) ** 0.8)) * (1 + 1e-3 * random.normal()));
  const made = await fit({inputs: {}, scalars: {d}, target}, options);
  expect(made.law).toBe("rectified");
  expect(made.candidates.find(({law}) => law === "power-d")!.note).toBe(
    "not fitted: has no value at d = 0, where 1 of the mixes are"
  );
});
