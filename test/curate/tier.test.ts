import {expect, test} from "vitest";
import {assignTier} from "../../lib/curate/tier.js";
import type {Tier} from "../../lib/schema/tier.js";
import {tiers} from "../../lib/schema/tier.js";

const word = (verifier: string, ok: boolean) => ({
  verifier,
  family: "f",
  version: "1",
  ok,
  reason: ok ? "" : "bad",
  score: null,
  detail: ok ? "" : "why",
  sandbox: ""
});
const policy = {prose: {require: ["quality"], promote: ["critic"]}, example: {require: ["tests"], promote: []}};
const sample = {ceiling: "T1" as const, tokens: 100, generated: 20, kind: "prose"};
const yes = [word("quality", true), word("critic", true)];

test("a tier is capped by origin and by the share of generated tokens", () => {
  expect(assignTier({...sample, verdicts: yes}, policy)).toEqual({tier: "T1"});
  expect(assignTier({...sample, generated: 21, verdicts: yes}, policy)).toEqual({tier: "T2"});
  expect(assignTier({...sample, ceiling: "T2", generated: 0, verdicts: yes}, policy)).toEqual({tier: "T2"});
  expect(assignTier({...sample, ceiling: "T3", generated: 0, verdicts: yes}, policy)).toEqual({tier: "T3"});
});

test("T0 needs its required verifiers alone, and no generated token", () => {
  const t0 = {...sample, ceiling: "T0" as const, generated: 0, verdicts: [word("quality", true)]};
  expect(assignTier(t0, policy)).toEqual({tier: "T0"});
  expect(assignTier({...t0, generated: 1}, policy)).toMatchObject({reason: "generated-in-t0"});
});

test("a required no rejects with the verifier's reason, a missing or doubted promotion leads to T3", () => {
  expect(assignTier({...sample, verdicts: [word("quality", false)]}, policy)).toEqual({
    reason: "quality:bad",
    detail: "why"
  });
  expect(assignTier({...sample, verdicts: [word("critic", true)]}, policy)).toMatchObject({
    reason: "quality:no-verdict"
  });
  expect(assignTier({...sample, verdicts: [word("quality", true)]}, policy)).toEqual({tier: "T3"});
  expect(assignTier({...sample, verdicts: [...yes, word("critic", false)]}, policy)).toEqual({tier: "T3"});
  expect(assignTier({...sample, kind: "example", verdicts: [word("tests", true)]}, policy)).toEqual({tier: "T3"});
});

test("a kind without a policy is refused, whatever it is called", () => {
  for (const kind of ["poem", "constructor", "__proto__"])
    expect(assignTier({...sample, kind, verdicts: yes}, policy)).toMatchObject({reason: "no-policy"});
});

test("no verdict lifts a sample above its ceiling", () => {
  for (const ceiling of tiers) {
    for (const generated of [0, 10, 50, 100]) {
      const out = assignTier({...sample, ceiling, generated, verdicts: yes}, policy);
      if ("tier" in out) expect(tiers.indexOf(out.tier)).toBeGreaterThanOrEqual(tiers.indexOf(ceiling));
    }
  }
});

test("people refuse a sample, send its stratum to T3, or let T3 be T2 where no promoting verifier said no", () => {
  const policy = {problem: {require: [], promote: ["arithmetic"]}};
  const verdict = (verifier: string, reason: string) => ({
    ...{verifier, family: "f", version: "1", ok: reason === "", reason, score: null, detail: "a detail", sandbox: ""}
  });
  const of = (ceiling: Tier, ...verdicts: ReturnType<typeof verdict>[]) =>
    assignTier({ceiling, tokens: 10, generated: 1, kind: "problem", verdicts}, policy);
  const [yes, no] = [verdict("arithmetic", ""), verdict("arithmetic", "wrong-answer")];
  const [accepted, stratum] = [verdict("audit", ""), verdict("audit", "stratum-refused")];
  expect(of("T2", yes, verdict("audit", "off-topic"))).toEqual({reason: "audit:off-topic", detail: "a detail"});
  expect(of("T2", yes, stratum)).toEqual({tier: "T3"});
  expect(of("T2", yes, accepted, stratum)).toEqual({tier: "T3"});
  expect(of("T2", accepted)).toEqual({tier: "T2"});
  expect(of("T2", no, accepted)).toEqual({tier: "T3"});
  expect(of("T3", yes, accepted)).toEqual({tier: "T3"});
  // Never into the anchor, which is for what was copied and verified.
  expect(of("T1", yes, accepted)).toEqual({tier: "T1"});
  expect(of("T1", accepted)).toEqual({tier: "T2"});
});
