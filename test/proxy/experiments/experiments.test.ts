import {describe, expect, it} from "vitest";
import {cellsOf, runCell, sortRuns} from "../../../lib/proxy/experiments/experiments.js";
import type {Texts} from "../../../lib/proxy/texts.js";
import {simplexLattice} from "../../../lib/proxy/simplex.js";
import {ProxyRecipe} from "../../../lib/schema/proxyRecipe.js";
import {Run} from "../../../lib/schema/run.js";
import {createRandom} from "../../../lib/text/random.js";

const vocabSize = 50;

/** Passages of a language in which a token leans on the one before it. */
function passages(name: string, count: number): Uint16Array[] {
  const random = createRandom("language", name);
  return Array.from({length: count}, () => {
    const out = new Uint16Array(32);
    for (let i = 0; i < out.length; i++)
      out[i] = i > 0 && random() < 0.5 ? (out[i - 1] * 7 + 3) % vocabSize : Math.floor(vocabSize * random() ** 2);
    return out;
  });
}

const texts: Texts = {
  vocabSize,
  tokenizer: "f".repeat(64),
  bytes: new Uint8Array(vocabSize).fill(2),
  human: passages("human", 400),
  heldOut: {bpb_dev: passages("dev", 30), bpb_test: passages("test", 30)},
  tiers: {
    T0: {passages: passages("T0", 120), generated: 0},
    T1: {passages: passages("T1", 60), generated: 0.1},
    T3: {passages: passages("T3", 200), generated: 1}
  }
};

const recipe = ProxyRecipe.parse({
  name: "tiny",
  passage: 32,
  share: {
    seeds: 2,
    order: 3,
    budget: 4000,
    supplies: [1000, 3000],
    shares: [0, 0.5, 0.97],
    generators: ["teacher", "self"],
    teacher: {order: 2, tokens: 4000}
  },
  generations: {
    seeds: 2,
    order: 3,
    budget: 3000,
    generations: 2,
    anchor: 0.4,
    arms: ["replace", "replace+anchor", "accumulate", "accumulate+anchor", "anchor-only"]
  },
  arithmetic: {seeds: 2, budget: 600, supply: 200, heldOut: 50, shares: [0, 0.5], drafts: 500, leak: 0.1},
  rounds: {seeds: 2, supply: 200, heldOut: 50, drafts: 200, rounds: 2, leak: 0.1},
  prose: {
    seeds: 2,
    order: 3,
    budget: 3000,
    supply: 1500,
    shares: [0.5],
    keep: 0.5,
    teacher: {order: 2, tokens: 3000},
    critic: {tokens: 1500}
  },
  tiers: {seeds: 2, order: 3, budget: 4000, supply: 2000, steps: 2}
});

const cells = cellsOf(recipe);
const run = (order: typeof cells) => sortRuns(order.flatMap((cell) => runCell(cell, texts, recipe)));
const runs = run(cells);
const of = (experiment: string, arm: string) => runs.filter((one) => one.experiment === experiment && one.arm === arm);

describe("the experiments", () => {
  it("come seed by seed", () => {
    const seeds = cells.map(({seed}) => seed);
    expect(seeds).toEqual([...seeds].sort((a, b) => a - b));
    expect(new Set(seeds)).toEqual(new Set([1, 2]));
  });

  it("give runs by the schema, with shares that sum to 1", () => {
    for (const one of runs) {
      Run.parse(one);
      const sum = one.share_T0 + one.share_T1 + one.share_T2 + one.share_T3;
      expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
      for (const value of Object.values(one.benchmarks)) expect(Number.isFinite(value)).toBe(true);
    }
  });

  it("give the same runs in whatever order their cells are run", () => {
    expect(run([...cells].reverse())).toEqual(runs);
  });

  it("draw another corpus with another seed, and the same one for every arm", () => {
    const [one, two] = of("share", "teacher/supply=1000").filter(({synthetic_share}) => synthetic_share === 0);
    expect(one.benchmarks).not.toEqual(two.benchmarks);
    for (const supply of [1000, 3000]) {
      const none = (generator: string) =>
        of("share", `${generator}/supply=${supply}`).filter(({synthetic_share}) => synthetic_share === 0);
      expect(none("self").map(({benchmarks}) => benchmarks)).toEqual(none("teacher").map(({benchmarks}) => benchmarks));
    }
  });

  it("start every line of self-training from the same model, but for the control", () => {
    const first = (arm: string) => of("generations", arm).filter(({generation}) => generation === 0);
    for (const arm of ["replace+anchor", "accumulate", "accumulate+anchor"])
      expect(first(arm).map(({benchmarks}) => benchmarks.bpb_test)).toEqual(
        first("replace").map(({benchmarks}) => benchmarks.bpb_test)
      );
    expect(first("anchor-only")[0].benchmarks.bpb_test).toBeGreaterThan(first("replace")[0].benchmarks.bpb_test);
  });

  it("hold the anchor at its share, and let the budget grow where text accumulates", () => {
    const last = (arm: string) => of("generations", arm).filter(({generation}) => generation === 2)[0];
    expect(last("replace")).toMatchObject({share_T0: 0, tokens: 3000});
    expect(last("replace+anchor")).toMatchObject({share_T0: 0.4, tokens: 3000});
    expect(last("accumulate").share_T0).toBeCloseTo(1 / 3, 12);
    expect(last("accumulate+anchor")).toMatchObject({share_T0: 0.4, tokens: 9000});
    expect(last("anchor-only")).toMatchObject({share_T0: 1, tokens: 3000});
  });

  it("measure the control's one model alike in every generation", () => {
    for (const seed of [1, 2]) {
      const values = of("generations", "anchor-only").filter((one) => one.seed === seed);
      expect(new Set(values.map(({benchmarks}) => benchmarks.bpb_test)).size).toBe(1);
    }
  });

  it("put verified facts in T2 and unverified ones in T3", () => {
    const half = (arm: string) => of("verification", arm).filter(({synthetic_share}) => synthetic_share === 0.5)[0];
    expect(half("arithmetic/verified").share_T2).toBe(0.5);
    expect(half("arithmetic/unverified").share_T3).toBe(0.5);
    expect(half("prose/critic").share_T2).toBe(0.5);
    expect(half("prose/none").share_T3).toBe(0.5);
  });

  it("try every mix of the tiers that are there, and the natural ones", () => {
    const arms = [...new Set(runs.filter(({experiment}) => experiment === "tiers").map(({arm}) => arm))];
    expect(arms).toHaveLength(simplexLattice(3, 2).length + 2);
    const [natural] = of("tiers", "natural");
    expect([natural.share_T0, natural.share_T1, natural.share_T2, natural.share_T3]).toEqual([
      120 / 380,
      60 / 380,
      0,
      200 / 380
    ]);
    expect(natural.synthetic_share).toBeCloseTo((0.1 * 60 + 200) / 380, 12);
    expect(of("tiers", "drop-T3")[0].share_T3).toBe(0);
  });

  it("shrink token counts where there is less human text than asked for", () => {
    const short = {...texts, human: texts.human.slice(0, 110)};
    const cell = cells.find(({experiment}) => experiment === "share")!;
    const factor = (110 * 32) / 7000;
    for (const one of runCell(cell, short, recipe)) expect(one.tokens).toBe(Math.floor(4000 * factor));
  });
});

describe("the simplex lattice", () => {
  it("holds every mix once", () => {
    // Compositions of 5 into 4 parts: binomial(8, 3).
    const mixes = simplexLattice(4, 5);
    expect(mixes).toHaveLength(56);
    expect(new Set(mixes.map(String)).size).toBe(56);
    for (const mix of mixes) expect(Math.abs(mix.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-12);
    expect(simplexLattice(1, 5)).toEqual([[1]]);
  });
});
