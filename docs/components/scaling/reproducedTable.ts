import {sortableTable} from "../sortableTable.js";
import {scalar} from "../format.js";

/** A published figure beside ours, as data/reproduced.json holds it. */
export interface Reproduced {
  readonly group: string;
  readonly set: string;
  readonly figure: string;
  readonly published: number | string;
  readonly ours: number | string | null;
  readonly tolerance: number;
  readonly agrees: boolean | null;
  readonly note: string;
}

/** Published numbers and ours, side by side: what was done, on which public data, and whether the two agree. */
export function reproducedTable(figures: readonly Reproduced[]): HTMLElement {
  const number = (value: unknown) => (typeof value === "number" ? precise(value) : String(value ?? ""));
  return sortableTable(
    figures.map(({group, set, figure, published, ours, tolerance, agrees, note}) => ({
      what: group,
      figure,
      published,
      ours,
      tolerance,
      verdict: agrees === null ? "not computed" : agrees ? "agrees" : "differs",
      "data set": set,
      note
    })),
    {
      caption: "published numbers and ours, side by side",
      name: "ballast-reproduced",
      rows: 15,
      columns: {
        what: {},
        figure: {},
        published: {format: number},
        ours: {format: number},
        tolerance: {format: number},
        verdict: {},
        "data set": {},
        note: {}
      }
    }
  );
}

/** A number to eight digits, so that the last published one can be compared. */
function precise(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e6)) return scalar(value);
  return String(Number(value.toPrecision(8))).replace("-", "−");
}
