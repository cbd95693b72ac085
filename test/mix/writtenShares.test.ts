import {expect, test} from "vitest";
import {writtenShares} from "../../lib/mix/writtenShares.js";
import {createRandom} from "../../lib/text/random.js";

const total = (shares: readonly number[]) => shares.reduce((a, b) => a + b, 0);

test("written shares sum to 1, are the shares to a billionth or two, and keep the rules that the shares keep", () => {
  const random = createRandom("written-shares");
  for (let i = 0; i < 400; i++) {
    const n = 2 + random.int(12);
    const drawn = Array.from({length: n}, () => (random() < 0.2 ? 0 : -Math.log(1 - random())));
    drawn[0] ||= 1;
    const shares = drawn.map((v) => v / total(drawn));
    // Bounds on the first two and on the sum of some, that the shares lie on and their rounding may miss.
    const some = shares.map(() => random.int(2));
    const at = Math.floor(1e9 * shares.reduce((sum, v, j) => sum + some[j] * v, 0)) / 1e9;
    const rules = [{a: some.map((v) => -v), bound: -at}];
    const written = writtenShares(shares, rules);
    // n doubles, each rounded to half of 2^-53 of at most 1, and as many sums.
    expect(Math.abs(total(written) - 1)).toBeLessThanOrEqual(n * 2 ** -52);
    for (const [j, v] of written.entries()) expect(Math.abs(v - shares[j])).toBeLessThan(2.5e-9);
    expect(written.reduce((sum, v, j) => sum + some[j] * v, 0)).toBeGreaterThan(at - 1e-12);
    for (const v of written) expect(Number(v.toFixed(9))).toBe(v);
  }
});

test("a third each, and shares that a solver left beside 1", () => {
  expect(writtenShares([1 / 3, 1 / 3, 1 / 3])).toEqual([0.333333334, 0.333333333, 0.333333333]);
  expect(writtenShares([0.3, 0.7 + 2e-8, 0])).toEqual([0.3, 0.7, 0].map((v) => expect.closeTo(v, 7)));
  expect(writtenShares([0.3 - 1e-14, 0.7 + 1e-14, -1e-12])).toEqual([0.3, 0.7, 0]);
});
