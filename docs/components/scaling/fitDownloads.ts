import {html} from "npm:htl";
import {resultJson} from "../../lib/text/resultJson.js";
import {save, toCsv} from "../download.js";
import {pressButton} from "../pressButton.js";
import {pointsOf, predictionRows} from "./points.js";
import type {Result} from "./workbench.js";

/** The fit as the file that `ballast fit --out` writes, and every run beside its prediction. */
export function fitDownloads({fit, read}: Result): HTMLElement {
  const predictions = () => toCsv(predictionRows(fit, pointsOf(fit, read.columns, read.rows)));
  return html`<div>
    <div class="buttons">
      ${pressButton("fit.json", () => save("fit.json", resultJson(fit), "application/json"))}
      ${pressButton("predictions.csv", () => save("predictions.csv", predictions(), "text/csv"))}
    </div>
    <p class="quiet">fit.json is what ballast fit --out writes; ballast optimize turns it into a plan.</p>
  </div>`;
}
