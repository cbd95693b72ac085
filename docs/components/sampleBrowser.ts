import {html} from "npm:htl";
import {tierInfo} from "./colors.js";
import type {Database} from "./duckdb.js";
import {count} from "./format.js";
import {sampleText} from "./sampleText.js";

/** Samples that are shown at a time. */
const page = 5;

type Row = Record<string, unknown>;

/** Samples and rejects to leaf through, by domain, tier or reason; their texts are shown as text alone. */
export function sampleBrowser(database: Database): HTMLElement {
  const output = html`<div aria-live="polite"></div>`;
  const choices = html`<div class="choices"></div>`;
  const more = html`<button type="button" class="button">Other samples</button>`;
  let turn = 0;
  let seed = 1;
  const table = select("table", ["kept samples", "rejects"]);
  const domain = select("domain", []);
  const tier = select("tier or reason", []);

  async function values(column: string): Promise<string[]> {
    const from = table.value === "rejects" ? "rejects" : "shards";
    return strings(await database.query(`SELECT DISTINCT ${column} AS v FROM ${from} ORDER BY v`));
  }

  async function refill(): Promise<void> {
    fill(domain, ["all", ...(await values("domain"))]);
    fill(tier, ["all", ...(await values(table.value === "rejects" ? "reason" : "tier"))]);
    await show();
  }

  async function show(): Promise<void> {
    const mine = ++turn;
    const rejects = table.value === "rejects";
    const group = rejects ? "reason" : "tier";
    const where = `(? = 'all' OR domain = ?) AND (? = 'all' OR ${group} = ?)`;
    const parameters = [domain.value, domain.value, tier.value, tier.value];
    const from = rejects ? "rejects" : "shards";
    // The order is drawn by a seed that the button counts up: the same clicks show the same samples.
    const found = await database.query(
      `SELECT *, count(*) OVER () AS total FROM ${from} WHERE ${where} ORDER BY md5(origin || ?) LIMIT ${page}`,
      [...parameters, String(seed)]
    );
    if (mine !== turn) return;
    const rows = found.toArray().map((row) => row.toJSON() as Row);
    output.replaceChildren(
      html`<p class="quiet">
        ${rows.length === 0 ? "No such samples." : `${rows.length} of ${count(Number(rows[0].total))}`}
      </p>`,
      ...rows.map(show1)
    );
  }

  for (const control of [domain, tier]) control.addEventListener("change", () => void show());
  table.addEventListener("change", () => void refill());
  more.addEventListener("click", () => {
    seed++;
    void show();
  });
  choices.append(field("show", table), field("domain", domain), field("tier or reason", tier), more);
  void refill();
  return html`<div>${choices} ${output}</div>`;
}

function show1(row: Row): HTMLElement {
  const text = (name: string) => String(row[name] ?? "");
  const color = tierInfo[row.tier as keyof typeof tierInfo]?.color ?? "var(--refused)";
  const about = [text("domain"), text("kind"), text("generator"), `${text("tokens")} tokens`];
  const reason = row.reason === undefined ? `passed ${text("passed") || "nothing"}` : text("stage");
  return html`<article class="sample" style=${{"--color": color}}>
    <div class="about">
      <strong>${text("tier") || text("reason")}</strong>${[...about, reason].map((t) => html`<span>${t}</span>`)}
    </div>
    ${row.text === null ? html`<p class="quiet">text not published</p>` : sampleText(text("text"))}
    ${row.pictures ? html`<p class="quiet">with ${text("pictures")}, in the data set</p>` : null}
    ${row.detail ? html`<div class="quiet">${sampleText(text("detail"), {limit: 200})}</div>` : null}
  </article>`;
}

function select(label: string, options: readonly string[]): HTMLSelectElement {
  const made = html`<select class="choice" aria-label=${label}></select>` as HTMLSelectElement;
  fill(made, options);
  return made;
}

function fill(control: HTMLSelectElement, options: readonly string[]): void {
  control.replaceChildren(...options.map((option) => html`<option>${option}</option>`));
}

function field(label: string, control: HTMLElement): HTMLElement {
  return html`<label class="field">${label}<br />${control}</label>`;
}

function strings(result: {toArray(): {toJSON(): Row}[]}): string[] {
  return result.toArray().map((row) => String(row.toJSON().v));
}
