import {html} from "npm:htl";
import type {Laboratory} from "../lib/run/laboratory.js";
import {formats} from "../lib/export/formats.js";
import {createMixPredictor, syntheticShare} from "../lib/mix/predict.js";
import {collapseRisk} from "../lib/mix/risk.js";
import {checkRule, rulesOf} from "../lib/mix/rules.js";
import {benchmarkOf} from "../lib/scaling/benchmark.js";
import {tierOf} from "../lib/scaling/tierOf.js";
import type {DataCard} from "../lib/schema/card.js";
import type {Fit} from "../lib/schema/fit.js";
import type {Plan, RuleCheck} from "../lib/schema/plan.js";
import {tierInfo} from "./colors.js";
import {save} from "./download.js";
import {interval, measure, percent} from "./format.js";
import {predictionChart, type Predicted} from "./predictionChart.js";
import {ruleList} from "./ruleList.js";

export interface MixerOptions {
  fit: Fit;
  others: readonly Fit[];
  constraints: Laboratory["constraints"];
  plan: Plan | null;
  card: DataCard | null;
}

type Weights = Record<string, number>;

/**
 * Sliders by tier with a live prediction, the rules that a mix must keep, the optimum at a click, and downloads of the
 * plan and of every trainer's configuration for the weights as they stand.
 */
export function mixer({fit, others, constraints, plan, card}: MixerOptions): HTMLElement {
  const synthetic = constraints.syntheticByTier ?? fit.syntheticByTier;
  const known: Fit = {...fit, syntheticByTier: synthetic};
  const tiers = fit.inputs.length > 1 ? fit.inputs.map(tierOf) : Object.keys(synthetic ?? {});
  const fits = [known, ...others.map((other) => ({...other, syntheticByTier: other.syntheticByTier ?? synthetic}))];
  const predictors = fits.map((one) => ({fit: one, predict: createMixPredictor(one)}));
  const rules = rulesOf(constraints, tiers, {synthetic, measured: []});
  const start = plan?.weights ?? Object.fromEntries(tiers.map((tier) => [tier, 1 / tiers.length]));
  const baseline = baselineOf(known, tiers);

  const output = html`<div aria-live="polite"></div>`;
  const sliders = tiers.map((tier) => slider(tier, (value) => set(withWeight(weights, tier, value))));
  let weights: Weights = {...start};
  let width = 360;

  function set(next: Weights): void {
    weights = next;
    sliders.forEach(({show}, i) => show(weights[tiers[i]] ?? 0));
    const {checks, predicted, risk} = look(weights);
    const [main] = predicted;
    const broken = checks.filter(({ok}) => !ok);
    const share = synthetic === null ? null : syntheticShare(weights, synthetic);
    output.replaceChildren(
      html`<p class="predicted">
          <span class="value">${measure(main.value)}</span>
          <span class="quiet">
            ${benchmarkOf(fit.target).unit || fit.target}, ${percent(fit.level)} interval
            ${interval(main.interval)}${main.extrapolated ? "; outside what was measured, an extrapolation" : ""}
          </span>
        </p>
        <p class="quiet">
          ${share === null ? "" : html`Synthetic share ${percent(share)}. `}Collapse risk
          ${risk.collapse === null ? risk.note : percent(risk.collapse)}.
        </p>`,
      predictionChart(chartRows(predicted), {width: Math.max(280, width)}),
      html`<h3>Rules</h3>`,
      html`<p class=${broken.length > 0 ? "verdict broken" : "verdict"} role="status">
        ${
          broken.length === 0
            ? "This mix keeps every rule."
            : `This mix breaks ${broken.map(({rule}) => rule).join(", ")}: Ballast would refuse it.`
        }
      </p>`,
      ruleList(checks)
    );
  }

  function look(at: Weights): {
    checks: RuleCheck[];
    predicted: {target: string; value: number; interval: [number, number]; extrapolated: boolean}[];
    risk: Plan["risk"];
  } {
    const vector = tiers.map((tier) => at[tier] ?? 0);
    const predicted = predictors.map(({fit: one, predict}) => ({target: one.target, ...predict(at)}));
    const measured: RuleCheck = {
      rule: "measured",
      statement: "every share within what the runs cover",
      value: Number(!predicted[0].extrapolated),
      bound: 1,
      ok: !constraints.measured || !predicted[0].extrapolated,
      binding: false
    };
    return {
      checks: [...rules.map((rule) => checkRule(rule, vector)), measured],
      predicted,
      risk: collapseRisk(known, at)
    };
  }

  function chartRows(now: ReturnType<typeof look>["predicted"]): Predicted[] {
    const rows = (mix: string, at: Weights | null) =>
      at === null ? [] : look(at).predicted.map((row) => ({...row, mix}));
    return [
      ...now.map((row) => ({...row, mix: "this mix"})),
      ...rows("optimum", plan?.weights ?? null),
      ...rows("baseline", baseline)
    ];
  }

  /** The plan with the weights as they stand, and all that depends on them made anew. */
  function planNow(): Plan {
    const {checks, predicted, risk} = look(weights);
    const rounded = Object.fromEntries(tiers.map((tier) => [tier, Number((weights[tier] ?? 0).toFixed(9))]));
    const optimal = plan !== null && tiers.every((tier) => Math.abs(rounded[tier] - (plan.weights[tier] ?? 0)) < 1e-9);
    if (optimal) return plan;
    const values = Object.fromEntries(predicted.map(({target, ...rest}) => [target, rest]));
    const [main] = predicted;
    return {
      version: 1,
      weights: rounded,
      syntheticShare: synthetic === null ? null : syntheticShare(rounded, synthetic),
      bounds: plan?.bounds ?? Object.fromEntries(tiers.map((tier) => [tier, [0, 1] as [number, number]])),
      predicted: values,
      plateau: [],
      position: "chosen by hand",
      unconstrained: plan?.unconstrained ?? {weights: rounded, value: main.value, gap: 0},
      rules: checks,
      risk,
      schedule: [{from: 0, to: 1, weights: rounded, note: "one mix from start to end, chosen by hand"}],
      fit: plan?.fit ?? {law: fit.law, target: fit.target, sha256: ""},
      tokenizer: fit.data.tokenizer
    };
  }

  async function configuration(id: string): Promise<void> {
    const made = planNow();
    const text = planText(made);
    const data = card === null ? null : {folder: card.name, card};
    const format = formats.find((one) => one.id === id)!;
    try {
      const rendered = format.render({plan: made, planSha256: await sha256(text), data, seed: card?.seed ?? 1});
      message.textContent = "";
      save(format.file, rendered.text);
      if (rendered.evidence !== null) save(`${format.file}.evidence.txt`, rendered.evidence);
    } catch (error) {
      message.textContent = (error as Error).message;
    }
  }

  const button = (label: string, run: () => unknown, className = "button") => {
    const made = html`<button type="button" class=${className}>${label}</button>`;
    made.addEventListener("click", () => void run());
    return made;
  };
  const message = html`<p class="quiet" role="alert"></p>`;
  const holder = html`<div class="mixer">
    <div>
      <fieldset class="sliders">
        <legend class="visually-hidden">share of training tokens by tier</legend>
        ${sliders.map(({element}) => element)}
      </fieldset>
      <div class="buttons">
        ${plan === null ? null : button("Optimum", () => set({...plan.weights}), "button primary")}
        ${card === null ? null : button("As the shards are", () => set(natural(card, tiers)))}
        ${baseline === null ? null : button("Baseline", () => set(baseline))}
      </div>
      <h3>Take it with you</h3>
      <div class="buttons">
        ${button("plan.json", () => save("plan.json", planText(planNow()), "application/json"))}
        ${formats.map(({id, file}) => button(file, () => configuration(id)))}
      </div>
      <p class="quiet">Files are for the weights as they stand, with the rules they keep or break written in.</p>
      ${message}
    </div>
    <div>${output}</div>
  </div>`;
  set(weights);
  new ResizeObserver(([{contentRect}]) => {
    if (Math.abs(contentRect.width - width) < 1) return;
    width = contentRect.width;
    set(weights);
  }).observe(output);
  return holder;
}

function slider(tier: string, changed: (value: number) => void): {element: HTMLElement; show(value: number): void} {
  const info = tierInfo[tier as keyof typeof tierInfo];
  const id = `weight-${tier}`;
  const input = html`<input id=${id} type="range" min="0" max="100" step="0.5" />` as HTMLInputElement;
  const output = html`<output for=${id}></output>`;
  input.addEventListener("input", () => changed(Number(input.value) / 100));
  const element = html`<div class="slider" style=${{"--color": info?.color ?? "var(--mark)"}}>
    <label for=${id}><b>${tier}</b> ${info?.label ?? ""}</label>${output}${input}
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

/** One tier set, the others scaled so that all sum to 1; evenly where they were nothing. */
function withWeight(weights: Weights, tier: string, value: number): Weights {
  const others = Object.keys(weights).filter((name) => name !== tier);
  const rest = others.reduce((sum, name) => sum + weights[name], 0);
  const next = others.map((name) => [
    name,
    rest > 1e-9 ? (weights[name] / rest) * (1 - value) : (1 - value) / others.length
  ]);
  return {...Object.fromEntries(next), [tier]: value};
}

function natural(card: DataCard, tiers: readonly string[]): Weights {
  const tokens = tiers.map((tier) => card.tiers[tier as keyof DataCard["tiers"]]?.tokens ?? 0);
  const total = tokens.reduce((a, b) => a + b, 0);
  return Object.fromEntries(tiers.map((tier, i) => [tier, tokens[i] / total]));
}

/** The mix at the lowest measured synthetic share, where the fit is over tiers. */
function baselineOf({baseline, inputs}: Fit, tiers: readonly string[]): Weights | null {
  if (inputs.length === 1) return null;
  return Object.fromEntries(tiers.map((tier, i) => [tier, baseline.inputs[inputs[i]]]));
}

const planText = (plan: Plan) => JSON.stringify(plan, null, 2) + "\n";

/** sha256 in hex; "unknown" on a page that came over plain HTTP, where browsers offer none. */
async function sha256(text: string): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) return "unknown";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
