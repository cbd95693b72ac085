import {html} from "npm:htl";
import {createPrediction, extrapolationOf} from "../../lib/scaling/prediction.js";
import {percent, scalar} from "../format.js";
import {axesOf, inputsOf} from "./points.js";
import type {Result} from "./workbench.js";

/** Values to type in for each input, and what the law says there: with its interval, and whether any run is near. */
export function predictionAsk({fit, read}: Result): HTMLElement {
  const prediction = createPrediction(fit);
  const axes = axesOf(fit);
  const start = inputsOf(fit, read.columns, 0);
  for (const [j, name] of fit.inputs.entries()) {
    if (fit.roles[j] === "shares" || !axes.includes(name)) continue;
    start[j] = fit.domain[name][1];
  }
  const output = html`<p class="ask" role="status"></p>`;
  const inputs = fit.inputs.map((name, j) => {
    const id = `ask-${j}`;
    const share = fit.roles[j].startsWith("share");
    const input = html`<input
      id=${id}
      type="text"
      inputmode="decimal"
      autocomplete="off"
      value=${String(start[j])}
    />` as HTMLInputElement;
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      show();
    });
    const [low, high] = fit.domain[name];
    return {
      input,
      name,
      share,
      element: html`<div class="asked">
        <label class="field" for=${id}>${name}</label>${input}
        <span class="hint">runs: ${scalar(low)} to ${scalar(high)}</span>
      </div>`
    };
  });

  function show(): void {
    const x = inputs.map(({input}) => (input.value.trim() === "" ? NaN : Number(input.value)));
    const bad = inputs.find(({share}, j) => !Number.isFinite(x[j]) || (share ? x[j] < 0 || x[j] > 1 : x[j] <= 0));
    if (bad !== undefined) {
      output.textContent = `${bad.name}: expected ${bad.share ? "a share from 0 to 1" : "a positive number"}, got ${JSON.stringify(bad.input.value)}.`;
      return;
    }
    const shares = x.filter((_, j) => fit.roles[j] === "shares");
    const sum = shares.reduce((a, b) => a + b, 0);
    if (shares.length > 0 && Math.abs(sum - 1) > 5e-4 * shares.length) {
      output.textContent = `Expected shares that sum to 1, got ${scalar(sum)}.`;
      return;
    }
    const value = prediction.value(x);
    if (!Number.isFinite(value)) {
      output.textContent = "The law has no value there.";
      return;
    }
    const [low, high] = prediction.interval(x);
    const outside = extrapolationOf(fit, prediction, x);
    output.replaceChildren(
      html`<b>${fit.target} ${scalar(value)}</b>, ${percent(fit.level)} interval ${scalar(low)} to ${scalar(high)}.
        ${outside === null ? "Among the runs." : html`<span class="beware">${outside}</span>`}`
    );
  }
  show();
  return html`<div>
    <div class="asks one">${inputs.map(({element}) => element)}</div>
    ${output}
  </div>`;
}
