import {expect, test} from "vitest";
import {lawOf, laws} from "../../../lib/scaling/laws.js";

test("repeats is the published function at the published constants", () => {
  // The function of the paper's repository (appendix of its README), evaluated in Python.
  const theta = [
    Math.exp(0.6254804),
    Math.exp(6.255414),
    Math.exp(7.3049974),
    0.3526596,
    0.3526596,
    15.387756,
    5.309743
  ];
  for (const [n, d, u, loss] of [
    [2.81e9, 55e9, 4e9, 2.4720390975820354],
    [1e8, 1e9, 1e9, 3.663801339997417],
    [8.7e9, 178e9, 25e9, 2.2268482556342595]
  ])
    expect(Math.abs(lawOf("repeats").predict(theta, [n, d, u]) / loss - 1)).toBeLessThan(1e-12);
});

test("repeats without repeats and with a model below the optimum is Chinchilla's form", () => {
  const [scale, stars] = [
    [1.8, 400, 1500, 0.34, 0.37],
    [15, 5]
  ];
  for (const d of [1e9, 1e11])
    expect(
      Math.abs(
        lawOf("repeats").predict([...scale, ...stars], [1e6, d, d]) / lawOf("chinchilla").predict(scale, [1e6, d]) - 1
      )
    ).toBeLessThan(1e-14);
});

test("quality tiers agree with the published rule, epoch by epoch, where pools are equal", () => {
  // loss_k = loss_{k−1} (n_k / n_{k−1})^(−mean of b_i 2^(−k / tau_i)), two pools of 2e8 tokens, 3.3e9 seen; in Python.
  const theta = [0.4, 30, 0.16, 0.07, 6, 3];
  const loss = lawOf("goyal").predict(theta, [3.3e9, 0.5, 0.5, 2e8, 2e8]);
  expect(Math.abs(loss / 3.0113207216102786 - 1)).toBeLessThan(1e-12);
});

test("quality tiers: an endless supply is a power law, and a repeated one is worse than fresh text", () => {
  const goyal = lawOf("goyal");
  const theta = [0.4, 30, 0.16, 0.07, 6, 3];
  expect(goyal.predict(theta, [1e10, 1, 0, Infinity, Infinity])).toBeCloseTo(0.4 + 30 * 1e10 ** -0.16, 12);
  expect(goyal.predict(theta, [1e10, 1, 0, 1e8, 1e8])).toBeGreaterThan(goyal.predict(theta, [1e10, 1, 0, 1e9, 1e8]));
});

test("the rectified law is flat for few tokens and a power law for many, and has a value at none", () => {
  const rectified = lawOf("rectified");
  const [e, h, d0, beta] = [0.9, 2.4, 3e4, 0.45];
  expect(rectified.predict([e, h, d0, beta, 1], [0])).toBe(e + h);
  // B / (D_l + D^beta) + E with D_l = D0^beta and B = H D0^beta.
  for (const d of [10, 1e4, 1e8])
    expect(rectified.predict([e, h, d0, beta, 1], [d])).toBeCloseTo(
      (h * d0 ** beta) / (d0 ** beta + d ** beta) + e,
      12
    );
  expect(rectified.predict([e, h, d0, beta, -1], [0])).toBe(e - h);
});

test("the joint mixture law is the additive one where no tier differs in its returns to scale", () => {
  const mix = [3, 2, 1.5, 0.4, 0.2, 0.6];
  const joint = lawOf("shukor-joint").predict(
    [1.2, 0.34, 0.3, 1.4, -0.7, ...mix, 400, 400, 400, 800, 800, 800],
    [1e8, 1e10, 0.2, 0.5, 0.3]
  );
  const additive = lawOf("shukor-additive").predict([1.2, 400, 800, 0.34, 0.3, ...mix], [1e8, 1e10, 0.2, 0.5, 0.3]);
  expect(Math.abs(joint / additive - 1)).toBeLessThan(1e-12);
});

test("the joint law's powers are the published exponents turned over", () => {
  const [gammaA, ca] = [0.7, [5000, 9000, 3000]];
  const w = [0.2, 0.5, 0.3];
  const published = w.reduce((sum, v, t) => sum + v * ca[t], 0) ** gammaA * 1e8 ** -0.34;
  const theta = [0, 0.34, 0.3, 1 / gammaA, 1, 1, 1, 1, 1, 1, 1, ...ca.map((c) => c ** gammaA), 0, 0, 0];
  const without = lawOf("shukor-joint").predict(
    [...theta.slice(0, 11), 1e-30, 1e-30, 1e-30, 1e-30, 1e-30, 1e-30],
    [1e8, 1e10, ...w]
  );
  const whole = lawOf("shukor-joint").predict([...theta.slice(0, 14), 1e-30, 1e-30, 1e-30], [1e8, 1e10, ...w]);
  expect(Math.abs((whole - without) / published - 1)).toBeLessThan(1e-10);
});

test("laws that may rise rise where more is better, and fall where less is", () => {
  for (const law of laws) {
    const context = {tiers: law.reads.includes("shares") ? ["a", "b"] : [], varies: new Set(law.reads)};
    const signs = [true, false].map((lowerIsBetter) =>
      law.parameters({...context, lowerIsBetter}).find(({name}) => name === "sign")
    );
    if (signs[0] === undefined) expect(signs[1]).toBeUndefined();
    else expect(signs.map((p) => p!.fixed)).toEqual([1, -1]);
  }
});

test("every law names its parameters apart, within bounds that have an order, and its source", () => {
  for (const law of laws) {
    const parameters = law.parameters({
      tiers: law.reads.includes("shares") ? ["a", "b", "c"] : [],
      varies: new Set(law.reads),
      lowerIsBetter: true
    });
    expect(new Set(parameters.map(({name}) => name)).size).toBe(parameters.length);
    for (const {bounds, scale} of parameters) {
      expect(bounds[0]).toBeLessThan(bounds[1]);
      if (scale === "log") expect(bounds[0]).toBeGreaterThanOrEqual(0);
    }
    for (const text of [law.title, law.formula, law.source]) expect(text.length).toBeGreaterThan(1);
  }
  for (const key of ["id", "title"] as const) expect(new Set(laws.map((law) => law[key])).size).toBe(laws.length);
});

test("additive mixtures: without sizes and tokens their terms are held at nothing", () => {
  const law = lawOf("shukor-additive");
  const parameters = law.parameters({tiers: ["a", "b"], varies: new Set(["shares"]), lowerIsBetter: true});
  expect(parameters.filter(({fixed}) => fixed === 0).map(({name}) => name)).toEqual(["A", "B", "alpha", "beta"]);
  expect(law.predict([1, 0, 0, 0, 0, 2, 4, 1, 1], [Infinity, 1, 0.5, 0.5])).toBeCloseTo(1 + 1 / 3, 14);
});
