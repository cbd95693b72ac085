import {expect, test} from "vitest";
import {krippendorff as ofPatterns, type AlphaOptions} from "../../lib/stats/krippendorff.js";
import {votePatterns} from "../../lib/stats/votePatterns.js";
import {createRandom} from "../../lib/text/random.js";

/** Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units, gaps. */
const observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
const units = Array.from({length: 12}, (_, u) => observers.map((row) => (row[u] === "." ? null : Number(row[u]))));
const krippendorff = (cases: readonly (readonly (string | number | null)[])[], options: AlphaOptions) =>
  ofPatterns(votePatterns(cases), options);
const random = () => createRandom("alpha");

test("the published worked example gives 0.743 nominal, 0.815 ordinal and 0.849 interval", () => {
  const of = (metric: "nominal" | "ordinal" | "interval") => krippendorff(units, {metric, random: random(), draws: 10});
  expect(of("nominal").alpha).toBeCloseTo(0.743, 3);
  expect(of("ordinal").alpha).toBeCloseTo(0.815, 3);
  expect(of("interval").alpha).toBeCloseTo(0.849, 3);
  // One unit has a single value and is paired with nothing: 40 values in 11 units.
  expect(of("nominal")).toMatchObject({units: 11, values: 40});
});

test("binary data of two observers without gaps give 0.095", () => {
  // Krippendorff (2011), section A: meg and owen.
  const [meg, owen] = ["0100000010", "1110010000"];
  const {alpha} = krippendorff(
    [...meg].map((v, i) => [v, owen[i]]),
    {random: random(), draws: 10}
  );
  expect(alpha).toBeCloseTo(0.095, 3);
});

test("full agreement is 1, and values of one sort alone or of one coder give no alpha", () => {
  const options = {random: random(), draws: 50};
  expect(krippendorff([["a", "a"], ["b", "b"], ["a", "a"]], options).alpha).toBe(1); // prettier-ignore
  expect(krippendorff([["a", "a"], ["a", "a"]], options)).toMatchObject({alpha: null, interval: null}); // prettier-ignore
  expect(krippendorff([["a", null], [null, "b"]], options)).toMatchObject({alpha: null, units: 0}); // prettier-ignore
  expect(krippendorff([], options).alpha).toBeNull();
});

test("the order of units and coders does not matter", () => {
  const turned = units.map((unit) => [...unit].reverse()).reverse();
  for (const metric of ["nominal", "ordinal", "interval"] as const)
    expect(krippendorff(turned, {metric, random: random(), draws: 1}).alpha).toBeCloseTo(
      krippendorff(units, {metric, random: random(), draws: 1}).alpha!,
      12
    );
});

test("differences of size need numbers", () => {
  expect(() => krippendorff([["a", "b"]], {metric: "interval", random: random()})).toThrow(
    'expected numbers for interval differences, got "a"'
  );
});

test("the interval covers the alpha of the population that units are drawn from", () => {
  // Two coders, each of whom says a fair coin's truth in 9 of 10 cases: agreement .82, chance .5, alpha = 1 − .18 / .5.
  const truth = 0.64;
  const draw = createRandom("coders");
  const simulations = 100;
  let covered = 0;
  for (let s = 0; s < simulations; s++) {
    const sample = Array.from({length: 80}, () => {
      const value = draw.int(2);
      return [0, 1].map(() => (draw() < 0.9 ? value : 1 - value));
    });
    const [low, high] = krippendorff(sample, {random: draw, draws: 200}).interval!;
    if (low <= truth && truth <= high) covered++;
  }
  // Four binomial standard errors of 100 at 95 % are 8.7 %.
  expect(covered / simulations).toBeGreaterThan(0.86);
});
