import {html} from "npm:htl";
import {resultJson} from "../../lib/text/resultJson.js";
import {save, toCsv} from "../download.js";
import {pointsOf} from "./points.js";
import type {Result} from "./workbench.js";

/** The fit as the file that `ballast fit --out` writes, and every run beside its prediction. */
export function fitDownloads({fit, read}: Result): HTMLElement {
  const button = (label: string, run: () => void) => {
    const made = html`<button type="button" class="button">${label}</button>`;
    made.addEventListener("click", run);
    return made;
  };
  const predictions = () =>
    toCsv(
      pointsOf(fit, read.columns, read.rows).map(({row, x, measured, predicted, residual, holdout}) => ({
        row,
        ...Object.fromEntries(fit.inputs.map((name, j) => [name, x[j]])),
        measured,
        predicted,
        residual,
        holdout
      }))
    );
  return html`<div>
    <div class="buttons">
      ${button("fit.json", () => save("fit.json", resultJson(fit), "application/json"))}
      ${button("predictions.csv", () => save("predictions.csv", predictions(), "text/csv"))}
    </div>
    <p class="quiet">fit.json is what ballast fit --out writes; ballast optimize turns it into a plan.</p>
  </div>`;
}
