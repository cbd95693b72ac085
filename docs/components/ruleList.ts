import {html} from "npm:htl";
import type {RuleCheck} from "../lib/schema/plan.js";

const number = new Intl.NumberFormat("en", {maximumFractionDigits: 3});

/** Rules with what they saw: a broken one stands out by colour, sign and word. */
export function ruleList(rules: readonly RuleCheck[]): HTMLElement {
  return html`<ul class="rules">
    ${rules.map(
      ({rule, statement, value, bound, ok, binding}) =>
        html`<li class=${ok ? "kept" : "broken"} data-rule=${rule}>
          <b aria-hidden="true">${ok ? "✓" : "✗"}</b>
          <span
            >${statement}${ok ? (binding ? ", on its bound" : "") : ` — broken, bound ${number.format(bound)}`}</span
          >
          <span class="value">${number.format(value)}</span>
        </li>`
    )}
  </ul>`;
}
