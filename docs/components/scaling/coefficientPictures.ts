import {html} from "npm:htl";
import {figure} from "../figure.js";
import {scalar} from "../format.js";
import {drawsChart} from "./drawsChart.js";
import {pick, plain} from "./pick.js";
import {profileChart, type ProfileRow} from "./profileChart.js";
import type {Result} from "./workbench.js";

/** The bootstrap cloud of two coefficients and the profile of one, as the reader chooses. */
export function coefficientPictures(result: Result): HTMLElement {
  const {fit} = result;
  const names = Object.keys(fit.coefficients);
  const cloud = html`<div></div>`;
  const x = pick("across", plain(names), drawCloud, names[0]);
  const y = pick("up", plain(names), drawCloud, names[1] ?? names[0]);

  function drawCloud(): void {
    const [a, b] = [x.value(), y.value()];
    const [i, j] = [names.indexOf(a), names.indexOf(b)];
    cloud.replaceChildren(
      figure((width) => drawsChart(fit, {width, x: a, y: b}), {
        title: `${fit.draws.length} bootstrap draws of ${a} and ${b}`,
        subtitle: "A ring is the fit. A long, thin cloud is a pair that the runs hold together but do not tell apart.",
        name: "ballast-draws",
        data: fit.draws.map((draw) => ({[a]: draw[i], [b]: draw[j]}))
      })
    );
  }
  if (names.length > 1) drawCloud();
  return html`<div class="pictures">
    ${
      names.length > 1
        ? html`<div>
            <div class="choices">${x.element} ${y.element}</div>
            ${cloud}
          </div>`
        : null
    }
    ${profilePicture(result)}
  </div>`;
}

/** The profile of a coefficient, made in a worker when it is asked for. */
function profilePicture({fit, read, pool}: Result): HTMLElement {
  void pool;
  void read;
  const names = Object.keys(fit.coefficients);
  const holder = html`<div aria-live="polite"></div>`;
  const choice = pick(
    "profile of",
    plain(names),
    show,
    names.find((name) => !fit.coefficients[name].identified) ?? names[0]
  );
  function show(): void {
    const name = choice.value();
    const rows: ProfileRow[] = [];
    holder.replaceChildren(
      figure(
        (width) => profileChart(rows, {width, name, best: fit.coefficients[name].value, threshold: null, log: false}),
        {
          title: `Profile of ${name}`,
          subtitle: scalar(0),
          name: "ballast-profile",
          data: rows.map((row) => ({...row}))
        }
      )
    );
  }
  void show;
  return html`<div>
    <div class="choices">${choice.element}</div>
    ${holder}
  </div>`;
}
