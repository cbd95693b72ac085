import type {BenchmarkItem} from "../curate/contamination/benchmarkItem.js";
import type {Trace} from "../curate/contamination/benchmarkScan.js";
import type {Judgement} from "../curate/contamination/pairJudge.js";
import type {Columns} from "../io/parquet.js";

/** A trace as meta/contamination.parquet holds it. */
export type ContaminationRow = {
  /** place of the document: file and line or row */
  document: string;
  benchmark: string;
  item: string;
  method: string;
  part: string;
  grams: number;
  score: number;
  least: number;
  start: number;
  end: number;
  /** of the judge: "same", "different", "not judged"; "" where none was asked */
  verdict: string;
  /** why, in the judge's words, or why there is no verdict */
  detail: string;
  /** what the judge quotes of the document and of the item; it stands there, word for word */
  quote: string;
  itemQuote: string;
};

/** The columns of meta/contamination.parquet. */
export const contaminationColumns: Columns = {
  document: "VARCHAR",
  benchmark: "VARCHAR",
  item: "VARCHAR",
  method: "VARCHAR",
  part: "VARCHAR",
  grams: "INTEGER",
  score: "DOUBLE",
  least: "DOUBLE",
  start: "INTEGER",
  end: "INTEGER",
  verdict: "VARCHAR",
  detail: "VARCHAR",
  quote: "VARCHAR",
  itemQuote: "VARCHAR"
};

const unasked = {verdict: "", detail: "", quote: "", itemQuote: ""};

/** The rows of one document's traces, with what a judge said of the items in question. */
export function contaminationRows(
  document: string,
  traces: readonly Trace[],
  items: readonly Pick<BenchmarkItem, "benchmark" | "id">[],
  judged: ReadonlyMap<Trace, Judgement> = new Map()
): ContaminationRow[] {
  return traces.map((trace) => {
    const {number, ...rest} = trace;
    const {benchmark, id} = items[number];
    return {document, benchmark, item: id, ...rest, ...(judged.get(trace) ?? unasked)};
  });
}
