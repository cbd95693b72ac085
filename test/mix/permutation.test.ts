import {expect, test} from "vitest";
import {createPermutation} from "../../lib/mix/permutation.js";

test("every order of 1 to 2,000 things, and of more, holds each of them once", () => {
  const sizes = [...Array.from({length: 2000}, (_, i) => i + 1), 4095, 4096, 4097, 4160, 4161, 65_536, 70_001, 250_000];
  for (const size of sizes) {
    const permutation = createPermutation(size, "all", size);
    for (const epoch of [0, 1]) {
      const seen = new Uint8Array(size);
      for (let i = 0; i < size; i++) seen[permutation.at(i, epoch)]++;
      if (!seen.every((times) => times === 1)) expect.fail(`not every one of ${size} once`);
    }
  }
});

test("places of very large orders are distinct, inside, and found without a table", () => {
  for (const size of [2 ** 31 + 11, 2 ** 32, 3e12 + 1, 2 ** 52]) {
    const permutation = createPermutation(size, "large");
    const found = Array.from({length: 2000}, (_, i) => permutation.at(size - 1 - i, 2 ** 40));
    expect(new Set(found).size).toBe(2000);
    expect(found.every((x) => Number.isInteger(x) && x >= 0 && x < size)).toBe(true);
    // 2,000 uniform places have a mean within 4.5 standard errors, size / √(12 · 2000), of the middle.
    const mean = found.reduce((a, b) => a + b, 0) / 2000;
    expect(Math.abs(mean - size / 2)).toBeLessThan((4.5 * size) / Math.sqrt(12 * 2000));
  }
});

test("the same seed gives the same order, another seed or epoch another", () => {
  for (const size of [100, 10_000]) {
    const order = (seed: number, epoch: number) => {
      const permutation = createPermutation(size, seed);
      return Array.from({length: 100}, (_, i) => permutation.at(i, epoch));
    };
    expect(order(1, 3)).toEqual(order(1, 3));
    expect(order(1, 3)).not.toEqual(order(2, 3));
    expect(order(1, 3)).not.toEqual(order(1, 4));
  }
});

test("neighbours are placed independently of each other", () => {
  // χ² of 20 × 20 cells of the places of two things over 40,000 epochs: under 5 standard deviations, √(2 · 399), over 399.
  for (const size of [60, 5000, 1_000_020]) {
    const permutation = createPermutation(size, "pairs");
    const cells = new Float64Array(400);
    for (let epoch = 0; epoch < 40_000; epoch++) {
      const cell = (place: number) => Math.floor((20 * permutation.at(place, epoch)) / size);
      cells[20 * cell(0) + cell(1)]++;
    }
    // Of two things one cannot stand where the other does: a cell on the diagonal has size / 20 − 1 places for the second.
    const chi = cells.reduce((sum, count, at) => {
      const same = at % 20 === Math.floor(at / 20);
      const expected = (40_000 / 20) * ((size / 20 - (same ? 1 : 0)) / (size - 1));
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    expect(chi).toBeLessThan(399 + 5 * Math.sqrt(2 * 399));
  }
});

test("a size that is none is refused", () => {
  for (const size of [0, 1.5, NaN, 2 ** 53])
    expect(() => createPermutation(size)).toThrow(`expected a size from 1 to 2^52, got ${size}`);
});
