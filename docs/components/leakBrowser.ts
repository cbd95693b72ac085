import {html} from "npm:htl";
import type {Excerpt} from "../lib/run/leakageExcerpt.js";
import type {ShownCopy} from "../lib/run/leakageCopies.js";
import type {ShownPair} from "../lib/run/leakageHeldOut.js";
import {pressButton} from "./pressButton.js";
import {shownText} from "./sampleText.js";
import {sharedWords, type SharedPart} from "./sharedWords.js";

/** One sample beside a held-out text at a time, the surest first; the words that both have are marked. */
export function pairBrowser(pairs: readonly ShownPair[], {names}: {names: (method: string) => string}): HTMLElement {
  return browser(pairs, {
    one: "pair",
    choice: "method",
    of: ({methods: [{method}]}) => names(method),
    article({sample, generator, tier, benchmark, item, methods, text, heldOut}) {
      const [{method}] = methods;
      const least = method.startsWith("ngram-") ? Math.min(8, Number(method.slice(6))) : 3;
      // A short question that stands there as a whole is marked where it stands.
      const marked = (own: Excerpt, other: Excerpt) =>
        method === "whole" ? place(own) : sharedWords(own.text, other.text, {least});
      const found = methods.map(
        ({method, grams, score}) =>
          `${names(method)}${grams > 0 ? `: ${grams}` : ""}${method === "tfidf" ? `: ${score.toFixed(3)}` : ""}`
      );
      return html`<div>
        ${part(`sample ${sample}`, [tier, generator, ...found], "var(--t3)", text, (own) => marked(own, heldOut!))}
        ${part(`held out: ${item}`, [benchmark], "var(--t2)", heldOut, (own) => marked(own, text!))}
        ${text === null || method === "whole" ? null : html`<p class="quiet">Marked: runs of ${least} words or more that both have.</p>`}
      </div>`;
    }
  });
}

/** One sample beside the seed that it copies from at a time, the longest run first, marked in both. */
export function copyBrowser(copies: readonly ShownCopy[]): HTMLElement {
  return browser(copies, {
    one: "sample",
    choice: "of",
    of: ({declared}) => (declared ? "whole samples, with human text that they declare" : "what the generator wrote"),
    article({sample, generator, tier, tokens, declared, seed, text, seedText}) {
      const about = [tier, generator, `${tokens} tokens in a row`, ...(declared ? ["human text is declared"] : [])];
      return html`<div>
        ${part(`sample ${sample}`, about, "var(--t3)", text, place)}
        ${part(`seed ${seed}`, [], "var(--t0)", seedText, place)}
      </div>`;
    }
  });
}

function part(
  title: string,
  about: readonly string[],
  color: string,
  excerpt: Excerpt | null,
  parts: (excerpt: Excerpt) => SharedPart[]
): HTMLElement {
  return html`<article class="sample" style=${{"--color": color}}>
    <div class="about"><strong>${title}</strong>${about.map((text) => html`<span>${text}</span>`)}</div>
    ${
      excerpt === null
        ? html`<p class="quiet">text not published</p>`
        : html`<pre>
${excerpt.before > 0 ? "… " : ""}${parts(excerpt).flatMap(({text, shared}) =>
              shared ? [html`<mark>${shownText(text)}</mark>`] : shownText(text)
            )}${excerpt.after > 0 ? " …" : ""}</pre>`
    }
  </article>`;
}

function place({text, start, end}: Excerpt): SharedPart[] {
  return [
    {text: text.slice(0, start), shared: false},
    {text: text.slice(start, end), shared: true},
    {text: text.slice(end), shared: false}
  ].filter(({text}) => text !== "");
}

/** Leafs through things of several kinds. */
function browser<T>(
  all: readonly T[],
  {one, choice, of, article}: {one: string; choice: string; of: (one: T) => string; article: (one: T) => HTMLElement}
): HTMLElement {
  const output = html`<div aria-live="polite"></div>`;
  const kinds = [...new Set(all.map(of))];
  const select = html`<select class="choice" aria-label=${choice}></select>` as HTMLSelectElement;
  select.replaceChildren(...["all", ...kinds].map((kind) => html`<option>${kind}</option>`));
  const before = pressButton(`Previous ${one}`, () => show(at - 1));
  const after = pressButton(`Next ${one}`, () => show(at + 1));
  let at = 0;

  function show(to: number): void {
    const some = all.filter((each) => select.value === "all" || of(each) === select.value);
    at = Math.max(0, Math.min(to, some.length - 1));
    before.disabled = at <= 0;
    after.disabled = at >= some.length - 1;
    output.replaceChildren(
      html`<p class="quiet">${one} ${at + 1} of ${some.length} shown here</p>`,
      ...some.slice(at, at + 1).map(article)
    );
  }

  select.addEventListener("change", () => show(0));
  show(0);
  return html`<div>
    <div class="choices">
      ${kinds.length > 1 ? html`<label class="field">${choice}<br />${select}</label>` : null} ${before} ${after}
    </div>
    ${output}
  </div>`;
}
