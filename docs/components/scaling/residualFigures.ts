import {html} from "npm:htl";
import {figure} from "../figure.js";
import {pick} from "./pick.js";
import {axesOf, isLog, pointsOf, predictionRows} from "./points.js";
import {residualChart} from "./residualChart.js";
import type {Result} from "./workbench.js";

/** What the law misses, run by run: against its own prediction, or against any of its inputs. */
export function residualFigures({fit, read}: Result): HTMLElement {
  const points = pointsOf(fit, read.columns, read.rows);
  const holder = html`<div></div>`;
  const axes = axesOf(fit);
  const against = pick("against", [["", "the prediction"], ...axes.map((name) => [name, name] as const)], draw);
  const relative = fit.objectiveForm.residuals === "log";
  function draw(): void {
    const name = against.value();
    const at = fit.inputs.indexOf(name);
    holder.replaceChildren(
      figure(
        (width) =>
          residualChart(points, {
            width,
            x: at < 0 ? ({predicted}) => predicted : ({x}) => x[at],
            label: at < 0 ? `${fit.target}, predicted` : name,
            log: at >= 0 && isLog(fit, name),
            unit: relative ? "log measured − log predicted" : `measured − predicted`
          }),
        {
          title: `What ${fit.law} misses, run by run`,
          subtitle: "No pattern is what one hopes for; a bend is a variable that the law uses wrongly, or lacks.",
          name: "ballast-residuals",
          data: predictionRows(fit, points)
        }
      )
    );
  }
  draw();
  return html`<div>
    <div class="choices">${against.element}</div>
    ${holder}
  </div>`;
}
