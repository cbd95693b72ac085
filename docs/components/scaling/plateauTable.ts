import {html} from "npm:htl";
import {plateau} from "../../lib/scaling/plateau.js";
import type {Fit} from "../../lib/schema/fit.js";
import {percent, plural, scalar} from "../format.js";
import {sortableTable} from "../sortableTable.js";
import {inputsOf} from "./points.js";
import type {Result} from "./workbench.js";

/** Mixes that are compared at most. */
const most = 400;

/** The mixes that the draws do not tell from the best of those compared, with the probability of each. */
export function plateauTable({fit, read}: Result): HTMLElement {
  const compared = candidates(fit, read.columns.target.length, (i) => inputsOf(fit, read.columns, i));
  const found = plateau(fit, compared).toSorted((a, b) => b.probability - a.probability);
  const sign = fit.lowerIsBetter ? 1 : -1;
  const best = found.reduce((a, b) => (sign * b.value < sign * a.value ? b : a));
  const shares = [...fit.inputs.keys()].filter((j) => fit.roles[j].startsWith("share"));
  const name = (x: readonly number[]) => shares.map((j) => `${percent(x[j], 1)} ${fit.inputs[j]}`).join(", ");
  return html`<div>
    <p>
      The fit is best at ${name(best.x)};
      ${
        found.length === 1
          ? "no other of the mixes compared comes as close"
          : `${plural(found.length - 1, "other mix", "other mixes")} of the ${compared.length} compared ${found.length === 2 ? "is" : "are"} not told apart from it`
      }.
      The probability is the share of bootstrap draws in which a mix is the best.
    </p>
    ${sortableTable(
      found.map(({x, value, probability}) => ({
        ...Object.fromEntries(shares.map((j) => [fit.inputs[j], x[j]])),
        predicted: value,
        probability
      })),
      {
        caption: "mixes on the plateau",
        name: "ballast-scaling-plateau",
        rows: 10,
        columns: {
          ...Object.fromEntries(shares.map((j) => [fit.inputs[j], {format: (v: unknown) => percent(Number(v), 1)}])),
          predicted: {format: (v: unknown) => scalar(Number(v))},
          probability: {format: (v: unknown) => percent(Number(v), 1)}
        }
      }
    )}
  </div>`;
}

/** Over one share a fine row between the ends that were run; over tiers the mixes that were run. */
function candidates(fit: Fit, n: number, at: (i: number) => number[]): number[][] {
  const own = (i: number) => {
    const x = at(i);
    for (const [j, name] of fit.inputs.entries()) if (name in fit.at) x[j] = fit.at[name];
    return x;
  };
  const share = fit.roles.indexOf("share");
  if (share >= 0) {
    const [low, high] = fit.domain[fit.inputs[share]];
    const x = own(0);
    return Array.from({length: 41}, (_, i) => x.map((v, j) => (j === share ? low + ((high - low) * i) / 40 : v)));
  }
  const seen = new Map<string, number[]>();
  for (let i = 0; i < n && seen.size < most; i++) {
    const x = own(i);
    seen.set(x.map((v) => v.toFixed(6)).join(), x);
  }
  return [...seen.values()];
}
