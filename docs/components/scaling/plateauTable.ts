import {html} from "npm:htl";
import {plateau} from "../../lib/scaling/plateau.js";
import type {Fit} from "../../lib/schema/fit.js";
import {percent, plural} from "../format.js";
import {distinctMixes, mixTable} from "../mixTable.js";
import {inputsOf} from "./points.js";
import type {Result} from "./workbench.js";

/** Mixes that are compared at most. */
const most = 400;

/** The mixes that the draws do not tell from the best of those compared, with the probability of each. */
export function plateauTable({fit, read}: Result): HTMLElement {
  const shares = [...fit.inputs.keys()].filter((j) => fit.roles[j].startsWith("share"));
  const names = shares.map((j) => fit.inputs[j]);
  const {columns} = read;
  const compared = candidates(fit, columns.target.length, (i) => {
    const x = inputsOf(fit, columns, i);
    return shares.map((j) => x[j]);
  });
  const near = plateau(fit, compared).map(({x, ...rest}) => ({
    weights: Object.fromEntries(names.map((name, k) => [name, x[k]])),
    ...rest
  }));
  const found = distinctMixes(near).toSorted((a, b) => b.probability - a.probability);
  const sign = fit.lowerIsBetter ? 1 : -1;
  const best = near.reduce((a, b) => (sign * b.value < sign * a.value ? b : a));
  const where = Object.entries(best.weights).map(([name, w]) => `${percent(w, 1)} ${name}`);
  return html`<div>
    <p>
      The fit is best at ${where.join(", ")};
      ${
        found.length === 1
          ? "no other of the mixes compared comes as close"
          : `${plural(found.length - 1, "other mix", "other mixes")} of the ${compared.length} compared ${found.length === 2 ? "is" : "are"} not told apart from it`
      }.
      The probability is the share of bootstrap draws in which a mix is the best.
    </p>
    ${mixTable(found, {name: "ballast-scaling-plateau", unit: fit.target})}
  </div>`;
}

/** Over one share a fine row between the ends that were run; over tiers the mixes that were run. */
function candidates(fit: Fit, n: number, sharesAt: (i: number) => number[]): number[][] {
  const share = fit.roles.indexOf("share");
  if (share >= 0) {
    const [low, high] = fit.domain[fit.inputs[share]];
    return Array.from({length: 41}, (_, i) => [low + ((high - low) * i) / 40]);
  }
  const seen = new Map<string, number[]>();
  for (let i = 0; i < n && seen.size < most; i++) {
    const x = sharesAt(i);
    seen.set(x.map((v) => v.toFixed(6)).join(), x);
  }
  return [...seen.values()];
}
