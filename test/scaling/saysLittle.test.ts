import {expect, test} from "vitest";
import {saysLittle} from "../../lib/scaling/saysLittle.js";

const y = [0.31, 0.36, 0.41];

test("a coefficient in units of the target is known to some ranges of it, or not identified", () => {
  const asymptote = {unit: "target", scale: "linear"} as const;
  expect(saysLittle(asymptote, [-4, 5.9], y)).toBe("");
  expect(saysLittle(asymptote, [-4, 6.1], y)).toMatch(/100 times the range/);
  expect(saysLittle({...asymptote, unit: "1"}, [-4, 6.1], y)).toBe("");
  // Nothing that was measured varies: there is no range to compare with.
  expect(saysLittle(asymptote, [-4, 6.1], [1, 1])).toBe("");
});

test("a coefficient that multiplies is known to three decades, or not identified", () => {
  const scale = {unit: "target · tokens^beta", scale: "log"} as const;
  expect(saysLittle(scale, [10, 9999], y)).toBe("");
  expect(saysLittle(scale, [10, 10001], y)).toMatch(/three decades/);
  expect(saysLittle(scale, [0, 1], y)).toMatch(/three decades/);
});
