import {expect, test} from "vitest";
import {exactShares} from "../../lib/mix/exactShares.js";
import {createTierOrder} from "../../lib/mix/tierOrder.js";
import {createRandom, type Random} from "../../lib/text/random.js";

const take = (weights: readonly number[], n: number, from = 0) => {
  const cursor = createTierOrder(weights).from(from);
  return Array.from({length: n}, () => cursor.next());
};

/** Up to 28 weights of very different sizes, some 0, none below the least share. */
function randomWeights(random: Random): number[] {
  const k = 2 + random.int(27);
  const power = 1 + random.int(3);
  const weights = Array.from({length: k}, () => (random() < 0.05 ? 0 : (-Math.log(1 - random())) ** power));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w, j) => (j === 0 ? w + 0.01 * sum : w / sum < 1e-5 ? 0 : w));
}

test("the known sequences of small shares", () => {
  // By hand from the windows ⌈(i − 1 + δ)/w⌉ to ⌊(i − δ)/w⌋ + 1; of two that are due together the first tier goes first.
  // Two tiers, δ = 1/2. Of (3/4, 1/4) tier 0 may come at 1, at 2 to 3, at 4, …, tier 1 at 2 to 3, 6 to 7, ….
  expect(take([0.5, 0.5], 6)).toEqual([0, 1, 0, 1, 0, 1]);
  expect(take([0.75, 0.25], 8)).toEqual([0, 0, 1, 0, 0, 0, 1, 0]);
  // Three tiers: δ = 1/4. Of (1/2, 1/4, 1/4) tier 0 may come at 1 to 2, 3 to 4, …, tiers 1 and 2 at 1 to 4, 5 to 8, ….
  expect(take([0.5, 0.25, 0.25], 8)).toEqual([0, 1, 0, 2, 0, 1, 0, 2]);
  expect(take([1, 0], 3)).toEqual([0, 0, 0]);
  expect(take([0.25, 0.25, 0.25, 0.25], 8)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
});

test("two tiers in the golden ratio are drawn as often as their share of n rounds to", () => {
  // With two tiers no count can be off by more than 1/2, and an irrational share is never off by just that.
  const golden = (Math.sqrt(5) - 1) / 2;
  const cursor = createTierOrder([golden, 1 - golden]).from(0);
  for (let n = 1; n <= 10_000; n++) {
    cursor.next();
    if (cursor.counts[0] !== Math.round(n * golden)) expect.fail(`${cursor.counts[0]} of ${n}`);
  }
});

test("every prefix is within one sample of each tier's share, for 10,000 random weightings of 2 to 28 tiers", () => {
  const random = createRandom("prefix");
  for (let trial = 0; trial < 10_000; trial++) {
    const order = createTierOrder(randomWeights(random));
    const {shares} = order;
    const live = shares.filter((w) => w > 0).length;
    // Tijdeman's bound; a product of n below 400 and a share is rounded by less than 400 · 2^-52.
    const bound = 1 - 1 / (2 * Math.max(2, live) - 2) + 400 * 2 ** -52;
    const cursor = order.from(0);
    for (let n = 1; n <= 400; n++) {
      cursor.next();
      let worst = 0;
      for (let j = 0; j < shares.length; j++) worst = Math.max(worst, Math.abs(cursor.counts[j] - n * shares[j]));
      if (worst > bound) expect.fail(`off by ${worst} at ${n} of ${shares.join(", ")}`);
    }
  }
});

test("far along too, in exact numbers", () => {
  const random = createRandom("far");
  for (let trial = 0; trial < 300; trial++) {
    const weights = randomWeights(random);
    const {parts, whole} = exactShares(weights);
    const live = BigInt(Math.max(2, weights.filter((w) => w > 0).length));
    const cursor = createTierOrder(weights).from(Math.floor(random() * 10 ** (9 + random.int(7))));
    for (let i = 0; i < 40; i++) {
      const n = BigInt(cursor.position);
      expect(cursor.counts.reduce((a, b) => a + b, 0)).toBe(cursor.position);
      for (const [j, part] of parts.entries()) {
        // |count − n · part / whole| ≤ 1 − 1/(2k − 2), times whole · (2k − 2).
        const off = (BigInt(cursor.counts[j]) * whole - n * part) * (2n * live - 2n);
        if ((off < 0n ? -off : off) > whole * (2n * live - 3n)) expect.fail(`${off} at ${n} of ${weights.join(", ")}`);
      }
      cursor.next();
    }
  }
});

test("a place that is looked up is the place that is walked to", () => {
  const random = createRandom("seek");
  for (let trial = 0; trial < 300; trial++) {
    const order = createTierOrder(randomWeights(random));
    const start = trial % 3 === 0 ? Math.floor(random() * 1e14) : random.int(200);
    const walked = order.from(start);
    for (let i = 0; i < 500; i++) walked.next();
    const found = order.from(start + 500);
    expect(found.counts).toEqual(walked.counts);
    expect(Array.from({length: 50}, () => found.next())).toEqual(Array.from({length: 50}, () => walked.next()));
  }
});

test("shares are read to the last bit, and scale does not matter", () => {
  expect(exactShares([0.5, 0.25, 0.25])).toEqual({parts: [2n, 1n, 1n], whole: 4n});
  expect(exactShares([1 / 3, 1 / 3, 1 / 3])).toEqual({parts: [1n, 1n, 1n], whole: 3n});
  // 0.1 is 3602879701896397 / 2^55.
  expect(exactShares([0.1, 0.5])).toEqual({parts: [3602879701896397n, 18014398509481984n], whole: 21617278211378381n});
  expect(take([3, 2, 5], 30)).toEqual(take([3 * 2 ** -900, 2 * 2 ** -900, 5 * 2 ** -900], 30));
});

test("weights that give no order are refused", () => {
  expect(() => createTierOrder([0.5, NaN])).toThrow("expected weights of at least 0, got NaN");
  expect(() => createTierOrder([0.5, -0.1])).toThrow("got -0.1");
  expect(() => createTierOrder([0, 0])).toThrow("expected weights with a positive sum, got 0");
  expect(() => createTierOrder([1, 1e-8])).toThrow("expected shares of 0 or of at least 1e-7, got 1.00e-8");
  expect(() => createTierOrder([1]).from(-1)).toThrow("got -1");
});
