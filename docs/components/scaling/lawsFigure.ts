import {html} from "npm:htl";
import {createPrediction} from "../../lib/scaling/prediction.js";
import type {Fit} from "../../lib/schema/fit.js";
import {figure} from "../figure.js";
import {percent, scalar} from "../format.js";
import {lawDrawing, placesAlong, type LawDrawing} from "./lawDrawing.js";
import {lawPanels} from "./lawPanels.js";
import {pick, plain} from "./pick.js";
import {along, axesOf, pointsOf} from "./points.js";
import type {Result} from "./workbench.js";

/** Draws of the fits that are only looked at. */
const draws = 200;

/** Laws that are drawn beside the chosen one at most, the best first. */
const most = 12;

/**
 * The chosen law's curve at once, and those of the other laws that the runs can carry as their fits come in from the
 * workers, along an input that the reader chooses.
 */
export function lawsFigure(result: Result): HTMLElement {
  const {fit, read, options, more} = result;
  const axes = byEffect(fit, read);
  const drawingsOf = (one: Fit) => {
    const points = pointsOf(one, read.columns, read.rows);
    const title = one.law === fit.law ? `${one.law}, chosen` : one.law;
    const drawings = new Map<string, LawDrawing>();
    return (axis: string): LawDrawing[] => {
      if (!one.inputs.includes(axis)) return [];
      if (!drawings.has(axis))
        drawings.set(axis, lawDrawing(one, points, axis, {title, evidence: evidenceOf(fit, one)}));
      return [drawings.get(axis)!];
    };
  };
  const panels = [drawingsOf(fit)];
  const holder = html`<div></div>`;
  const status = html`<span class="quiet" role="status"></span>`;
  const axis = pick("along", plain(axes), draw);
  // The constant has no curve: what it leaves to the others is in the table of laws.
  const others = fit.candidates
    .filter(({law, objective}) => law !== fit.law && law !== "constant" && objective !== null)
    .slice(0, most);

  function draw(): void {
    const name = axis.value();
    if (name === "") return;
    const able = panels.flatMap((panel) => panel(name));
    holder.replaceChildren(
      figure((width) => lawPanels(able, {width, axis: name, target: fit.target}), {
        title: `${fit.target} along ${name}`,
        subtitle: "A dot is a run, orange if it was held out; the band is the interval of the mean.",
        caption:
          axes.length > 1
            ? "Runs are moved along the law to the middle of the other variables; their distance to it is kept."
            : "",
        name: `ballast-laws-${name}`.replace(/[^\w-]+/g, "-"),
        data: able.flatMap((panel) => [
          ...panel.curve.map((place) => ({...place, kind: "curve", row: null})),
          ...panel.runs.map(({y, holdout: _, ...run}) => ({...run, kind: "run", value: y, low: null, high: null}))
        ])
      })
    );
  }

  async function fitOthers(): Promise<void> {
    for (const [i, {law}] of others.entries()) {
      if (!holder.isConnected && i > 0) return;
      status.textContent = `fitting ${law}, ${i + 1} of ${others.length}`;
      try {
        panels.push(
          drawingsOf(await more(read.columns, {...options, law, bootstrap: Math.min(draws, fit.draws.length)}))
        );
      } catch {
        // Why a law was not fitted stands in the table of laws; a pool that was closed has nothing to draw.
        continue;
      }
      draw();
    }
    status.textContent = "";
  }

  draw();
  // After the page has drawn what there is.
  setTimeout(() => void fitOthers(), 50);
  return axes.length === 0
    ? html`<p class="missing">Nothing that the law reads varies between the runs.</p>`
    : html`<div>
        <div class="choices">${axes.length > 1 ? axis.element : null} ${status}</div>
        ${holder}
      </div>`;
}

/** The axes of a fit, the one along which its curve goes furthest first. */
function byEffect(fit: Fit, {columns, rows}: Result["read"]): string[] {
  const points = pointsOf(fit, columns, rows);
  const prediction = createPrediction(fit);
  const reach = (axis: string) => {
    const way = along(fit, axis, points);
    const values = placesAlong(fit, axis, {steps: 12, more: 0}).map((x) => prediction.value(way(x)));
    return Math.max(...values) - Math.min(...values);
  };
  const reaches = new Map(axesOf(fit).map((axis) => [axis, reach(axis)]));
  return [...reaches.keys()].sort((a, b) => reaches.get(b)! - reaches.get(a)!);
}

function evidenceOf(chosen: Fit, {law, candidates}: Fit): string {
  const found = chosen.candidates.find((c) => c.law === law) ?? candidates.find((c) => c.law === law);
  const rollout = found?.rollout?.meanRelativeError ?? null;
  if (rollout !== null) return `larger runs: ${percent(rollout, 2)} off`;
  const left = found?.cvRmse ?? null;
  return left === null ? "not tested" : `left out: ±${scalar(Number(left.toPrecision(2)))}`;
}
