import {expect, test} from "vitest";
import type {Rule} from "../../lib/mix/rules.js";
import {schedule, type Phase} from "../../lib/mix/schedule.js";
import {createRandom, type Random} from "../../lib/text/random.js";

const plan = {T0: 0.15, T1: 0.2, T2: 0.45, T3: 0.2};
const anchor: Rule = {rule: "anchor", statement: "T0 + T1 ≥ 0.30", a: [1, 1, 0, 0], sense: "≥", bound: 0.3};

const average = (phases: readonly Phase[], tier: string) =>
  phases.reduce((sum, {from, to, weights}) => sum + (to - from) * weights[tier], 0);

test("anchors rise from phase to phase by the strength, the others make room in proportion", () => {
  const phases = schedule(plan);
  expect(phases.map(({from, to}) => [from, to])).toEqual([
    [0, 0.6],
    [0.6, 0.9],
    [0.9, 1]
  ]);
  // Clock 0, 1/2, 1 with the mean .25; half of T0's .15 from the first phase to the last: .15 − .25 · .075, and so on.
  phases.forEach(({weights}, p) => expect(weights.T0).toBeCloseTo(0.15 + (p / 2 - 0.25) * 0.075, 12));
  phases.forEach(({weights}) => expect(weights.T2 / weights.T3).toBeCloseTo(0.45 / 0.2, 10));
  expect(phases[2].note).toContain("prior belief");
});

test("a small anchor that is read more than once rises twice as much, and tokens and epochs are told", () => {
  const phases = schedule(plan, {tokens: 1e9, supply: {T0: 5e7, T1: 1e9}});
  const rise = (tier: "T0" | "T1") => (phases[2].weights[tier] - phases[0].weights[tier]) / plan[tier];
  expect(rise("T0")).toBeCloseTo(1, 10);
  expect(rise("T1")).toBeCloseTo(0.5, 10);
  expect(phases.reduce((sum, {epochs}) => sum + epochs!.T0, 0)).toBeCloseTo(3, 10);
  expect(phases.reduce((sum, {tokens}) => sum + tokens!.T2, 0)).toBeCloseTo(4.5e8, 2);
  expect(phases[0].tokens!.T1).toBeCloseTo(6e8 * phases[0].weights.T1, 2);
});

function randomCase(random: Random) {
  const k = 2 + random.int(8);
  const tiers = Array.from({length: k}, (_, j) => (j < 4 ? `T${j}` : `code/T${j - 4}`));
  const draws = tiers.map(() => (random() < 0.1 ? 0 : -Math.log(1 - random())));
  draws[k - 1] += 0.01;
  const sum = draws.reduce((a, b) => a + b, 0);
  const mean = draws.map((v) => v / sum);
  const rules = Array.from({length: random.int(6)}, (_, r): Rule => {
    const a = tiers.map((__, j) =>
      r % 3 === 0 ? Number(j === random.int(k)) : r % 3 === 1 ? random.int(2) : random.normal()
    );
    const value = a.reduce((s, v, j) => s + v * mean[j], 0);
    const room = random() < 0.3 ? 0 : 0.1 * random();
    return random() < 0.5
      ? {rule: `r${r}`, statement: `row ${r} at most`, a, sense: "≤", bound: value + room}
      : {rule: `r${r}`, statement: `row ${r} at least`, a, sense: "≥", bound: value - room};
  });
  const count = 1 + random.int(5);
  const cuts = Array.from({length: count - 1}, () => 0.02 + 0.96 * random()).sort((a, b) => a - b);
  return {tiers, mean, rules, ends: [...new Set(cuts), 1], strength: 2 * random()};
}

test("for random mixes, rules and phases: the average is the mix, every rule holds, anchors never fall", () => {
  const random = createRandom("schedule");
  let risen = 0;
  for (let trial = 0; trial < 1500; trial++) {
    const {tiers, mean, rules, ends, strength} = randomCase(random);
    const weights = Object.fromEntries(tiers.map((tier, j) => [tier, mean[j]]));
    const phases = schedule(weights, {rules, ends, strength});
    expect(phases[0].from).toBe(0);
    expect(phases[phases.length - 1].to).toBe(1);
    if (phases.length > 1) risen++;
    for (const [j, tier] of tiers.entries()) expect(Math.abs(average(phases, tier) - mean[j])).toBeLessThan(1e-14);
    for (const [p, phase] of phases.entries()) {
      const w = tiers.map((tier) => phase.weights[tier]);
      expect(w.every((v) => v >= 0)).toBe(true);
      expect(Math.abs(w.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-14);
      for (const {a, sense, bound} of rules) {
        const value = a.reduce((s, v, j) => s + v * w[j], 0);
        // The plan itself is held to a slack of 1e-7; phases add at most 1e-12 of room and rounding.
        expect(sense === "≤" ? value - bound : bound - value).toBeLessThan(1e-11);
      }
      if (p > 0)
        for (const [j, tier] of tiers.entries())
          if (/T[01]$/.test(tier)) expect(w[j]).toBeGreaterThanOrEqual(phases[p - 1].weights[tier] - 1e-15);
    }
  }
  expect(risen).toBeGreaterThan(300);
});

test("a rule that leaves the anchors no room gives one phase that says why", () => {
  const phases = schedule({T0: 0.1, T1: 0.2, T2: 0.5, T3: 0.2}, {rules: [anchor]});
  expect(phases).toHaveLength(1);
  expect(phases[0].weights).toEqual({T0: 0.1, T1: 0.2, T2: 0.5, T3: 0.2});
  expect(phases[0].note).toContain("on the bound of T0 + T1 ≥ 0.30");
  expect(schedule({T2: 0.5, T3: 0.5})[0].note).toContain("none of the tiers that would come late");
  expect(schedule({T0: 0.5, T1: 0.5})[0].note).toContain("every tier of the mix is an anchor");
  expect(schedule(plan, {strength: 0})).toHaveLength(1);
});

test("a rule that binds in the first phase only slows the rise", () => {
  // .35 of anchors with at least .30 in the first phase: with the clock's mean of .25 the rise is .05 / .25 = .2 at most.
  const phases = schedule(plan, {rules: [anchor], strength: 2});
  const sum = (p: number) => phases[p].weights.T0 + phases[p].weights.T1;
  expect(sum(0)).toBeCloseTo(0.3, 10);
  expect(sum(2)).toBeCloseTo(0.5, 10);
});

test("weights that break a rule or a cap, and phases that are none, are refused", () => {
  expect(() => schedule({T0: 0.1, T1: 0.1, T2: 0.5, T3: 0.3}, {rules: [anchor]})).toThrow(
    "expected T0 + T1 ≥ 0.30, missed by 0.100 (anchor)"
  );
  expect(() => schedule(plan, {tokens: 1e9, supply: {T0: 1e7}, repetition: 4})).toThrow(
    "expected at most 4 epochs over T0, got 15.00"
  );
  expect(() => schedule({...plan, T3: 0.3})).toThrow("expected shares that sum to 1, got 1.1");
  expect(() => schedule({...plan, T3: NaN})).toThrow("weights.T3: expected a share from 0 to 1, got NaN");
  expect(() => schedule(plan, {ends: [0.6, 0.5, 1]})).toThrow(
    "ends: expected fractions that rise to 1, got 0.6, 0.5, 1"
  );
  expect(() => schedule(plan, {supply: {T9: 1}})).toThrow("supply: expected one of T0, T1, T2, T3, got T9");
});
