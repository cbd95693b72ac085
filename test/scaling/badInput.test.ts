import {expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {Fit} from "../../lib/schema/fit.js";
import {createRandom} from "../../lib/text/random.js";
import {scaleRuns} from "./scaleRuns.js";

const options = {target: "loss", bootstrap: 50};
const columns = () => scaleRuns(createRandom("bad"), {runs: 30});

test("shares that do not sum to one are told by how much and where", async () => {
  const inputs = {a: [0.5, 0.2, 0.3, 0.4], b: [0.5, 0.8, 0.72, 0.6]};
  await expect(fit({inputs, target: [1, 2, 3, 4]}, options)).rejects.toThrow(
    "row 3: expected a + b to be 1, got 1.0200 (off by 0.0200)"
  );
});

test("sizes and tokens that are not positive are named by row and column", async () => {
  const {scalars, target} = columns();
  const n = scalars.n.with(4, 0);
  await expect(fit({inputs: {}, scalars: {...scalars, n}, target}, options)).rejects.toThrow(
    "row 5: n: expected a positive number, got 0"
  );
  const d = scalars.d.with(6, -3);
  await expect(fit({inputs: {}, scalars: {...scalars, d}, target}, options)).rejects.toThrow(
    "row 7: d: expected a number that is not negative, got -3"
  );
});

test("a negative loss over scale is refused by its row, and not fitted by another objective in silence", async () => {
  const {scalars, target} = columns();
  await expect(fit({inputs: {}, scalars, target: target.with(2, -1.5)}, options)).rejects.toThrow(
    "row 3: loss: expected a positive number for a fit of logarithms, got -1.5"
  );
});

test("NaN and Infinity are refused wherever they stand", async () => {
  const {scalars, target} = columns();
  const at = (change: object) => fit({inputs: {}, scalars, target, ...change}, options);
  await expect(at({target: target.with(1, NaN)})).rejects.toThrow("row 2: loss: expected a finite number, got NaN");
  await expect(at({scalars: {...scalars, d: scalars.d.with(0, Infinity)}})).rejects.toThrow(
    "row 1: d: expected a finite number, got Infinity"
  );
  await expect(at({sd: target.map((_, i) => (i === 3 ? 0 : 1))})).rejects.toThrow(
    "row 4: sd: expected a positive number, got 0"
  );
});

test("one run, and identical runs, are refused with what there is", async () => {
  const one = {inputs: {}, scalars: {n: [1e9], d: [1e10]}, target: [2]};
  await expect(fit(one, options)).rejects.toThrow("expected at least 3 runs to fit, got 1");
  const same = {inputs: {}, scalars: {n: [1e9, 1e9, 1e9], d: [1e10, 1e10, 1e10]}, target: [2, 2, 2]};
  await expect(fit(same, options)).rejects.toThrow("all 3 are at n = 1000000000, d = 10000000000");
});

test("runs at one model size do not tell the term of the size, and auto takes a law without one", async () => {
  const {scalars, target} = columns();
  const one = {inputs: {}, scalars: {...scalars, n: scalars.n.map(() => 1e9)}, target};
  const {coefficients, fixed} = await fit(one, {...options, law: "chinchilla"});
  for (const name of ["A", "alpha"]) expect(name in fixed || !coefficients[name].identified).toBe(true);
  const auto = await fit(one, options);
  expect(auto.law).not.toBe("chinchilla");
});

test("shares that move together are refused by name", async () => {
  const x = [0.1, 0.2, 0.3, 0.4, 0.5];
  const inputs = {a: x.map((v) => 1 - v), b: x.map((v) => v / 2), c: x.map((v) => v / 2)};
  await expect(fit({inputs, target: [1, 2, 1, 2, 1]}, options)).rejects.toThrow("move together in every run");
});

test("tokens that are a multiple of size are fitted, and what cannot be told apart is not identified", async () => {
  const {scalars} = columns();
  const random = createRandom("collinear");
  const d = scalars.n.map((n) => 20 * n);
  const target = scalars.n.map((n) => (1.8 + 480 * n ** -0.35) * Math.exp(0.005 * random.normal()));
  const {coefficients} = await fit({inputs: {}, scalars: {n: scalars.n, d}, target}, {...options, law: "chinchilla"});
  const silent = ["A", "B", "alpha", "beta"].filter((name) => !coefficients[name].identified);
  expect(silent.length).toBeGreaterThanOrEqual(2);
  for (const name of silent) expect(coefficients[name].note).not.toBe("");
});

test("a fit of more runs than can be walked finishes, says what it did, and has the truth within its intervals", async () => {
  const random = createRandom("many");
  const share = Array.from({length: 30_000}, () => random());
  const target = share.map((x) => 1.5 - 0.5 * x + 0.4 * x * x + 0.01 * random.normal());
  const found = await fit({inputs: {share}, target}, {law: "quadratic", target: "loss", bootstrap: 400, level: 0.999});
  expect(found.n).toBe(30_000);
  expect(found.hull.length).toBeLessThanOrEqual(2000);
  expect(found.notes.join("; ")).toMatch(/fitted to all.*blocks of runs.*influence/);
  for (const [name, truth] of Object.entries({S0: 1.5, a: -0.5, b: 0.4})) {
    const [low, high] = found.coefficients[name].interval;
    expect(low).toBeLessThan(truth);
    expect(high).toBeGreaterThan(truth);
    // Ten thousand runs of noise .01 tell S0 to about .0005.
    expect(high - low).toBeLessThan(0.01);
  }
  Fit.parse(JSON.parse(JSON.stringify(found)));
});

test("many runs of few mixes are as quick as the mixes are few, and the same fit", async () => {
  const random = createRandom("few");
  const share = Array.from({length: 60_000}, () => random.int(6) / 5);
  const target = share.map((x) => 1 + 0.3 * x + 0.01 * random.normal());
  const found = await fit({inputs: {share}, target}, {law: "linear", target: "loss", bootstrap: 100});
  expect(found.hull).toHaveLength(6);
  expect(found.bootstrap.kind).toBe("residual");
  expect(found.coefficients.a.value).toBeCloseTo(0.3, 2);
});
