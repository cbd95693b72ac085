import {html} from "npm:htl";
import type {PlanRule, RuleCheck} from "../lib/schema/plan.js";
import {scalar} from "./format.js";
import {distinctRules} from "./mixing/distinctRules.js";

const number = new Intl.NumberFormat("en", {maximumFractionDigits: 3});

/**
 * Rules with what they saw: a broken one stands out by colour, sign and word; one that binds says what it costs.
 *
 * @param options.unit of the objective, for shadow prices
 */
export function ruleList(rules: readonly (RuleCheck | PlanRule)[], {unit = ""}: {unit?: string} = {}): HTMLElement {
  return html`<ul class="rules">
    ${distinctRules(rules).map((check) => {
      const {rule, statement, value, bound, ok, binding} = check;
      const price = "shadowPrice" in check ? check.shadowPrice : null;
      const costs =
        binding && price !== null && price !== 0
          ? html`<small>a hundredth more room would gain ${scalar(price / 100)} ${unit}</small>`
          : null;
      return html`<li class=${ok ? "kept" : "broken"} data-rule=${rule}>
        <b aria-hidden="true">${ok ? "✓" : "✗"}</b>
        <span
          >${statement}${ok ? (binding ? ", on its bound" : "") : ` — broken, bound ${number.format(bound)}`}
          ${costs}</span
        >
        <span class="value">${number.format(value)}</span>
      </li>`;
    })}
  </ul>`;
}
