import {expect, test} from "vitest";
import {checkLabels} from "../../../lib/curate/audit/checkLabels.js";
import {score} from "../../../lib/curate/audit/score.js";
import {sha256} from "../../../lib/io/sha256.js";
import {AuditResult} from "../../../lib/schema/audit.js";
import {hash, labelsOf, planOf} from "./auditFixture.js";

const sizes = {"T2/g/d": [300, 30], "T2/h/d": [200, 20]} as const;

test("without a defect the plan accepts, and says what it shows", () => {
  const plan = planOf(sizes, {double: 0.2});
  const result = score(plan, labelsOf(plan), hash);
  expect(AuditResult.parse(result)).toEqual(result);
  expect(result).toMatchObject({decision: "accept", gate: {drawn: 50, looked: 50, defects: 0}, alpha: null});
  expect(result.because).toBe("of 500 samples fewer than 10 % are defects, with 95 % confidence");
  expect(result.labels).toMatchObject({all: 60, double: 10, differ: 0});
});

test("one defect refuses it, and its stratum; the others stay", () => {
  const plan = planOf(sizes);
  const [first] = plan.samples.filter(({stratum}) => stratum === "T2/h/d");
  const result = score(plan, labelsOf(plan, ({id}) => id === first.id), hash); // prettier-ignore
  expect(result.decision).toBe("reject");
  expect(result.strata.map(({id, decision}) => [id, decision])).toEqual([["T2/g/d", "accept"], ["T2/h/d", "reject"]]); // prettier-ignore
  // One of 20 in 200 of 500 samples.
  expect(result.overall!.share).toBeCloseTo((200 / 500) * (1 / 20), 12);
  expect(result.reasons).toEqual({"wrong-answer": 1});
});

test("what is not looked at by all who should, or skipped, leaves it open", () => {
  const plan = planOf(sizes, {double: 0.2});
  const labels = labelsOf(plan);
  expect(score(plan, labels.filter(({labeller}) => labeller === "anna"), hash).because).toBe("10 of 50 samples are not looked at"); // prettier-ignore
  const single = plan.samples.find(({labellers}) => labellers.length === 1)!;
  const skipped = labels.map((label) => (label.id === single.id ? {...label, label: "skip" as const} : label));
  expect(score(plan, skipped, hash)).toMatchObject({decision: "go-on", labels: {skipped: 1}});
});

test("a sample is a defect where one of two says so, and alpha tells how far they agree", () => {
  const plan = planOf(sizes, {double: 0.4});
  const twice = plan.samples.filter(({labellers}) => labellers.length === 2).map(({id}) => id);
  const bad = (id: string, labeller: string) => id === twice[0] || (id === twice[1] && labeller === "ben");
  const result = score(plan, labelsOf(plan, ({id}, labeller) => bad(id, labeller)), hash); // prettier-ignore
  expect(result.gate.defects).toBe(2);
  expect(result.labels).toMatchObject({double: 20, differ: 1});
  // 20 units of two: one differs. Expected: 3 defects and 37 accepted of 40; 1 − 39 · 2 / (2 · 3 · 37).
  expect(result.alpha).toBeCloseTo(1 - (39 * 2) / (2 * 3 * 37), 12);
});

test("where judges disagree and all was looked at, defects decide nothing but themselves", () => {
  const plan = planOf({...sizes, "disagreement/T2": [10, 10]});
  const bad = labelsOf(plan, ({stratum}) => stratum === "disagreement/T2");
  expect(score(plan, bad, hash)).toMatchObject({decision: "accept", gate: {drawn: 50, defects: 0}});
  const part = planOf({...sizes, "disagreement/T2": [100, 10]});
  const result = score(part, labelsOf(part, ({stratum}) => stratum === "disagreement/T2"), hash); // prettier-ignore
  expect(result.strata.at(-1)).toMatchObject({decision: "reject", defects: 10});
});

test("a sequential test is decided at the first line that it meets, in its order, and not by later labels", () => {
  const rule = {plan: "sprt", p0: 0.01, p1: 0.05, alpha: 0.05, beta: 0.05, most: 200} as const;
  const plan = planOf({"T2/g/d": [5000, 200]}, {rule});
  const late = labelsOf(plan, ({place}) => place! > 100);
  const result = score(plan, late, hash);
  expect(result).toMatchObject({decision: "accept", gate: {looked: 72, defects: 0}});
  expect(result.gate.sequential![1]).toBeGreaterThan(0.03);
  const early = labelsOf(plan, ({place}) => place! <= 2);
  expect(score(plan, early, hash)).toMatchObject({decision: "reject", gate: {looked: 2, defects: 2}});
  // A sample that was not looked at stops the count there.
  const gap = labelsOf(plan).filter(({id}) => id !== plan.samples[30].id);
  expect(score(plan, gap, hash)).toMatchObject({decision: "go-on", gate: {looked: 30}});
  // All that were drawn, one defect in every fiftieth, between the lines: refused.
  const between = labelsOf(plan, ({place}) => place! % 40 === 20);
  expect(score(plan, between, hash)).toMatchObject({decision: "reject", gate: {looked: 200}});
});

test("labels are checked: of this plan, of its samples, by whom they were given to, one word a person", () => {
  const plan = planOf(sizes);
  const [label] = labelsOf(plan);
  const check = (...values: unknown[]) =>
    checkLabels(
      values.map((value, i) => ({at: `labels.jsonl:${i + 1}`, value})),
      plan,
      hash
    );
  expect(check(label, label)).toEqual({labels: [label], repeated: 1});
  expect(() => check({...label, plan: sha256("other")})).toThrow("labels.jsonl:1: plan: expected");
  expect(() => check({...label, id: sha256("other")})).toThrow("id: expected a sample of the plan");
  expect(() => check({...label, labeller: "ben"})).toThrow("labeller: expected anna, who was given");
  expect(() => check({...label, label: "defect", reason: "nonsense"})).toThrow("expected one of wrong-answer, other");
  expect(() => check({...label, label: "accept", reason: "other"})).toThrow("reason: expected none for accept");
  expect(() => check(label, {...label, label: "skip"})).toThrow(
    /labels.jsonl:2: .* got skip after accept at labels.jsonl:1/
  );
  expect(() => check({...label, label: "yes"})).toThrow("labels.jsonl:1: label:");
});
