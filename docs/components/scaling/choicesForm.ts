import {html} from "npm:htl";
import {laws} from "../../lib/scaling/laws.js";
import {objectives} from "../../lib/scaling/objective.js";
import type {RunsColumn} from "../runsDatabase.js";
import {percent} from "../format.js";
import {intervals, levels, noChoices, type Choices} from "./choices.js";

type Field = keyof Choices;
type Control = HTMLInputElement | HTMLSelectElement;

/** A field as the form asks it. */
interface Ask {
  readonly field: Field;
  readonly label: string;
  readonly hint: string;
}

const measured: readonly Ask[] = [
  {field: "target", label: "target", hint: "what was measured"},
  {field: "where", label: "where", hint: "only runs that meet this"}
];

const measuredToo: readonly Ask[] = [
  {field: "holdout", label: "hold out", hint: "runs to predict, not to fit"},
  {field: "sd", label: "sd", hint: "known noise of each value"}
];

const varied: readonly Ask[] = [
  {field: "n", label: "N", hint: "parameters"},
  {field: "d", label: "D", hint: "training tokens, repeats included"},
  {field: "share", label: "synthetic share", hint: "0 to 1"},
  {field: "shares", label: "shares of tiers", hint: "columns by pattern: share_*"}
];

const variedToo: readonly Ask[] = [
  {field: "u", label: "U", hint: "distinct tokens"},
  {field: "supplies", label: "supplies of tiers", hint: "distinct tokens of each, by pattern: supply_*"},
  {field: "loss", label: "loss", hint: "measured; for laws from loss to accuracy"},
  {field: "via", label: "via", hint: "a loss that is fitted first; the target then over its predictions"},
  {field: "generation", label: "generation", hint: "of self-training"},
  {field: "samples", label: "samples", hint: "in each generation"},
  {field: "cut", label: "cut", hint: "rank at which a tail was cut"}
];

/** The form of what to fit and how; text fields take a column's name or SQL over the columns. */
export function choicesForm(): {
  element: HTMLElement;
  read(): Choices;
  write(choices: Choices): void;
  /** the columns of the table in use, to choose from */
  offer(columns: readonly RunsColumn[]): void;
  /** says beside a field what is wrong with it; whether there is such a field */
  refuse(field: string, message: string): boolean;
  clear(): void;
} {
  const controls = new Map<Field, Control>();
  const errors = new Map<Field, HTMLElement>();
  const columns = html`<datalist id="runs-columns"></datalist>`;

  const wrap = ({field, label, hint}: Ask, control: Control) => {
    const error = html`<span id=${`error-${field}`} class="field-error" role="alert"></span>`;
    controls.set(field, control);
    errors.set(field, error);
    control.id = `choice-${field}`;
    control.setAttribute("aria-describedby", `hint-${field} error-${field}`);
    return html`<div class="asked">
      <label class="field" for=${control.id}>${label}</label>
      ${control}
      <span id=${`hint-${field}`} class="hint">${hint}</span>
      ${error}
    </div>`;
  };
  const sql = (ask: Ask) =>
    wrap(
      ask,
      html`<input
        type="text"
        list="runs-columns"
        maxlength="2000"
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
      />` as HTMLInputElement
    );
  const select = (ask: Ask, options: readonly (readonly [string, string])[]) =>
    wrap(
      ask,
      html`<select class="choice">
        ${options.map(([value, text]) => html`<option value=${value}>${text}</option>`)}
      </select>` as HTMLSelectElement
    );
  const number = (ask: Ask, least: number, most: number) =>
    wrap(ask, html`<input type="number" min=${least} max=${most} step="1" required />` as HTMLInputElement);

  const element = html`<div class="asks">
    ${columns}
    <fieldset>
      <legend>What was measured</legend>
      ${measured.map(sql)}
      <details>
        <summary>noise, held-out runs, direction</summary>
        ${measuredToo.map(sql)}
        ${select({field: "better", label: "better is", hint: "by default what the name says"}, [
          ["", "by its name"],
          ["lower", "lower"],
          ["higher", "higher"]
        ])}
      </details>
    </fieldset>
    <fieldset>
      <legend>What was varied</legend>
      ${varied.map(sql)}
      <details>
        <summary>other variables</summary>
        ${variedToo.map(sql)}
      </details>
    </fieldset>
    <fieldset>
      <legend>How to fit</legend>
      ${select({field: "law", label: "law", hint: "auto: by evidence from runs left out"}, [
        ["auto", "auto"],
        ...laws.map(({id, title}) => [id, `${id} (${title})`] as const)
      ])}
      ${number({field: "bootstrap", label: "bootstrap draws", hint: "100 to 20,000"}, 100, 20_000)}
      <details>
        <summary>objective, intervals, seed</summary>
        ${select({field: "objective", label: "objective", hint: "what the fit makes small"}, [
          ["", "the law's own"],
          ...Object.entries(objectives).map(
            ([name, {loss, penalty}]) =>
              [name, loss === "asymmetric" ? `${name} (above costs ${penalty} times below)` : name] as const
          )
        ])}
        ${sql({field: "cluster", label: "drawn as one", hint: "mix, run, seed, or SQL of a group"})}
        ${select(
          {field: "interval", label: "intervals", hint: "bca corrects bias and skew"},
          intervals.map((name) => [name, name])
        )}
        ${select(
          {field: "level", label: "level", hint: "of the intervals"},
          levels.map((level) => [String(level), percent(level)])
        )}
        ${number({field: "seed", label: "seed", hint: "same seed, same numbers"}, 0, 2 ** 31)}
      </details>
    </fieldset>
  </div>`;

  const form = {
    element,
    read(): Choices {
      const text = Object.fromEntries([...controls].map(([field, control]) => [field, control.value.trim()]));
      const whole = (field: "bootstrap" | "seed") => {
        const value = text[field] === "" ? NaN : Number(text[field]);
        return Number.isSafeInteger(value) ? value : NaN;
      };
      return {
        ...noChoices,
        ...text,
        cluster: text.cluster || noChoices.cluster,
        level: Number(text.level),
        bootstrap: whole("bootstrap"),
        seed: whole("seed")
      } as Choices;
    },
    write(choices: Choices) {
      for (const [field, control] of controls) {
        control.value = String(choices[field]);
        const inside = control.closest("details");
        if (inside !== null && choices[field] !== noChoices[field]) inside.open = true;
      }
      form.clear();
    },
    offer(list: readonly RunsColumn[]) {
      columns.replaceChildren(...list.map(({name}) => html`<option value=${name}></option>`));
    },
    refuse(field: string, message: string) {
      const error = errors.get(field as Field);
      if (error === undefined) return false;
      error.textContent = message;
      const control = controls.get(field as Field)!;
      control.setAttribute("aria-invalid", "true");
      const inside = control.closest("details");
      if (inside !== null) inside.open = true;
      return true;
    },
    clear() {
      for (const error of errors.values()) error.textContent = "";
      for (const control of controls.values()) control.removeAttribute("aria-invalid");
    }
  };
  return form;
}
