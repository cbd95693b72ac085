import type {AuditResult, AuditRule} from "../../schema/audit.js";
import {clopperPearson, wilson} from "../../stats/proportion.js";
import {decide, sprt} from "../../stats/sprt.js";
import {sprtInterval} from "../../stats/sprtInterval.js";

/** What a plan's rule says of the words on its drawn samples, and why. */
export interface GateResult {
  decision: AuditResult["decision"];
  because: string;
  gate: AuditResult["gate"];
}

/**
 * Applies a plan's rule to the words on its drawn samples.
 *
 * @param words in the plan's order; null where a sample was not looked at
 * @param frame samples that they were drawn from
 */
export function applyGate(rule: AuditRule, words: readonly ("accept" | "defect" | null)[], frame: number): GateResult {
  return rule.plan === "sprt" ? sequential(rule, words, frame) : zeroDefect(rule, words, frame);
}

function zeroDefect(
  {defects: bound, confidence}: AuditRule & {plan: "zero-defect"},
  words: readonly ("accept" | "defect" | null)[],
  frame: number
): GateResult {
  const looked = words.filter((word) => word !== null).length;
  const defects = words.filter((word) => word === "defect").length;
  const gate = {drawn: words.length, looked, defects, ...intervals(defects, looked), sequential: null};
  if (defects > 0)
    return {decision: "reject", because: `expected no defect, got ${defects} in ${looked} samples`, gate};
  if (looked < words.length)
    return {decision: "go-on", because: `${words.length - looked} of ${words.length} samples are not looked at`, gate};
  const shown = `of ${frame} samples fewer than ${percent(bound)} are defects, with ${percent(confidence)} confidence`;
  return {decision: "accept", because: words.length === 0 ? "there was nothing to draw" : shown, gate};
}

function sequential(
  rule: AuditRule & {plan: "sprt"},
  words: readonly ("accept" | "defect" | null)[],
  frame: number
): GateResult {
  const test = sprt(rule);
  let [n, defects] = [0, 0];
  let said: AuditResult["decision"] = "go-on";
  while (n < words.length && words[n] !== null && said === "go-on") {
    if (words[n++] === "defect") defects++;
    said = decide(test, n, defects);
  }
  const gate = {
    ...{drawn: words.length, looked: n, defects},
    ...intervals(defects, n),
    sequential: n === 0 ? null : sprtInterval(test, n, defects)
  };
  const counts = `${defects} ${defects === 1 ? "defect" : "defects"} in ${n} samples`;
  if (said === "accept") return {decision: said, because: `${counts} reach the line of acceptance`, gate};
  if (said === "reject") return {decision: said, because: `${counts} reach the line of refusal`, gate};
  if (n < words.length) return {decision: said, because: `${counts} lie between the lines`, gate};
  if (n === frame && defects <= rule.p0 * n)
    return {decision: "accept", because: `all ${n} samples were looked at, ${percent(defects / Math.max(1, n))} are defects`, gate}; // prettier-ignore
  return {decision: "reject", because: `${counts}, all that were drawn, did not reach the line of acceptance`, gate};
}

function intervals(defects: number, looked: number): Pick<GateResult["gate"], "exact" | "wilson"> {
  if (looked === 0) return {exact: null, wilson: null};
  return {exact: clopperPearson(defects, looked), wilson: wilson(defects, looked)};
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
