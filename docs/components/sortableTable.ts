import {html} from "npm:htl";
import {saveButton, toCsv, toJson, type Datum} from "./download.js";
import {pressButton} from "./pressButton.js";

export interface Column {
  label?: string;
  format?: (value: unknown, row: Datum) => string;
}

export interface TableOptions {
  /** columns to show, in order, but for those that hold nothing; all columns of the first row by default */
  columns?: Readonly<Record<string, Column>>;
  /** rows a page */
  rows?: number;
  /** what the table holds, for those who do not see it; and the name of its downloads */
  caption: string;
  name: string;
}

/** Characters of a text that is shown whole, on several lines; of a longer one only the first line is. */
const longestSentence = 240;

const number = new Intl.NumberFormat("en", {maximumSignificantDigits: 6});

/**
 * A table that sorts by a column at a click, page by page. Cells hold text alone: markup in a value stays text.
 */
export function sortableTable(data: Iterable<Datum>, {columns, rows = 20, caption, name}: TableOptions): HTMLElement {
  const all = [...data];
  const keys =
    columns === undefined
      ? Object.keys(all[0] ?? {})
      : Object.keys(columns).filter((key) => all.some((row) => !isEmpty(row[key])));
  const numeric = new Set(keys.filter((key) => all.some((row) => typeof row[key] === "number")));
  let order = all;
  let page = 0;
  const body = document.createElement("tbody");
  const where = document.createElement("span");
  where.setAttribute("role", "status");
  const headers = keys.map((key) => {
    const button = html`<button type="button">${columns?.[key]?.label ?? key}</button>`;
    const header = html`<th scope="col" class=${numeric.has(key) ? "number" : ""}>${button}</th>`;
    button.addEventListener("click", () => {
      const descending = header.getAttribute("aria-sort") === "ascending";
      for (const other of headers) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", descending ? "descending" : "ascending");
      order = all.toSorted((a, b) => compare(a[key], b[key]) * (descending ? -1 : 1));
      show(0);
    });
    return header;
  });
  const before = pressButton("Previous", () => show(page - 1));
  const after = pressButton("Next", () => show(page + 1));
  function show(to: number): void {
    page = to;
    const slice = order.slice(page * rows, (page + 1) * rows);
    body.replaceChildren(
      ...slice.map((row) => {
        const line = document.createElement("tr");
        for (const key of keys) {
          const cell = line.insertCell();
          cell.className = numeric.has(key) ? "number" : "";
          cell.textContent = columns?.[key]?.format?.(row[key], row) ?? display(row[key]);
          const {length} = cell.textContent;
          if (length > longestSentence) cell.title = cell.textContent;
          else if (length > 30) cell.classList.add("sentence");
        }
        return line;
      })
    );
    const first = page * rows + 1;
    where.textContent =
      all.length === 0
        ? "no rows"
        : `${number.format(first)}–${number.format(first + slice.length - 1)} of ${number.format(all.length)}`;
    before.disabled = page === 0;
    after.disabled = (page + 1) * rows >= all.length;
  }
  show(0);
  return html`<div>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <thead>
          <tr>
            ${headers}
          </tr>
        </thead>
        ${body}
      </table>
    </div>
    <div class="pager">
      ${all.length > rows ? [before, after] : null} ${where} ${saveButton("CSV", `${name}.csv`, () => toCsv(all))}
      ${saveButton("JSON", `${name}.json`, () => toJson(all))}
    </div>
  </div>`;
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === "";

function display(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return number.format(value).replace("-", "−");
  if (typeof value === "object") return value instanceof Date ? value.toISOString() : JSON.stringify(value);
  return String(value);
}

/** Numbers by size, text by its order, nothing last. */
function compare(a: unknown, b: unknown): number {
  const empty = Number(a === null || a === undefined) - Number(b === null || b === undefined);
  if (empty !== 0 || a === null || a === undefined) return empty;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
