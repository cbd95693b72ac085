import {html} from "npm:htl";
import {pressButton} from "./pressButton.js";
import {sampleText} from "./sampleText.js";
import {wordDiff} from "./wordDiff.js";

/** A removed sample beside the one that was kept, as clusters.parquet holds it. */
export interface ClusterRow {
  representative: string;
  /** samples of the cluster, the kept one included */
  size: number;
  member: string;
  kind: string;
  jaccard: number;
  domain: string;
  kept_generator: string;
  kept_ceiling: string;
  generator: string;
  ceiling: string;
  /** null where it may not be published */
  kept_text: string | null;
  text: string | null;
}

/** One cluster at a time, the largest first: the kept sample, and each removed one with what differs from it. */
export function clusterBrowser(rows: readonly ClusterRow[]): HTMLElement {
  const stars = new Map<string, ClusterRow[]>();
  for (const row of rows) stars.set(row.representative, [...(stars.get(row.representative) ?? []), row]);
  const clusters = [...stars.values()];
  const output = html`<div aria-live="polite"></div>`;
  const before = pressButton("Previous cluster", () => show(at - 1));
  const after = pressButton("Next cluster", () => show(at + 1));
  let at = 0;

  function show(to: number): void {
    at = Math.max(0, Math.min(to, clusters.length - 1));
    before.disabled = at <= 0;
    after.disabled = at >= clusters.length - 1;
    output.replaceChildren(
      html`<p class="quiet">cluster ${at + 1} of ${clusters.length} shown here, the largest first</p>`,
      ...clusters.slice(at, at + 1).map(star)
    );
  }

  show(0);
  return html`<div>
    <div class="choices">${before} ${after}</div>
    ${output}
  </div>`;
}

function star(members: readonly ClusterRow[]): HTMLElement {
  const {size, representative, domain, kept_generator, kept_ceiling, kept_text} = members[0];
  const left = size - 1 - members.length;
  return html`<div>
    <article class="sample" style=${{"--color": "var(--t2)"}}>
      <div class="about">
        <strong>kept: ${representative}</strong>
        <span>${domain}</span><span>${kept_generator}</span><span>tier at best ${kept_ceiling}</span>
      </div>
      ${kept_text === null ? html`<p class="quiet">text not published</p>` : sampleText(kept_text)}
    </article>
    ${members.map((row) => removed(row))}
    ${left > 0 ? html`<p class="quiet">${left} more of this cluster are in the cluster map.</p>` : null}
  </div>`;
}

function removed(row: ClusterRow): HTMLElement {
  const why =
    row.ceiling === row.kept_ceiling
      ? "of one tier, the smaller hash stayed"
      : `${row.kept_ceiling} comes before ${row.ceiling}`;
  return html`<article class="sample" style=${{"--color": "var(--refused)"}}>
    <div class="about">
      <strong>removed: ${row.member}</strong>
      <span>${row.kind === "exact" ? "the same text" : `Jaccard ${row.jaccard.toFixed(4)}`}</span>
      <span>${row.generator}</span><span>${why}</span>
    </div>
    ${
      row.text === null || row.kept_text === null || row.kind === "exact"
        ? null
        : html`<pre class="diff">
${wordDiff(row.kept_text, row.text).map(({text, in: where}) =>
              where === "both" ? folded(text) : where === "first" ? html`<del>${text}</del>` : html`<ins>${text}</ins>`
            )}</pre>`
    }
  </article>`;
}

/** A long stretch that both have, without its middle. */
function folded(text: string): string {
  const words = text.match(/\s*\S+\s*/g) ?? [];
  const ends = 15;
  if (words.length <= 4 * ends) return text;
  const left = (words.length - 2 * ends).toLocaleString("en");
  return `${words.slice(0, ends).join("")} [… ${left} words alike …] ${words.slice(-ends).join("")}`;
}
