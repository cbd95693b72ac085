import {expect, test} from "vitest";
import {lawOf} from "../../lib/scaling/laws.js";
import {canRead, rowOf, tierNames} from "../../lib/scaling/rows.js";

test("one share stands for human and synthetic text where a law reads shares", () => {
  expect([...rowOf(lawOf("tier"), {d: 10, share: 0.25})]).toEqual([Infinity, 10, 0.75, 0.25, Infinity, Infinity]);
  expect(tierNames(lawOf("tier"), ["synthetic_share"])).toEqual(["human", "synthetic"]);
});

test("runs without shares are of one tier, whose supply is their distinct tokens", () => {
  expect([...rowOf(lawOf("tier"), {n: 2, d: 10, u: 5})]).toEqual([2, 10, 1, 5]);
  expect(tierNames(lawOf("tier"), [])).toEqual(["all"]);
  expect(canRead(lawOf("tier"), new Set(["n", "d", "u"]))).toBe(true);
  expect(canRead(lawOf("tier"), new Set(["n", "d"]))).toBe(false);
  expect(canRead(lawOf("tier-collapse"), new Set(["n", "d", "u"]))).toBe(false);
});

test("a law refuses runs that lack what it must read", () => {
  expect(() => rowOf(lawOf("chinchilla"), {n: 1})).toThrow(
    new RangeError("chinchilla: expected runs with d, got none")
  );
  expect(() => rowOf(lawOf("mix-linear"), {n: 1, u: 1})).toThrow("expected runs with shares");
});
