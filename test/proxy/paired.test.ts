import {describe, expect, it} from "vitest";
import {gridBest, pairedDifference} from "../../lib/proxy/paired.js";
import type {Run} from "../../lib/schema/run.js";

const run = (seed: number, share: number, value: number): Run => ({
  experiment: "share",
  arm: "a",
  seed,
  generation: null,
  tokens: 1,
  supply: 1,
  share_T0: 1 - share,
  share_T1: 0,
  share_T2: 0,
  share_T3: share,
  synthetic_share: share,
  tokenizer: "",
  benchmarks: {bpb: value}
});

describe("paired differences", () => {
  it("take what is common to a seed out of the spread", () => {
    // Differences .1, .2, .3: mean .2, SD .1; t(.975, 2) = 4.3027, so half the interval is 4.3027 × .1 / √3 = .24841.
    const a = [run(1, 1, 1.1), run(2, 1, 5.2), run(3, 1, 9.3)];
    const b = [run(3, 0, 9), run(1, 0, 1), run(2, 0, 5), run(4, 0, 100)];
    const found = pairedDifference(a, b, "bpb");
    expect(found.n).toBe(3);
    expect(found.mean).toBeCloseTo(0.2, 10);
    expect(found.sd).toBeCloseTo(0.1, 10);
    expect(found.interval![0]).toBeCloseTo(0.2 - 0.24841, 4);
    expect(found.interval![1]).toBeCloseTo(0.2 + 0.24841, 4);
  });

  it("have no spread with a single pair", () => {
    expect(pairedDifference([run(1, 1, 3)], [run(1, 0, 1)], "bpb")).toEqual({mean: 2, interval: null, sd: null, n: 1});
  });

  it("refuse seeds that never meet, or come twice", () => {
    expect(() => pairedDifference([run(1, 1, 1)], [run(2, 0, 1)], "bpb")).toThrow("got none");
    expect(() => pairedDifference([run(1, 1, 1), run(1, 1, 1)], [run(1, 0, 1)], "bpb")).toThrow("seed 1 twice");
  });
});

describe("the best of a grid", () => {
  const runs = [run(1, 0, 3), run(2, 0, 4), run(1, 0.5, 2), run(2, 0.5, 2.5), run(1, 1, 2.5), run(2, 1, 3.5)];
  const condition = ({synthetic_share}: Run) => String(synthetic_share);

  it("is the measured condition with the best mean, others beside it in paired differences", () => {
    const points = gridBest(runs, "bpb", {condition});
    expect(points.map(({key, best}) => [key, best])).toEqual([
      ["0", false],
      ["0.5", true],
      ["1", false]
    ]);
    expect(points.map(({difference}) => difference.mean)).toEqual([1.25, 0, 0.75]);
  });

  it("is the greatest where more is better", () => {
    expect(gridBest(runs, "bpb", {condition, lowerIsBetter: false}).find(({best}) => best)?.key).toBe("0");
  });
});
