import {expect, test} from "vitest";
import type {Draw} from "../../lib/mix/rankCursor.js";
import {createSampler, type Sampler} from "../../lib/mix/sampler.js";
import type {Shard} from "../../lib/mix/tierShards.js";
import {createRandom} from "../../lib/text/random.js";

const shards: Shard[] = [
  {tier: "T0", path: "a/0", rows: 30, tokens: 3000},
  {tier: "T0", path: "a/1", rows: 11, tokens: 1100},
  {tier: "T1", path: "b/0", rows: 200, tokens: 40_000},
  {tier: "T2", path: "c/0", rows: 5000, tokens: 2_500_000},
  {tier: "T2", path: "c/1", rows: 0, tokens: 0},
  {tier: "T2", path: "c/2", rows: 1, tokens: 500},
  {tier: "T3", path: "d/0", rows: 700, tokens: 70_000}
];
const mix = {T0: 0.1, T1: 0.2, T2: 0.45, T3: 0.25};
const phases = [
  {from: 0, to: 0.6, weights: {T0: 0.05, T1: 0.15, T2: 0.5, T3: 0.3}},
  {from: 0.6, to: 0.9, weights: {T0: 0.15, T1: 0.25, T2: 0.4, T3: 0.2}},
  {from: 0.9, to: 1, weights: {T0: 0.25, T1: 0.35, T2: 0.3, T3: 0.1}}
];

const first = (sampler: Sampler, n: number) => {
  const cursor = sampler.cursor();
  return Array.from({length: n}, () => cursor.next()!);
};
const name = ({shard, row, epoch}: Draw) => `${shard.path}:${row}:${epoch}`;

test("every sample of a tier comes once before any comes again, from the shard that holds it", () => {
  const draws = first(createSampler(shards, mix, {unit: "samples"}), 3000);
  for (const {tier, shard, row} of draws) {
    expect(shard.tier).toBe(tier);
    expect(row >= 0 && row < shard.rows).toBe(true);
  }
  for (const [tier, rows] of [["T0", 41] as const, ["T1", 200] as const, ["T3", 700] as const]) {
    const own = draws.filter((draw) => draw.tier === tier);
    expect(new Set(own.map(name)).size).toBe(own.length);
    own.forEach(({epoch}, i) => expect(epoch).toBe(Math.floor(i / rows)));
    expect(new Set(own.slice(0, rows).map(({shard, row}) => `${shard.path}:${row}`)).size).toBe(
      Math.min(rows, own.length)
    );
  }
});

test("ranks together make the global order, for 1 to 17 ranks and one number of draws each", () => {
  for (const group of [1, 4]) {
    const sampler = createSampler(shards, phases, {draws: 1200, group, seed: "ranks"});
    const whole = [...sampler.cursor()];
    expect(whole.map(({position}) => position)).toEqual(whole.map((_, i) => i));
    for (let ranks = 1; ranks <= 17; ranks++) {
      const merged = Array.from({length: ranks}, (_, rank) => [...sampler.cursor({rank, ranks})]).flat();
      expect(merged.sort((a, b) => a.position - b.position)).toEqual(whole);
    }
  }
});

test("a draw that is looked up is the one that is walked to, over phases and epochs", () => {
  for (const group of [1, 3]) {
    const sampler = createSampler(shards, phases, {draws: 3000, group});
    for (const [i, draw] of [...sampler.cursor()].entries()) if (i % 7 === 0) expect(sampler.at(i)).toEqual(draw);
  }
});

test("a resumed run is the run that was never stopped, also with other ranks", () => {
  const random = createRandom("resume");
  for (const group of [1, 5]) {
    const options = {draws: 6000, group, seed: 7};
    const whole = [...createSampler(shards, phases, options).cursor()];
    const made: Draw[] = [];
    let state = 0;
    while (state < 6000) {
      const sampler = createSampler([...shards].reverse(), phases, options);
      const ranks = 1 + random.int(9);
      const each = group * (1 + random.int(60));
      const cursors = Array.from({length: ranks}, (_, rank) => sampler.cursor({from: state, rank, ranks}));
      for (const cursor of cursors)
        for (let i = 0; i < each; i++) {
          const draw = cursor.next();
          if (draw !== null) made.push(draw);
        }
      const states = cursors.filter((_, rank) => rank === 0 || state + ranks * each <= 6000).map((one) => one.state);
      expect(new Set(states).size).toBe(1);
      state = states[0];
    }
    expect(made.sort((a, b) => a.position - b.position)).toEqual(whole);
  }
  // One rank resumes within a group too.
  const sampler = createSampler(shards, mix, {group: 4});
  const cursor = sampler.cursor({from: 6});
  expect([cursor.next()!, cursor.next()!, cursor.next()!].map(name)).toEqual(first(sampler, 9).slice(6).map(name));
  expect(cursor.state).toBe(9);
});

test("the order of the list of shards changes nothing", () => {
  const random = createRandom("list");
  const expected = first(createSampler(shards, mix), 500).map(name);
  for (let i = 0; i < 5; i++)
    expect(first(createSampler(random.shuffle(shards), mix), 500).map(name)).toEqual(expected);
});

test("shares of tokens become shares of samples by each tier's tokens a sample", () => {
  const sampler = createSampler(shards, mix);
  // Mean tokens a row: T0 100, T1 200, T2 500, T3 100, so that shares go as .001, .001, .0009, .0025.
  const {shares} = sampler.phases[0];
  expect(shares.T0).toBeCloseTo(0.001 / 0.0054, 12);
  expect(shares.T2).toBeCloseTo(0.0009 / 0.0054, 12);
  const counts = sampler.counts(1_000_000);
  const tokens = {T0: 100 * counts.T0, T1: 200 * counts.T1, T2: 500 * counts.T2, T3: 100 * counts.T3};
  const total = Object.values(tokens).reduce((a, b) => a + b, 0);
  // Each count is within one of its share of a million draws of 185 tokens; mean tokens are those of whole shards.
  for (const tier of ["T0", "T1", "T2", "T3"] as const)
    expect(Math.abs(tokens[tier] / total - mix[tier])).toBeLessThan((2 * 500) / (1e6 * 185));
});

test("phases take their part of the run's tokens, and every prefix of each keeps its shares", () => {
  const tokens = 1_000_000;
  const sampler = createSampler(shards, phases, {tokens});
  const meanTokens = {T0: 100, T1: 200, T2: 2_500_500 / 5001, T3: 100};
  let drawn = 0;
  for (const [p, {from, to, shares}] of sampler.phases.entries()) {
    const before = sampler.counts(from);
    const after = sampler.counts(to);
    let own = 0;
    for (const tier of ["T0", "T1", "T2", "T3"] as const) own += (after[tier] - before[tier]) * meanTokens[tier];
    // Counts are within one of their share, and the ends of phases within half a draw of theirs.
    expect(Math.abs(own - tokens * (phases[p].to - phases[p].from))).toBeLessThan(900 + 2 * 500);
    drawn += own;
    const counts: Record<string, number> = {T0: 0, T1: 0, T2: 0, T3: 0};
    for (let n = from; n < to; n++) {
      counts[sampler.at(n).tier]++;
      for (const [tier, share] of Object.entries(shares))
        if (Math.abs(counts[tier] - (n - from + 1) * share) >= 1) expect.fail(`${tier} at ${n}`);
    }
  }
  expect(Math.abs(drawn - tokens)).toBeLessThan(900 + 500);
});

test("groups stay together and count as one", () => {
  const sampler = createSampler(shards, mix, {unit: "samples", group: 8, draws: 8000});
  const draws = [...sampler.cursor({rank: 1, ranks: 3})];
  for (let i = 0; i < draws.length; i += 8) {
    const group = draws.slice(i, i + 8);
    expect(new Set(group.map(name)).size).toBe(1);
    expect(group.map(({member}) => member)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  }
  expect(sampler.counts(8000)).toEqual({T0: 800, T1: 1600, T2: 3600, T3: 2000});
  expect(sampler.epochs(8000)).toEqual({T0: 100 / 41, T1: 1, T2: 450 / 5001, T3: 250 / 700});
  expect(Object.values(sampler.counts(13)).reduce((a, b) => a + b, 0)).toBe(13);
});

test("a tier that would be repeated too often stops the run before its first draw, with the longest run", () => {
  const build = (draws: number) => createSampler(shards, mix, {unit: "samples", draws, repetition: 2});
  // 2 · 41 rows of T0 are used up by about 820 draws.
  const message =
    /expected at most 2 epochs over a tier, got 2\.4\d+ over T0 \(41 rows\) in 1000 draws; (\d+) draws keep to it/;
  expect(() => build(1000)).toThrow(message);
  let longest = 0;
  try {
    build(1000);
  } catch (error) {
    longest = Number(message.exec((error as Error).message)![1]);
  }
  expect(Math.abs(longest - 820)).toBeLessThanOrEqual(10);
  expect(build(longest).counts(longest).T0).toBe(82);
  expect(() => build(longest + 1)).toThrow(`${longest} draws keep to it`);
  const open = createSampler(shards, mix, {unit: "samples", repetition: 2});
  expect(open.length).toBe(longest);
  expect([...open.cursor()].length).toBe(longest);
  expect(() => createSampler(shards, phases, {draws: 20_000, repetition: 1})).toThrow("expected at most 1 epochs");
});

test("a tier of weight 0, one tier alone, and tiers of one row", () => {
  const only = first(createSampler(shards, {T0: 0, T1: 1, T2: 0, T3: 0}), 400);
  expect(new Set(only.map(({tier}) => tier))).toEqual(new Set(["T1"]));
  expect(new Set(only.map(name)).size).toBe(400);
  const one = createSampler([{tier: "x", path: "x", rows: 1}], {x: 1}, {unit: "samples"});
  expect(first(one, 3).map(({row, epoch}) => [row, epoch])).toEqual([
    [0, 0],
    [0, 1],
    [0, 2]
  ]);
  expect(one.length).toBe(Infinity);
  expect(one.at(2 ** 53 - 2).epoch).toBe(2 ** 53 - 2);
});

test("what cannot be sampled is refused with its numbers", () => {
  const some =
    (weights: Record<string, number>, list = shards) =>
    () =>
      createSampler(list, weights, {unit: "samples"});
  expect(some({...mix, T9: 0.1})).toThrow("weights.T9: expected shards with rows for a share of 0.1, got none");
  expect(some({T0: 0.5, T1: 0.5})).toThrow("weights: expected a share for T2, got none; 0 leaves it out");
  expect(some({...mix, T3: 0.35})).toThrow("expected shares that sum to 1, got 1.1");
  expect(some({...mix, T3: NaN})).toThrow("weights.T3: expected a share from 0 to 1, got NaN");
  expect(some(mix, [...shards, shards[0]])).toThrow("expected each path once, got a/0 again");
  expect(some(mix, [{tier: "T0", path: "z", rows: 1.5}])).toThrow("z: rows: expected a whole number");
  expect(some({T0: 1}, [{tier: "T0", path: "z", rows: 0}])).toThrow("expected shards with rows");
  const bare = shards.map(({tier, path, rows}) => ({tier, path, rows}));
  expect(() => createSampler(bare, mix)).toThrow("T0: expected the tokens of its shards");
  expect(() => createSampler(shards, phases)).toThrow("expected the run's draws or tokens, to place 3 phases");
  expect(() => createSampler(shards, phases.slice(1), {draws: 10})).toThrow("phases: expected parts that follow");
  expect(() => createSampler(shards, mix, {draws: 10, group: 4})).toThrow("expected a positive multiple of the group");
  const sampler = createSampler(shards, mix, {draws: 100});
  expect(() => sampler.at(100)).toThrow("expected a position below 100, got 100");
  expect(() => sampler.cursor({rank: 3, ranks: 3})).toThrow("rank: expected 0 to 2, got 3");
});
