import {html} from "npm:htl";
import {pressButton} from "./pressButton.js";
import {sampleText} from "./sampleText.js";

/** A sample with all that is known of it, as evidence.parquet holds it. */
export interface EvidenceRow {
  at: string;
  name: string;
  kind: string;
  domain: string;
  generator: string;
  /** "accepted", or the first verifier that refused and why */
  outcome: string;
  /** null where it may not be published */
  text: string | null;
  reference: string | null;
  /** "true", "false" or null */
  label: string | null;
  /** JSON */
  verdicts: string;
  /** JSON; null where nothing was mutated or nothing may be shown */
  mutants: string | null;
}

interface Verdict {
  verifier: string;
  version: string;
  ok: boolean;
  reason: string;
  score: number | null;
  detail: string;
  sandbox: string;
}

interface Mutant {
  operator: string;
  line: number;
  from: string;
  to: string;
  state: string;
}

/** One sample at a time, by outcome and generator, with every verdict and mutant; all of it is shown as text alone. */
export function evidenceBrowser(rows: readonly EvidenceRow[]): HTMLElement {
  const output = html`<div aria-live="polite"></div>`;
  const outcome = select("outcome", ["all", ...distinct(rows.map((row) => row.outcome))]);
  const generator = select("generator", ["all", ...distinct(rows.map((row) => row.generator))]);
  let at = 0;
  const found = () =>
    rows.filter(
      (row) =>
        (outcome.value === "all" || row.outcome === outcome.value) &&
        (generator.value === "all" || row.generator === generator.value)
    );
  const before = pressButton("Previous sample", () => show(at - 1));
  const after = pressButton("Next sample", () => show(at + 1));

  function show(to: number): void {
    const some = found();
    at = Math.max(0, Math.min(to, some.length - 1));
    before.disabled = at <= 0;
    after.disabled = at >= some.length - 1;
    output.replaceChildren(
      html`<p class="quiet">${some.length === 0 ? "No such sample." : `${at + 1} of ${some.length} shown here`}</p>`,
      ...some.slice(at, at + 1).map(article)
    );
  }

  for (const control of [outcome, generator]) control.addEventListener("change", () => show(0));
  show(0);
  return html`<div>
    <div class="choices">
      <label class="field">outcome<br />${outcome}</label>
      <label class="field">generator<br />${generator}</label>
      ${before} ${after}
    </div>
    ${output}
  </div>`;
}

function article(row: EvidenceRow): HTMLElement {
  const verdicts = JSON.parse(row.verdicts) as Verdict[];
  const mutants = row.mutants === null ? [] : ((JSON.parse(row.mutants) as Mutant[] | null) ?? []);
  const survivors = mutants.filter(({state}) => state === "survived");
  const about = [row.domain, row.kind, row.generator, ...(row.label === null ? [] : [`published label: ${row.label}`])];
  const color = row.outcome === "accepted" ? "var(--t2)" : "var(--refused)";
  return html`<article class="sample" style=${{"--color": color}}>
    <div class="about"><strong>${row.name || row.at}</strong>${about.map((t) => html`<span>${t}</span>`)}</div>
    ${row.text === null ? html`<p class="quiet">text not published</p>` : sampleText(row.text, {limit: 3000})}
    ${
      row.reference === null
        ? null
        : html`<details>
            <summary>trusted reference</summary>
            ${sampleText(row.reference)}
          </details>`
    }
    <ul class="verdicts">
      ${verdicts.map(
        (v) =>
          html`<li>
            <strong>${v.verifier}</strong> ${v.ok ? "accepts" : `refuses: ${v.reason}`}${
              v.score === null ? "" : `, score ${v.score.toPrecision(3)}`
            }
            <span class="quiet">version ${v.version}${v.sandbox === "" ? "" : `, in ${v.sandbox}`}</span>
            ${v.detail === "" ? null : sampleText(v.detail, {limit: 600})}
          </li>`
      )}
    </ul>
    ${
      mutants.length === 0
        ? null
        : html`<details>
            <summary>${mutants.length} mutants, ${survivors.length} survived</summary>
            <ul>
              ${mutants.map(
                (m) =>
                  html`<li>
                    ${m.state}: ${m.operator} in line ${m.line}, ${sampleText(`${m.from}  →  ${m.to}`, {limit: 200})}
                  </li>`
              )}
            </ul>
          </details>`
    }
  </article>`;
}

const distinct = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== "").sort();

function select(label: string, options: readonly string[]): HTMLSelectElement {
  const made = html`<select class="choice" aria-label=${label}></select>` as HTMLSelectElement;
  made.replaceChildren(...options.map((option) => html`<option>${option}</option>`));
  return made;
}
