import type {z} from "zod";
import {html} from "npm:htl";
import {Constraints} from "../../lib/mix/constraints.js";
import {parseConstraintsYaml} from "../../lib/run/readConstraints.js";
import {benchmarkOf} from "../../lib/scaling/benchmark.js";

/** What the optimum is asked to be: the objective and the rules that a reader can change. */
export interface AimForm {
  readonly element: HTMLElement;
  /**
   * @throws RangeError for a number that is none
   * @throws TypeError for rules in YAML that are none, by line and field
   */
  read(): Constraints;
}

const kinds = [
  ["one", "one benchmark"],
  ["sum", "a weighted sum"],
  ["worst", "the worst of several"],
  ["quantile", "the worst draws (CVaR)"]
] as const;

/** What the field of further rules shows while it is empty. */
const example = `bounds: {T3: [0, 0.2]}
supply: {T0: 2e9, T1: 5e9}
tokens: 20e9
cost: {perToken: {T0: 3e-6, T1: 1e-6}, budget: 20000}
rules:
  - {name: more T1 than T3, coefficients: {T1: 1, T3: -1}, least: 0}`;

/** The form of what to optimise and under which rules; `changed` is called whenever one of its fields is. */
export function aimForm(constraints: Constraints, targets: readonly string[], changed: () => void): AimForm {
  const {objective, divergence} = constraints;
  let serial = 0;
  const asked = (label: string, hint: string, control: HTMLElement) => {
    control.id = `aim-${++serial}`;
    return html`<div class="asked">
      <label class="field" for=${control.id}>${label}</label>${control}<span class="hint">${hint}</span>
    </div>`;
  };
  const number = (value: number | string, least: number, most: number | "", step: number | "any") =>
    html`<input type="number" min=${least} max=${most} step=${step} value=${value} />` as HTMLInputElement;
  const choice = (options: readonly (readonly [string, string])[], chosen: string) =>
    html`<select class="choice">
      ${options.map(([value, text]) => html`<option value=${value} selected=${value === chosen}>${text}</option>`)}
    </select>` as HTMLSelectElement;

  const kind = choice(
    targets.length > 1 ? kinds : kinds.filter(([name]) => name === "one" || name === "quantile"),
    objective.kind
  );
  const names = targets.map((target) => [target, benchmarkOf(target).label] as const);
  const first = typeof objective.benchmarks === "string" ? objective.benchmarks : targets[0];
  const single = choice(names, first);
  const tail = number(100 * objective.tail, 1, 100, 1);
  const weights = targets.map((target) => ({target, input: number(1, 0, "", "any")}));
  const anchor = number(constraints.anchor, 0, 1, 0.05);
  const lambda = number(divergence.lambda, 0, "", "any");
  const tokens = number(constraints.tokens ?? "", 1, "", "any");
  const repetition = number(constraints.repetition, 0.1, "", 0.5);
  const floor = html`<input type="checkbox" />` as HTMLInputElement;
  floor.checked = constraints.minimum.length > 0;
  const rules = html`<textarea
    id="aim-rules"
    rows="7"
    spellcheck="false"
    aria-describedby="aim-rules-hint"
    placeholder=${example}
  ></textarea>` as HTMLTextAreaElement;
  const supplied = Object.keys(constraints.supply).length > 0;

  const one = asked("benchmark", "what is to be best", single);
  const many = html`<div>
    ${weights.map(({target, input}) => asked(benchmarkOf(target).label, "weight; 0 leaves it out", input))}
  </div>`;
  const worst = asked("share of the draws, %", "the mean over the worst of them counts", tail);
  const show = () => {
    one.hidden = kind.value === "sum" || kind.value === "worst";
    many.hidden = !one.hidden;
    worst.hidden = kind.value !== "quantile";
  };
  const floors = constraints.heldOut.filter((name) => targets.includes(name));

  const element = html`<div class="asks">
    <fieldset>
      <legend>What is to be best</legend>
      ${asked("objective", "several are counted in replicate SDs", kind)} ${one} ${many} ${worst}
    </fieldset>
    <fieldset>
      <legend>Under which rules</legend>
      ${asked("least T0 + T1", "the human anchor; 0.30 is the default", anchor)}
      ${supplied ? asked("tokens to train on", "with the tiers' supply it caps repeats", tokens) : null}
      ${supplied ? asked("most epochs over a tier", "repeats that still help", repetition) : null}
      ${asked("pull to the reference", "λ, in the objective's unit per nat; 0 is none", lambda)}
      ${
        floors.length > 0
          ? html`<label class="check">${floor} no held-out benchmark worse than at the baseline</label>`
          : null
      }
    </fieldset>
    <fieldset class="whole">
      <legend><label for="aim-rules">Every other rule, as the file of --constraints takes it</label></legend>
      ${rules}
      <span class="hint" id="aim-rules-hint">
        YAML or JSON; what stands here goes before the fields above. Also: generatorCaps, entropy, reference,
        divergence.most, minimum, domains, at, rules with coefficients of any sign. A tier stands for all its domains.
      </span>
    </fieldset>
  </div>`;
  show();
  for (const type of ["input", "change"])
    element.addEventListener(type, (event) => {
      event.stopPropagation();
      show();
      if (type === "change" || (event.target as HTMLElement).matches("input[type=number]")) changed();
    });

  function positive(label: string, input: HTMLInputElement, least: number, most = Infinity): number {
    const value = input.value.trim() === "" ? NaN : Number(input.value);
    if (value >= least && value <= most) return value;
    const range = most === Infinity ? `a number of ${least} or more` : `a number from ${least} to ${most}`;
    throw new RangeError(`${label}: expected ${range}, got ${JSON.stringify(input.value)}`);
  }

  return {
    element,
    read() {
      const used = weights.map(({target, input}) => ({target, weight: positive(`weight of ${target}`, input, 0)}));
      const picked = used.filter(({weight}) => weight > 0);
      if (!many.hidden && picked.length === 0)
        throw new RangeError("expected a weight above 0 for one benchmark, got none");
      const several = Object.fromEntries(picked.map(({target, weight}) => [target, weight]));
      const written = parseConstraintsYaml(rules.value, "rules") as z.input<typeof Constraints>;
      return Constraints.parse({
        ...constraints,
        objective: {
          ...objective,
          kind: kind.value as (typeof kinds)[number][0],
          benchmarks: one.hidden ? several : single.value,
          tail: positive("share of the draws", tail, 1, 100) / 100
        },
        anchor: positive("least T0 + T1", anchor, 0, 1),
        ...(supplied && tokens.value.trim() !== "" && {tokens: positive("tokens to train on", tokens, 1)}),
        repetition: positive("most epochs over a tier", repetition, 0.1),
        minimum: floor.checked
          ? floors.map((benchmark) => ({
              benchmark,
              value: "baseline" as const,
              tolerance: 0,
              of: "prediction" as const
            }))
          : [],
        ...written,
        divergence: {...divergence, lambda: positive("pull to the reference", lambda, 0), ...written.divergence}
      });
    }
  };
}
