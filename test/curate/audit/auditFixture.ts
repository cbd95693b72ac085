import {sequence} from "../../../lib/curate/audit/sequence.js";
import {sha256} from "../../../lib/io/sha256.js";
import type {AuditLabel, AuditPlan, AuditRule, AuditStratum} from "../../../lib/schema/audit.js";

export const zeroDefect: AuditRule = {plan: "zero-defect", defects: 0.1, confidence: 0.95};
export const hash = sha256("plan");

/** A plan over strata by id; those of which the id begins with "disagreement" are apart. */
export function planOf(
  sizes: Readonly<Record<string, readonly [size: number, chosen: number]>>,
  {
    rule = zeroDefect,
    double = 0,
    seed = 1,
    first = Infinity
  }: {rule?: AuditRule; double?: number; seed?: number; first?: number} = {}
): AuditPlan {
  const strata = Object.entries(sizes).map(([id, [size, chosen]]): AuditStratum => {
    const disagreement = id.startsWith("disagreement");
    return {
      id,
      tier: "T2",
      generator: disagreement ? "" : "g",
      domain: disagreement ? "" : "d",
      disagreement,
      size,
      chosen
    };
  });
  const drawn = strata.flatMap(({id: stratum, chosen}) =>
    Array.from({length: chosen}, (_, i) => ({
      id: sha256(`${stratum} ${i}`),
      origin: `${stratum}/${i}`,
      stratum,
      rank: i + 1
    }))
  );
  const labellers = ["anna", "ben"];
  const samples = sequence(drawn, new Map(strata.map((one) => [one.id, one])), {seed, double, labellers, first});
  const rows = strata.reduce((sum, {size}) => sum + size, 0);
  return {
    version: 1,
    dataset: "made",
    frame: {sha256: sha256("frame"), rows},
    seed,
    rule,
    votes: true,
    strata,
    labellers,
    reasons: ["wrong-answer", "other"],
    samples
  };
}

/** Everybody's label on every sample that they were given: accepted, unless `bad` says otherwise. */
export function labelsOf(
  plan: AuditPlan,
  bad: (sample: AuditPlan["samples"][number], labeller: string) => boolean = () => false
): AuditLabel[] {
  return plan.samples.flatMap((sample) =>
    sample.labellers.map((labeller): AuditLabel => {
      const defect = bad(sample, labeller);
      return {
        plan: hash,
        id: sample.id,
        labeller,
        label: defect ? "defect" : "accept",
        reason: defect ? "wrong-answer" : "",
        note: "",
        at: ""
      };
    })
  );
}
