import {html} from "npm:htl";
import type {CriticCase} from "../lib/run/criticCases.js";
import type {QuotedPart} from "../lib/run/quotedText.js";
import {count} from "./format.js";
import {pressButton} from "./pressButton.js";
import {sampleText, shownText} from "./sampleText.js";

/** Why a vote that rests on a quote does not count. */
const voidWords: Readonly<Record<string, string>> = {
  "no-quote": "it quotes nothing",
  "quote-too-short": "its quote is too short to show anything",
  "quote-not-found": "its quote does not stand in the text"
};
const said = {pass: "passes", fail: "fails", abstain: "abstains", void: "does not count"} as const;
const fates = ["kept", "refused"] as const;

/** What became of a case's draft. */
export function fateOf({tier, reason}: CriticCase): string {
  return tier === null ? (reason === "" ? "not in the data set" : `refused: ${reason}`) : `kept in ${tier}`;
}

/**
 * One draft on which judges disagree at a time: its text and source with what judges quote marked, every vote, and what
 * became of it. All of it is shown as text alone.
 */
export function caseBrowser(cases: readonly CriticCase[]): HTMLElement {
  const output = html`<div aria-live="polite"></div>`;
  const critic = select("critic", [...new Set(cases.map((one) => one.critic))].sort());
  const fate = select("draft", fates);
  const number = html`<input
    class="choice"
    type="number"
    min="1"
    max=${cases.length}
    value="1"
    aria-label="case number"
  />`;
  let at = 0;
  const found = () =>
    cases.filter(
      (one) =>
        (critic.value === "all" || one.critic === critic.value) &&
        (fate.value === "all" || (one.tier === null) === (fate.value === "refused"))
    );
  const before = pressButton("Previous case", () => show(at - 1));
  const after = pressButton("Next case", () => show(at + 1));

  function show(to: number): void {
    const some = found();
    at = Math.max(0, Math.min(to, some.length - 1));
    before.disabled = at <= 0;
    after.disabled = at >= some.length - 1;
    const one = some.at(at);
    if (one !== undefined) (number as HTMLInputElement).value = String(cases.indexOf(one) + 1);
    output.replaceChildren(
      html`<p class="quiet">
        ${one === undefined ? "No such case." : `case ${cases.indexOf(one) + 1}: ${at + 1} of ${some.length} chosen here`}
      </p>`,
      ...(one === undefined ? [] : [article(one)])
    );
  }

  for (const control of [critic, fate]) control.addEventListener("change", () => show(0));
  number.addEventListener("change", () => {
    const wanted = cases[Math.max(1, Math.min(cases.length, Number((number as HTMLInputElement).value) || 1)) - 1];
    if (!found().includes(wanted)) critic.value = fate.value = "all";
    show(found().indexOf(wanted));
  });
  show(0);
  return html`<div>
    <div class="choices">
      <label class="field">critic<br />${critic}</label>
      <label class="field">draft<br />${fate}</label>
      <label class="field">case<br />${number}</label>
      ${before} ${after}
    </div>
    ${output}
  </div>`;
}

function article(one: CriticCase): HTMLElement {
  const {origin, critic, domain, generator, seed, tier, verdict, votes, text, source} = one;
  const panel =
    verdict === null
      ? []
      : [`${critic}: ${verdict.reason || "passed"}${verdict.score === null ? "" : `, score ${verdict.score}`}`];
  const about = [
    domain,
    generator,
    fateOf(one),
    ...(verdict === null ? [critic] : panel),
    ...(seed ? [`seed ${seed}`] : [])
  ];
  return html`<article class="sample case" style=${{"--color": tier === null ? "var(--refused)" : "var(--t2)"}}>
    <div class="about"><strong>${origin}</strong>${about.map((words) => html`<span>${words}</span>`)}</div>
    ${text === null ? html`<p class="quiet">text not published</p>` : quoted(text, votes)}
    ${
      source === null
        ? null
        : html`<details open>
            <summary>the source it was made from</summary>
            ${quoted(source, votes)}
          </details>`
    }
    <ol class="verdicts">
      ${votes.map(
        ({judge, model, family, answer, confidence, quote, reason, detail}) =>
          html`<li>
            <strong>${judge}</strong> ${said[answer]}${answer === "void" ? `: ${voidWords[reason] ?? reason}` : ""}${
              confidence === null ? "" : `, ${Math.round(100 * confidence)} % sure`
            }
            <span class="quiet">${model}, family ${family}</span>
            ${quote === "" ? null : html`<div class="quiet">quotes</div>`}
            ${quote === "" ? null : sampleText(quote, {limit: 400})}
            ${detail === "" ? null : html`<div class="quiet">because</div>`}
            ${detail === "" ? null : sampleText(detail, {limit: 400})}
          </li>`
      )}
    </ol>
  </article>`;
}

/** A text with its quotes marked, each with the numbers of the votes that give it. */
function quoted(parts: readonly QuotedPart[], votes: CriticCase["votes"]): HTMLElement {
  const nodes = parts.flatMap((part): Node[] => {
    if ("left" in part) return [html`<span class="quiet"> [… ${count(part.left)} characters …] </span>`];
    if (part.quotes.length === 0) return shownText(part.text);
    const failing = part.quotes.every((i) => votes[i].answer === "fail");
    const mark = document.createElement("mark");
    if (failing) mark.className = "fail";
    mark.append(...shownText(part.text), html`<sup>${part.quotes.map((i) => i + 1).join(", ")}</sup>`);
    return [mark];
  });
  const pre = document.createElement("pre");
  pre.append(...nodes);
  return pre;
}

function select(label: string, options: readonly string[]): HTMLSelectElement {
  const made = html`<select class="choice" aria-label=${label}></select>` as HTMLSelectElement;
  made.replaceChildren(...["all", ...options].map((option) => html`<option>${option}</option>`));
  return made;
}
