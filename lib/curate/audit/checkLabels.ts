import {AuditLabel, type AuditPlan} from "../../schema/audit.js";

/** Labels that belong to a plan, each person's word on each sample once. */
export interface CheckedLabels {
  labels: AuditLabel[];
  /** lines that say again what the same person has said */
  repeated: number;
}

/**
 * Checks labels against the plan that they were given for.
 *
 * @param rows with the place of each for errors, e.g. "labels.jsonl:7"
 * @param hash of the plan
 * @throws TypeError for a label of another plan, of a sample or a person that is not in it, and where one person says two
 *   things of one sample
 */
export function checkLabels(
  rows: Iterable<{at: string; value: unknown}>,
  plan: AuditPlan,
  hash: string
): CheckedLabels {
  const samples = new Map(plan.samples.map((sample) => [sample.id, sample]));
  const said = new Map<string, {at: string; label: AuditLabel}>();
  let repeated = 0;
  for (const {at, value} of rows) {
    const {data: label, error} = AuditLabel.safeParse(value);
    if (label === undefined) {
      const [{path, message}] = error.issues;
      throw new TypeError(`${at}: ${path.join(".") || "label"}: ${message}`);
    }
    if (label.plan !== hash)
      throw new TypeError(`${at}: plan: expected ${short(hash)}, the plan's sha256, got ${short(label.plan)}`);
    const sample = samples.get(label.id);
    if (sample === undefined) throw new TypeError(`${at}: id: expected a sample of the plan, got ${short(label.id)}`);
    if (!sample.labellers.includes(label.labeller))
      throw new TypeError(
        `${at}: labeller: expected ${sample.labellers.join(" or ")}, who was given ${short(label.id)}, got ${label.labeller}`
      );
    if (label.label === "defect" && !plan.reasons.includes(label.reason))
      throw new TypeError(
        `${at}: reason: expected one of ${plan.reasons.join(", ")}, got ${JSON.stringify(label.reason)}`
      );
    if (label.label !== "defect" && label.reason !== "")
      throw new TypeError(`${at}: reason: expected none for ${label.label}, got ${label.reason}`);
    const key = `${label.labeller} ${label.id}`;
    const before = said.get(key);
    if (before === undefined) said.set(key, {at, label});
    else if (before.label.label === label.label && before.label.reason === label.reason) repeated++;
    else
      throw new TypeError(
        `${at}: label: expected one word of ${label.labeller} on ${short(label.id)}, got ${words(label)} after ${words(before.label)} at ${before.at}`
      );
  }
  return {labels: [...said.values()].map(({label}) => label), repeated};
}

function short(hash: string): string {
  return `${hash.slice(0, 12)}…`;
}

function words({label, reason}: AuditLabel): string {
  return reason === "" ? label : `${label} (${reason})`;
}
