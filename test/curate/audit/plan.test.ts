import {expect, test} from "vitest";
import {allocate} from "../../../lib/curate/audit/allocate.js";
import {sprt} from "../../../lib/stats/sprt.js";
import {createRandom} from "../../../lib/text/random.js";
import {planOf} from "./auditFixture.js";

const rule = {plan: "zero-defect", defects: 0.01, confidence: 0.95} as const;

test("strata are drawn in proportion with a floor, small ones whole, those of disagreement all or at most so many", () => {
  const strata = [
    {id: "large", size: 9000, disagreement: false},
    {id: "small", size: 100, disagreement: false},
    {id: "tiny", size: 3, disagreement: false},
    {id: "apart", size: 40, disagreement: true},
    {id: "apart too", size: 10, disagreement: true}
  ];
  const chosen = allocate(strata, rule, {floor: 5, disagreements: Infinity});
  // 92 defects are 1 % of 9,103: 1 − 0.05^(1 / 92) = 3.2 % of every stratum.
  expect(Object.fromEntries(chosen)).toEqual({large: 289, small: 5, tiny: 3, apart: 40, "apart too": 10});
  const few = allocate(strata, rule, {floor: 5, disagreements: 20});
  expect([few.get("apart"), few.get("apart too")]).toEqual([16, 4]);
});

test("however defects lie over strata, all of them are missed with the stated probability at most", () => {
  const random = createRandom("worst");
  const logChoose = (n: number, k: number) => {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += Math.log((n - i) / (k - i));
    return sum;
  };
  for (let s = 0; s < 200; s++) {
    const strata = Array.from({length: 1 + random.int(6)}, (_, i) => ({
      id: String(i),
      size: 5 + random.int(300),
      disagreement: false
    }));
    const chosen = allocate(strata, {...rule, defects: 0.05}, {floor: 0, disagreements: 0});
    const total = strata.reduce((sum, {size}) => sum + size, 0);
    const bad = new Map<string, number>();
    for (let left = Math.max(1, Math.ceil(0.05 * total - 1e-9)); left > 0;) {
      const {id, size} = random.pick(strata);
      if ((bad.get(id) ?? 0) < size) {
        bad.set(id, (bad.get(id) ?? 0) + 1);
        left--;
      }
    }
    let missed = 0;
    for (const {id, size} of strata) {
      const [d, n] = [bad.get(id) ?? 0, chosen.get(id)!];
      missed += size - d < n ? -Infinity : logChoose(size - d, n) - logChoose(size, n);
    }
    expect(Math.exp(missed)).toBeLessThanOrEqual(0.05 + 1e-9);
  }
});

test("every beginning of the order holds each stratum's share within an item", () => {
  const {samples} = planOf({a: [300, 60], b: [200, 40], c: [50, 10]});
  const seen: Record<string, number> = {};
  for (const [i, {stratum, place}] of samples.entries()) {
    seen[stratum] = (seen[stratum] ?? 0) + 1;
    expect(place).toBe(i + 1);
    for (const [id, chosen] of [["a", 60], ["b", 40], ["c", 10]] as const) expect(Math.abs((seen[id] ?? 0) - ((i + 1) * chosen) / 110)).toBeLessThan(3); // prettier-ignore
  }
});

test("where judges disagree, samples come before a test may stop, and have no place in it", () => {
  const spec = {p0: 0.01, p1: 0.05, alpha: 0.05, beta: 0.05};
  const first = Math.ceil(sprt(spec).acceptBelow / sprt(spec).slope);
  const {samples} = planOf(
    {a: [5000, 400], "disagreement/T2": [20, 20]},
    {rule: {plan: "sprt", ...spec, most: 400}, first}
  );
  const apart = samples.filter(({place}) => place === null);
  expect(apart.map(({stratum}) => stratum)).toEqual(Array(20).fill("disagreement/T2"));
  const after = samples.slice(0, samples.indexOf(apart.at(-1)!)).filter(({place}) => place !== null).length;
  expect(after).toBeLessThanOrEqual(first);
});

test("a share is looked at by two, and nobody else knows which; the same seed gives the same order", () => {
  const plan = planOf({a: [300, 60], b: [200, 40]}, {double: 0.15});
  expect(plan.samples.filter(({labellers}) => labellers.length === 2)).toHaveLength(15);
  expect(plan.samples.every(({labellers}) => labellers[0] === "anna")).toBe(true);
  expect(planOf({a: [300, 60], b: [200, 40]}, {double: 0.15})).toEqual(plan);
  expect(planOf({a: [300, 60], b: [200, 40]}, {double: 0.15, seed: 2}).samples).not.toEqual(plan.samples);
});
