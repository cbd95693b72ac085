import {html} from "npm:htl";
import {createPrediction} from "../../lib/scaling/prediction.js";
import {figure} from "../figure.js";
import {percent, plural, scalar} from "../format.js";
import {pick} from "./pick.js";
import {inputsOf} from "./points.js";
import {rolloutChart, type Unseen} from "./rolloutChart.js";
import type {Result} from "./workbench.js";

/** Shares of the runs, the small ones, that a rollout may fit on. */
const parts = [0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Fits the chosen law to the smaller runs alone and predicts the larger ones, in the background: the test that
 * extrapolation asks. Runs are ordered by N · D, or by whichever of them there is.
 */
export function rolloutFigure({fit, read, options, more}: Result): HTMLElement {
  const {columns, rows} = read;
  const {n, d, u} = columns.scalars ?? {};
  const scale = n && d ? n.map((v, i) => v * d[i]) : (n ?? d ?? u);
  if (scale === undefined || new Set(scale).size < 4)
    return html`<p class="quiet">
      There is no rollout to show: these runs do not differ in size, so nothing is smaller or larger.
    </p>`;
  const sorted = scale.toSorted((a, b) => a - b);
  const holder = html`<div aria-live="polite"></div>`;
  const choice = pick(
    "fit on the smaller",
    parts.map((part) => [String(part), percent(part)] as const),
    () => void show(),
    "0.8"
  );
  let turn = 0;

  async function show(): Promise<void> {
    const mine = ++turn;
    const part = Number(choice.value());
    const cut = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    const holdout = scale!.map((v) => v >= cut);
    holder.replaceChildren(html`<p class="quiet" role="status">fitting the smaller runs</p>`);
    try {
      const small = await more({...columns, holdout}, {...options, law: fit.law, bootstrap: 300});
      if (mine !== turn) return;
      const prediction = createPrediction(small);
      const unseen = rows.flatMap((row, i): Unseen[] => {
        if (!holdout[i]) return [];
        const x = inputsOf(small, columns, i);
        const [low, high] = prediction.interval(x);
        return [{row, scale: scale![i], measured: columns.target[i], predicted: prediction.value(x), low, high}];
      });
      const {meanRelativeError: error, spearman} = small.heldOut;
      const held = unseen.filter(({measured, low, high}) => measured >= low && measured <= high).length;
      holder.replaceChildren(
        html`<p>
          Fitted on the smaller ${plural(small.n, "run")}, ${fit.law} predicts the
          ${plural(unseen.length, "larger run")}
          ${error === null ? "" : `${percent(error, 2)} off on average`}${spearman === null ? "" : `, their order with a rank correlation of ${scalar(spearman)}`};
          its ${percent(fit.level)} interval of the mean holds ${held} of them.
        </p>`,
        figure((width) => rolloutChart(unseen, {width, target: fit.target}), {
          title: "Larger runs, predicted from smaller ones",
          subtitle:
            "A dot is a run that the fit had not seen, its bar the interval of the prediction; on the dashed line the law reached it.",
          name: "ballast-rollout",
          data: unseen.map((row) => ({...row}))
        })
      );
    } catch (error) {
      if (mine === turn) holder.replaceChildren(html`<p class="missing">${(error as Error).message}.</p>`);
    }
  }

  // After the page has drawn what is there already.
  setTimeout(() => void show(), 100);
  return html`<div>
    <div class="choices">${choice.element}</div>
    ${holder}
  </div>`;
}
