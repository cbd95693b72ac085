import type {AuditLabel, AuditPlan} from "../../schema/audit.js";

/** What became of a drawn sample: null until everybody who was to look at it has, unless somebody saw a defect. */
export interface Looked {
  sample: AuditPlan["samples"][number];
  labels: readonly AuditLabel[];
  word: "accept" | "defect" | null;
}

/** The word on each sample of a plan, in its order: a defect where one person says so, whatever another says. */
export function lookedAt(plan: Pick<AuditPlan, "samples">, labels: readonly AuditLabel[]): Looked[] {
  const byId = new Map<string, AuditLabel[]>();
  for (const label of labels) {
    const of = byId.get(label.id);
    if (of === undefined) byId.set(label.id, [label]);
    else of.push(label);
  }
  return plan.samples.map((sample) => {
    const of = byId.get(sample.id) ?? [];
    const all = sample.labellers.every((name) => of.some(({labeller}) => labeller === name));
    const defect = of.some(({label}) => label === "defect");
    const accepted = all && of.some(({label}) => label === "accept");
    return {sample, labels: of, word: defect ? "defect" : accepted ? "accept" : null};
  });
}
