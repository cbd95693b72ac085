import type {AuditLabel, AuditPlan, AuditResult} from "../../schema/audit.js";
import {groupBy} from "../../stats/groupBy.js";
import {horvitzThompson} from "../../stats/horvitzThompson.js";
import {krippendorff} from "../../stats/krippendorff.js";
import {votePatterns} from "../../stats/votePatterns.js";
import {wilson} from "../../stats/proportion.js";
import {createRandom} from "../../text/random.js";
import {applyGate} from "./gate.js";
import {lookedAt, type Looked} from "./looked.js";

/**
 * What labels say of a plan: the decision, the share of defects by stratum and over all, agreement of those who looked at the
 * same samples.
 *
 * Where the gate refuses, the strata in which a defect was found are refused. What it does not tell: whether people saw what
 * is wrong. A defect that all of them overlook counts as none.
 *
 * @param labels as checkLabels leaves them
 * @param hash of the plan
 */
export function score(plan: AuditPlan, labels: readonly AuditLabel[], hash: string): AuditResult {
  const looked = lookedAt(plan, labels);
  const apart = new Set(plan.strata.filter(({disagreement}) => disagreement).map(({id}) => id));
  const drawn = looked.filter(({sample}) => !apart.has(sample.stratum));
  const frame = plan.strata.reduce((sum, {size, disagreement}) => sum + (disagreement ? 0 : size), 0);
  const {decision, because, gate} = applyGate(
    plan.rule,
    drawn.map(({word}) => word),
    frame
  );
  const byStratum = groupBy(looked, ({sample}) => sample.stratum);
  const strata = plan.strata.map((stratum): AuditResult["strata"][number] => {
    const of = (byStratum.get(stratum.id) ?? []).filter(({word}) => word !== null);
    const defects = of.filter(({word}) => word === "defect").length;
    return {
      ...stratum,
      looked: of.length,
      defects,
      wilson: of.length === 0 ? null : wilson(defects, of.length),
      decision: stratumDecision(stratum, {looked: of.length, defects, decision})
    };
  });
  const overall = horvitzThompson(strata.map(({size, looked: sampled, defects}) => ({size, sampled, defects})));
  const twice = looked.map(wordsOf).filter((words) => words.length > 1);
  const agreement = krippendorff(votePatterns(twice), {random: createRandom(plan.seed, "alpha")});
  return {
    version: 1,
    plan: hash,
    ...{frame: plan.frame, seed: plan.seed, rule: plan.rule, decision, because, gate},
    overall:
      overall === null ? null : {...overall, effective: Number.isFinite(overall.effective) ? overall.effective : null},
    strata,
    reasons: reasonsOf(looked),
    labels: {
      all: labels.length,
      skipped: labels.filter(({label}) => label === "skip").length,
      double: twice.length,
      differ: twice.filter((words) => new Set(words).size > 1).length,
      labellers: Object.fromEntries(plan.labellers.map((name) => [name, countsOf(labels, name)]))
    },
    alpha: agreement.alpha,
    alphaInterval: agreement.interval
  };
}

function stratumDecision(
  {disagreement, size, chosen}: AuditPlan["strata"][number],
  {looked, defects, decision}: {looked: number; defects: number; decision: AuditResult["decision"]}
): AuditResult["decision"] {
  if (!disagreement) return decision === "reject" && defects === 0 ? "accept" : decision;
  if (looked < chosen) return "go-on";
  // Where all were looked at, each is decided alone.
  return defects > 0 && chosen < size ? "reject" : "accept";
}

function wordsOf({labels}: Looked): string[] {
  return labels.filter(({label}) => label !== "skip").map(({label}) => label);
}

/** What is wrong with samples that are a defect: the reason given first by the order of labellers. */
function reasonsOf(looked: readonly Looked[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of looked) {
    const reason = defectReason(one);
    if (reason !== null) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is wrong with a sample, by the first of its labellers who saw something; null where nobody did. */
export function defectReason({sample, labels}: Looked): string | null {
  for (const name of sample.labellers) {
    const found = labels.find(({labeller, label}) => labeller === name && label === "defect");
    if (found !== undefined) return found.reason;
  }
  return null;
}

function countsOf(labels: readonly AuditLabel[], name: string) {
  const of = (word: AuditLabel["label"]) =>
    labels.filter(({labeller, label}) => labeller === name && label === word).length;
  return {accept: of("accept"), defect: of("defect"), skip: of("skip")};
}
