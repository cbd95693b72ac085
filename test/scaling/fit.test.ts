import {expect, test} from "vitest";
import {band} from "../../lib/scaling/band.js";
import {fit} from "../../lib/scaling/fit.js";
import {grid} from "../../lib/scaling/grid.js";
import {lawOf, laws} from "../../lib/scaling/laws.js";
import {plateau} from "../../lib/scaling/plateau.js";
import {Fit} from "../../lib/schema/fit.js";
import {createRandom} from "../../lib/text/random.js";
import {mixes, shares, simulate, tierNames} from "./simulate.js";

const random = () => createRandom("fit");
const quadratic = () =>
  simulate("quadratic", [1.5, -0.5, 0.4], shares, {sd: 0.004, seeds: 3, random: random(), names: ["share"]});
const tiers = () =>
  simulate("mix-log", [1.5, 1.6, 1.7, 2, -0.01, -0.01, -0.02, 0], mixes, {
    sd: 0.003,
    seeds: 3,
    random: random(),
    names: tierNames
  });

test("a fit is what its schema says", async () => {
  for (const columns of [quadratic(), tiers()]) {
    const made = await fit(columns, {target: "bpb_dev"});
    expect(Fit.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  }
});

test("the order of the runs changes nothing", async () => {
  const columns = tiers();
  const order = createRandom("order").shuffle([...columns.target.keys()]);
  const turned = {
    inputs: Object.fromEntries(tierNames.map((name) => [name, order.map((i) => columns.inputs[name][i])])),
    target: order.map((i) => columns.target[i]),
    seed: order.map((i) => columns.seed![i])
  };
  expect(await fit(turned, {target: "bpb_dev"})).toEqual(await fit(columns, {target: "bpb_dev"}));
});

test("the law that made the runs wins, and its coefficients lie in their intervals", async () => {
  const {law, coefficients} = await fit(quadratic(), {target: "loss", level: 0.999});
  expect(law).toBe("quadratic");
  for (const [name, truth] of Object.entries({S0: 1.5, a: -0.5, b: 0.4})) {
    const {interval, identified} = coefficients[name];
    expect(identified).toBe(true);
    expect(interval[0]).toBeLessThan(truth);
    expect(interval[1]).toBeGreaterThan(truth);
  }
});

test("runs that do not move are mostly fitted by a constant, and are one plateau", async () => {
  const random = createRandom("still");
  const made = Array.from({length: 15}, () => {
    const columns = simulate("constant", [1.5], shares, {sd: 0.004, seeds: 3, random, names: ["share"]});
    return fit(columns, {target: "loss", bootstrap: 100});
  });
  const found = await Promise.all(made);
  const constant = found.filter(({law}) => law === "constant");
  // A needless coefficient lowers the error on left-out runs by more than a standard error, which no tie forgives, in
  // about P(t(8) > 1) = .17 a candidate; four families of them leave half of 15 to the constant, less three deviations
  // of 1.9.
  expect(constant.length).toBeGreaterThanOrEqual(2);
  for (const one of constant) expect(plateau(one, shares)).toHaveLength(shares.length);
});

test("runs that are all alike are a constant without spread", async () => {
  const still = await fit({inputs: {share: [0, 0.2, 0.5, 0.7, 0.9]}, target: [2, 2, 2, 2, 2]}, {target: "loss"});
  expect(still.law).toBe("constant");
  const {value, interval} = still.coefficients.S0;
  for (const v of [value, ...interval]) expect(v).toBeCloseTo(2, 12);
});

test("replicates give the noise and stay in one fold", async () => {
  const {baseline, heldOut, candidates} = await fit(quadratic(), {target: "loss"});
  expect(baseline.inputs).toEqual({share: 0});
  expect(baseline.replicates).toBe(27);
  // Eighteen degrees of freedom: a standard deviation's own is 1 / sqrt(36) of it; four of those.
  expect(Math.abs(baseline.replicateSd! / 0.004 - 1)).toBeLessThan(4 / 6);
  expect(heldOut.n).toBe(27);
  expect(candidates.find((c) => c.law === "quadratic")!.cvRmse).toBeGreaterThan(0.8 * baseline.replicateSd!);
});

test("held-out runs are predicted by a fit that did not see them", async () => {
  const columns = quadratic();
  const holdout = columns.inputs.share.map((x) => x > 0.9);
  const spoiled = columns.target.map((y, i) => (holdout[i] ? y + 10 : y));
  const [seen, blind] = await Promise.all(
    [columns.target, spoiled].map((target) => fit({...columns, target, holdout}, {target: "loss"}))
  );
  expect(blind.coefficients).toEqual(seen.coefficients);
  expect(seen.n).toBe(21);
  expect(seen.heldOut.n).toBe(6);
  expect(blind.heldOut.rmse).toBeGreaterThan(9);
});

test("a tier that never changes leaves its coefficient not identified, with its bounds as interval", async () => {
  const some = mixes
    .filter(([, t1]) => t1 === 0)
    .concat([
      [0.7, 0, 0.2, 0.1],
      [0.2, 0, 0.3, 0.5]
    ]);
  const columns = simulate("mix-linear", [1.5, 1.6, 1.7, 2], some, {
    sd: 0.003,
    seeds: 2,
    random: random(),
    names: tierNames
  });
  const {coefficients, domain} = await fit(columns, {law: "mix-linear", target: "loss"});
  expect(coefficients["b[share_T1]"]).toMatchObject({identified: false, interval: [-1e9, 1e9]});
  expect(coefficients["b[share_T0]"].identified).toBe(true);
  expect(domain.share_T1).toEqual([0, 0]);
});

test("runs that cannot be fitted are refused with what is wrong", async () => {
  const x = [0.1, 0.2, 0.3, 0.4, 0.5];
  const y = [1, 2, 1, 2, 1];
  const one = (share: number[], target: number[]) => fit({inputs: {share}, target}, {target: "loss"});
  await expect(one([0.1], [1])).rejects.toThrow("expected at least 3 runs to fit, got 1");
  await expect(one([0.5, 0.5, 0.5], [1, 2, 3])).rejects.toThrow("all 3 are at share = 0.5");
  await expect(one(x, [1, 2, NaN, 2, 1])).rejects.toThrow("row 3: loss: expected a finite number, got NaN");
  await expect(one([0.1, 1.2, 0.3, 0.4, 0.5], y)).rejects.toThrow("row 2: share: expected a share in [0, 1], got 1.2");
  await expect(one(x, [1, 2])).rejects.toThrow("share: expected 2 values, got 5");
  await expect(fit({inputs: {T0: x, T2: x}, target: y}, {target: "loss"})).rejects.toThrow(
    "row 1: expected T0 + T2 to be 1, got 0.2000 (off by -0.8000)"
  );
  const bound = {T0: x.map((v) => 1 - v), T2: x.map((v) => v / 2), T3: x.map((v) => v / 2)};
  await expect(fit({inputs: bound, target: y}, {target: "loss"})).rejects.toThrow("move together in every run");
  await expect(fit({inputs: {share: x}, target: y}, {target: "loss", law: "cubic"})).rejects.toThrow(
    "expected a law of constant"
  );
  await expect(
    fit({inputs: {share: [0, 0, 1, 1]}, target: [1, 2, 1, 2]}, {target: "loss", law: "quadratic"})
  ).rejects.toThrow("2 distinct mixes cannot tell 3 coefficients apart");
});

test("no number in a fit is other than finite, however odd the runs", async () => {
  const strange = [
    {inputs: {share: [0, 0.5, 1, 0.5, 0.7]}, target: [0, 0, 0, 0, 0]},
    {inputs: {share: [0, 1e-9, 1, 0.9999999]}, target: [1e-300, 2e-300, 3e-300, 1e-300]},
    {inputs: {share: [0, 0.5, 1, 0.25, 0.75]}, target: [1e12, 1e12, 1e12, 1e12, -1e12]}
  ];
  for (const columns of strange) Fit.parse(await fit(columns, {target: "loss"}));
});

test("the band is the fit's own interval, and says where it extrapolates", async () => {
  const found = await fit(quadratic(), {target: "loss"});
  const [inside, outside] = band(found, [0.5, 0.99]);
  expect(inside.lo).toBeLessThan(inside.value);
  expect(inside.hi).toBeGreaterThan(inside.value);
  expect(inside.extrapolated).toBe(false);
  expect(outside.extrapolated).toBe(true);
  const over = await fit(tiers(), {target: "loss"});
  expect(() => band(over, [0])).toThrow("expected a fit over one share");
});

test("a plateau holds the best and its neighbours, and its probabilities are a share of the draws", async () => {
  const found = await fit(quadratic(), {target: "loss"});
  const points = plateau(found, shares);
  // The truth is best at 0.625.
  expect(points.map(({x}) => x[0])).toContain(0.6);
  expect(points.map(({x}) => x[0])).not.toContain(0);
  expect(points.reduce((sum, p) => sum + p.probability, 0)).toBeLessThanOrEqual(1 + 1e-9);
});

test("the grid names the best mix and pairs the others with it by seed", async () => {
  const columns = {
    inputs: {share: [0, 0, 0, 0.5, 0.5, 0.5]},
    target: [2, 3, 4, 1.5, 2.4, 3.6],
    seed: [1, 2, 3, 1, 2, 3]
  };
  const {best, points} = grid(columns);
  expect(best.x).toEqual([0.5]);
  const {difference} = points[0];
  expect(difference!.mean).toBeCloseTo(0.5, 12);
  // R: t.test(c(.5, .6, .4)): 0.2516 to 0.7484
  expect(difference!.interval[0]).toBeCloseTo(0.2516, 4);
  expect(difference!.interval[1]).toBeCloseTo(0.7484, 4);
});

test("every law is named once and predicts what its basis says", async () => {
  expect(new Set(laws.map((law) => law.id)).size).toBe(laws.length);
  expect(lawOf("share-log").predict([1, 2, 3, 0.1, 0.2], [0.5])).toBeCloseTo(
    1 + 2 * Math.log(0.6) + 3 * Math.log(0.7),
    12
  );
  expect(lawOf("share-kink").predict([1, 2, 3, 0.4], [0.5])).toBeCloseTo(1 + 1 + 0.3, 12);
  for (const law of laws) {
    if (law.linear === undefined) continue;
    const tiers = law.reads.includes("shares") ? ["a", "b", "c"] : [];
    const context = {tiers, varies: new Set(law.reads), lowerIsBetter: true, knot: 0.5};
    const [shape] = law.linear.shapes(context);
    const row = law.reads.includes("shares") ? [0.2, 0.3, 0.5] : law.reads.map(() => 0.5);
    expect(law.linear.basis(row, shape)).toHaveLength(law.parameters(context).length - law.linear.shape);
  }
});
