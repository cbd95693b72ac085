import {html} from "npm:htl";
import type {Database} from "./duckdb.js";
import {sortableTable} from "./sortableTable.js";

/** Rows that a query may show; more would only be scrolled past. */
const most = 10_000;

/**
 * An editor for SQL over the page's own database, with the result below it. Runs at Ctrl or ⌘ with Enter, and once at
 * the start.
 *
 * @param options.examples queries by name; the first is run at the start
 */
export function queryEditor(
  database: Database,
  {examples, name}: {examples: Readonly<Record<string, string>>; name: string}
): HTMLElement {
  const area = html`<textarea
    id="query-${name}"
    spellcheck="false"
    autocapitalize="off"
    autocomplete="off"
  ></textarea>` as HTMLTextAreaElement;
  const choice = html`<select class="choice" aria-label="example queries">
    ${Object.keys(examples).map((label) => html`<option>${label}</option>`)}
  </select>` as HTMLSelectElement;
  const run = html`<button type="button" class="button primary">Run</button>`;
  const status = html`<span class="quiet" role="status"></span>`;
  const result = html`<div></div>`;
  let last = 0;
  async function execute(): Promise<void> {
    const turn = ++last;
    const start = performance.now();
    status.textContent = "running";
    try {
      const table = await database.query(area.value);
      if (turn !== last) return;
      const time = performance.now() - start;
      const rows = table.slice(0, most).toArray().map(plain);
      const cut = table.numRows > most ? `, the first ${most.toLocaleString("en")} shown` : "";
      status.textContent = `${table.numRows.toLocaleString("en")} rows in ${time.toFixed(0)} ms${cut}`;
      result.replaceChildren(sortableTable(rows, {caption: "result of the query", name: `ballast-${name}`}));
    } catch (error) {
      if (turn !== last) return;
      status.textContent = "";
      result.replaceChildren(html`<div class="error" role="alert">${(error as Error).message}</div>`);
    }
  }
  choice.addEventListener("change", () => {
    area.value = examples[choice.value];
    void execute();
  });
  run.addEventListener("click", () => void execute());
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void execute();
  });
  area.value = Object.values(examples)[0];
  void execute();
  return html`<div class="editor">
    <label for=${area.id}>SQL</label>
    ${area}
    <div class="buttons">${run} ${choice} ${status}</div>
    ${result}
  </div>`;
}

/** A row as plain values: what Arrow keeps as vectors, dates or big integers becomes arrays, texts and numbers. */
function plain(row: {toJSON(): Record<string, unknown>}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row.toJSON()).map(([name, value]) => [name, convert(value)]));
}

function convert(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].map(convert);
  return "toJSON" in value ? plain(value as Parameters<typeof plain>[0]) : value;
}
