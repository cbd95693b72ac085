import {html} from "npm:htl";
import type {CoefficientProfile} from "../../lib/scaling/profileOf.js";
import {createAsker} from "../asker.js";
import {figure} from "../figure.js";
import {percent} from "../format.js";
import {drawsChart} from "./drawsChart.js";
import {pick, plain} from "./pick.js";
import {profileChart} from "./profileChart.js";
import type {ProfileQuestion} from "./profileWorker.js";
import {span} from "./words.js";
import type {Result} from "./workbench.js";

const profiles = createAsker<ProfileQuestion, CoefficientProfile>(
  () => new Worker(import.meta.resolve("./profileWorker.js"), {type: "module"})
);

/** The bootstrap cloud of two coefficients and the profile of one, as the reader chooses. */
export function coefficientPictures(result: Result): HTMLElement {
  const {fit} = result;
  const names = Object.keys(fit.coefficients);
  if (names.length === 0) return html`<p class="quiet">The law has no coefficient that was estimated.</p>`;
  const cloud = html`<div></div>`;
  const x = pick("across", plain(names), drawCloud, names.at(names.length > 2 ? -2 : 0));
  const y = pick("up", plain(names), drawCloud, names.at(-1));

  function drawCloud(): void {
    const [a, b] = [x.value(), y.value()];
    const [i, j] = [names.indexOf(a), names.indexOf(b)];
    cloud.replaceChildren(
      figure((width) => drawsChart(fit, {width, x: a, y: b}), {
        title: `${fit.draws.length} bootstrap draws of ${a} and ${b}`,
        subtitle:
          "The ring is the fit. A long, thin cloud is a pair that the runs hold together but do not tell apart.",
        name: "ballast-draws",
        data: fit.draws.map((draw) => ({[a]: draw[i], [b]: draw[j]}))
      })
    );
  }
  if (names.length > 1) drawCloud();
  return html`<div>
    ${
      names.length > 1
        ? html`<h3 id="draws">Which coefficients go together</h3>
            <div class="choices">${x.element} ${y.element}</div>
            ${cloud}`
        : null
    }
    <h3 id="profile">How far one coefficient could go</h3>
    ${profilePicture(result, names)}
  </div>`;
}

/** The profile of a coefficient, made in a worker when it is asked for. */
function profilePicture({fit, read}: Result, names: readonly string[]): HTMLElement {
  const holder = html`<div aria-live="polite"></div>`;
  const vague = names.find((name) => !fit.coefficients[name].identified);
  const choice = pick("profile of", plain(names), () => void show(), vague ?? names.at(-1));

  async function show(): Promise<void> {
    const name = choice.value();
    const {value, identified, note} = fit.coefficients[name];
    holder.replaceChildren(html`<p class="quiet" role="status">walking along ${name}</p>`);
    try {
      const found = await profiles.ask({fit: {...fit, draws: []}, columns: read.columns, name});
      if (found === null || name !== choice.value()) return;
      const values = found.points.map(([at]) => at);
      const log = values.every((v) => v > 0) && Math.max(...values) > 20 * Math.min(...values);
      holder.replaceChildren(
        html`<p>
          ${name} is <b>${identified ? "identified" : "not identified"}</b>${note === "" ? "" : `: ${note}`}. The
          profile's ${percent(fit.level)} interval is ${span(found.interval)}.
        </p>`,
        figure((width) => profileChart(found, {width, name, best: value, log}), {
          title: `${name}, held at each value while the others are fitted again`,
          subtitle: `The interval is where the line stays below the dashed level; an orange line is the fit.`,
          name: `ballast-profile-${name}`.replace(/[^\w-]+/g, "-"),
          data: found.points.map(([at, root]) => ({[name]: at, standard_errors: root}))
        })
      );
    } catch (error) {
      holder.replaceChildren(html`<p class="missing">${(error as Error).message}.</p>`);
    }
  }
  // After the page has drawn what there is already.
  setTimeout(() => void show(), 150);
  return html`<div>
    <div class="choices">${choice.element}</div>
    ${holder}
  </div>`;
}
