import type {PlanRule, RuleCheck} from "../../lib/schema/plan.js";

/** Rules, an equality once: it is kept as two that say the same, of which the broken or the dear one is shown. */
export function distinctRules<Check extends RuleCheck | PlanRule>(rules: readonly Check[]): Check[] {
  const price = (check: Check) => ("shadowPrice" in check ? Math.abs(check.shadowPrice ?? 0) : 0);
  const told = new Map<string, Check>();
  for (const check of rules) {
    const key = `${check.rule}\n${check.statement}`;
    const before = told.get(key);
    if (before === undefined || (before.ok && (!check.ok || price(check) > price(before)))) told.set(key, check);
  }
  return [...told.values()];
}
