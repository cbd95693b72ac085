import {html} from "npm:htl";
import {formats} from "../lib/export/formats.js";
import {cellOf} from "../lib/mix/cells.js";
import type {Laboratory} from "../lib/run/laboratory.js";
import {benchmarkOf} from "../lib/scaling/benchmark.js";
import type {DataCard} from "../lib/schema/card.js";
import type {Fit} from "../lib/schema/fit.js";
import type {Plan} from "../lib/schema/plan.js";
import {resultJson} from "../lib/text/resultJson.js";
import {createAsker} from "./asker.js";
import {tierInfo} from "./colors.js";
import {save} from "./download.js";
import {interval, measure, percent} from "./format.js";
import {aimForm} from "./mixing/aimForm.js";
import {createMixView, weightsOf, type MixView, type Weights} from "./mixing/mixView.js";
import type {MixQuestion} from "./mixing/mixWorker.js";
import {predictionChart, type Predicted} from "./predictionChart.js";
import {pressButton} from "./pressButton.js";
import {ruleList} from "./ruleList.js";
import {sha256} from "./sha256.js";

export interface MixerOptions {
  fit: Fit;
  others: readonly Fit[];
  constraints: Laboratory["constraints"];
  plan: Plan | null;
  card: DataCard | null;
}

/** A mixer, whose value is the plan for what its form asks; it tells of a new one by an `input` event. */
export type Mixer = HTMLElement & {value: Plan | null};

/** Bootstrap draws that the page optimises one by one, at most: the mean of their optima is shown, not each. */
const mostDraws = 300;

/** Milliseconds without a change before the optimum is asked for again. */
const patience = 300;

const optima = createAsker<MixQuestion, Plan>(
  () => new Worker(import.meta.resolve("./mixing/mixWorker.js"), {type: "module"})
);

/**
 * Sliders with a live prediction, the rules that a mix must keep, what is to be best and under which rules, the optimum
 * of that from a worker, and downloads of the plan and of every trainer's configuration for the weights as they stand.
 */
export function mixer({fit, others, constraints: given, plan: made, card}: MixerOptions): Mixer {
  const fits = [fit, ...others];
  let plan = made;
  let view: MixView = createMixView(fits, given);
  /** no plan has been shown yet */
  let unasked = plan === null;
  const start = plan === null ? even(view.names) : weightsOf(plan);
  let baseline = baselineOf(fit, view.names);
  let weights: Weights = {...start};
  let width = 360;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const output = html`<div aria-live="polite"></div>`;
  const sliders = html`<fieldset class="sliders"></fieldset>`;
  let shown: ReturnType<typeof slider>[] = [];
  function offer(): void {
    shown = view.names.map((name) => slider(name, (value) => set(withWeight(weights, name, value))));
    sliders.replaceChildren(
      html`<legend class="visually-hidden">share of training tokens</legend>`,
      ...shown.map(({element}) => element)
    );
  }
  const form = aimForm(
    given,
    fits.map(({target}) => target),
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void optimise(), patience);
    }
  );
  const status = html`<span class="quiet" role="status"></span>`;
  const message = html`<p class="field-error" role="alert"></p>`;

  function set(next: Weights): void {
    weights = next;
    shown.forEach(({show}, i) => show(weights[view.names[i]] ?? 0));
    const {checks, predicted, risk, synthetic} = view.look(weights);
    const [main] = predicted;
    const broken = checks.filter(({ok}) => !ok);
    output.replaceChildren(
      html`<p class="predicted">
          <span class="value">${measure(main.value)}</span>
          <span class="quiet">
            ${benchmarkOf(fit.target).unit || fit.target}, ${percent(fit.level)} interval
            ${interval(main.interval)}${main.extrapolated ? "; outside what was measured, an extrapolation" : ""}
          </span>
        </p>
        <p class="quiet">
          ${synthetic === null ? "" : html`Synthetic share ${percent(synthetic)}. `}Collapse risk
          ${risk.collapse === null ? risk.note : percent(risk.collapse)}.
        </p>`,
      predictionChart(rowsOf(predicted), {width: Math.max(280, width)}),
      html`<h3>Rules</h3>`,
      html`<p class=${broken.length > 0 ? "verdict broken" : "verdict"} role="status">
        ${
          broken.length === 0
            ? "This mix keeps every rule."
            : `This mix breaks ${[...new Set(broken.map(({rule}) => rule))].join(", ")}: Ballast would refuse it.`
        }
      </p>`,
      ruleList(checks)
    );
  }

  // What does not move with the sliders is looked at once.
  let still: Predicted[] = [];
  function settle(): void {
    const rows = (mix: string, at: Weights | null) =>
      at === null ? [] : view.look(at).predicted.map((row) => ({...row, mix}));
    still = [...rows("optimum", plan === null ? null : weightsOf(plan)), ...rows("baseline", baseline)];
  }
  const rowsOf = (now: readonly Omit<Predicted, "mix">[]): Predicted[] => [
    ...now.map((row) => ({...row, mix: "this mix"})),
    ...still
  ];

  async function optimise(): Promise<void> {
    message.textContent = "";
    try {
      const asked = form.read();
      status.textContent = "looking for the optimum";
      const began = performance.now();
      const found = await optima.ask({
        fit,
        options: {constraints: asked, others, sha256: plan?.fit.sha256 ?? (await hashOf(fit)), draws: mostDraws}
      });
      if (found === null) return;
      const follows = plan !== null && same(weights, weightsOf(plan));
      const before = view.names.join();
      plan = found;
      view = createMixView(fits, asked);
      const moved = view.names.join() !== before;
      if (moved) {
        baseline = baselineOf(fit, view.names);
        offer();
      }
      settle();
      set(follows || moved || unasked ? weightsOf(found) : weights);
      unasked = false;
      status.textContent = `optimum found in ${((performance.now() - began) / 1000).toFixed(1)} s`;
      element.value = found;
      element.dispatchEvent(new Event("input", {bubbles: true}));
    } catch (error) {
      status.textContent = "";
      message.textContent = (error as Error).message;
    }
  }

  function planNow(): Plan {
    return plan !== null && same(weights, weightsOf(plan)) ? plan : view.byHand(weights, plan);
  }

  async function configuration(id: string): Promise<void> {
    const now = planNow();
    const data = card === null ? null : {folder: card.name, card};
    const format = formats.find((one) => one.id === id)!;
    try {
      const planSha256 = (await hashOf(now)) || "unknown";
      const rendered = format.render({plan: now, planSha256, data, seed: card?.seed ?? 1});
      message.textContent = "";
      save(format.file, rendered.text);
      if (rendered.evidence !== null) save(`${format.file}.evidence.txt`, rendered.evidence);
    } catch (error) {
      message.textContent = (error as Error).message;
    }
  }

  const element = Object.assign(
    html`<div class="mixer">
      <div>
        ${sliders}
        <div class="buttons">
          ${pressButton("Optimum", () => (plan === null ? optimise() : set(weightsOf(plan))), "button primary")}
          ${card === null ? null : pressButton("As the shards are", () => set(natural(card, view.names)))}
          ${baseline === null ? null : pressButton("Baseline", () => baseline !== null && set(baseline))} ${status}
        </div>
        ${message}
        <details class="aim">
          <summary>What is to be best, and under which rules</summary>
          ${form.element}
        </details>
        <h3>Take it with you</h3>
        <div class="buttons">
          ${pressButton("plan.json", () => save("plan.json", resultJson(planNow()), "application/json"))}
          ${formats.map(({id, file}) => pressButton(file, () => configuration(id)))}
        </div>
        <p class="quiet">Files are for the weights as they stand, with the rules they keep or break written in.</p>
      </div>
      <div>${output}</div>
    </div>`,
    {value: plan}
  ) as Mixer;
  offer();
  settle();
  set(weights);
  if (plan === null) void optimise();
  new ResizeObserver(([{contentRect}]) => {
    if (Math.abs(contentRect.width - width) < 1) return;
    width = contentRect.width;
    set(weights);
  }).observe(output);
  return element;
}

const hashOf = (value: Fit | Plan) => sha256(new TextEncoder().encode(resultJson(value)));

function slider(name: string, changed: (value: number) => void): {element: HTMLElement; show(value: number): void} {
  const {tier, domain} = cellOf(name);
  const info = tierInfo[tier as keyof typeof tierInfo];
  const id = `weight-${name.replace(/[^\w-]/g, "-")}`;
  const input = html`<input id=${id} type="range" min="0" max="100" step="0.5" />` as HTMLInputElement;
  const output = html`<output for=${id}></output>`;
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    changed(Number(input.value) / 100);
  });
  const element = html`<div class="slider" style=${{"--color": info?.color ?? "var(--mark)"}}>
    <label for=${id}><b>${tier}</b> ${domain ?? info?.label ?? ""}</label>${output}${input}
  </div>`;
  return {
    element,
    show(value) {
      // What the pointer or the keyboard just set is not moved under them.
      if (document.activeElement !== input || Math.abs(Number(input.value) / 100 - value) > 0.005)
        input.value = String(100 * value);
      output.textContent = percent(value, 1);
      input.style.setProperty("--filled", `${100 * value}%`);
      input.setAttribute("aria-valuetext", percent(value, 1));
    }
  };
}

/** One share set, the others scaled so that all sum to 1; evenly where they were nothing. */
function withWeight(weights: Weights, name: string, value: number): Weights {
  const others = Object.keys(weights).filter((other) => other !== name);
  const rest = others.reduce((sum, other) => sum + weights[other], 0);
  const next = others.map((other) => [
    other,
    rest > 1e-9 ? (weights[other] / rest) * (1 - value) : (1 - value) / others.length
  ]);
  return {...Object.fromEntries(next), [name]: value};
}

function even(names: readonly string[]): Weights {
  return Object.fromEntries(names.map((name) => [name, 1 / names.length]));
}

function same(a: Weights, b: Weights): boolean {
  return Object.keys(b).every((name) => Math.abs((a[name] ?? 0) - b[name]) < 1e-9);
}

function natural(card: DataCard, names: readonly string[]): Weights {
  const tiers = names.map((name) => cellOf(name).tier);
  const tokens = tiers.map(
    (tier) =>
      (card.tiers[tier as keyof DataCard["tiers"]]?.tokens ?? 0) / tiers.filter((other) => other === tier).length
  );
  const total = tokens.reduce((a, b) => a + b, 0);
  return Object.fromEntries(names.map((name, i) => [name, tokens[i] / total]));
}

/** The mix at the lowest measured synthetic share, where the fit is over the same shares as the sliders. */
function baselineOf({baseline, inputs, roles}: Fit, names: readonly string[]): Weights | null {
  const shares = new Map(
    inputs.flatMap((input, i) => (roles[i] === "shares" ? [[cellOf(input).name, baseline.inputs[input]]] : []))
  );
  return names.every((name) => shares.has(name))
    ? Object.fromEntries(names.map((name) => [name, shares.get(name)!]))
    : null;
}
