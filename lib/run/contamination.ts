import {createWriteStream} from "node:fs";
import {join} from "node:path";
import {once} from "node:events";
import {BenchmarkIndex, type BenchmarkOptions} from "../curate/contamination/benchmarkIndex.js";
import {createBenchmarkScan, type Trace} from "../curate/contamination/benchmarkScan.js";
import type {BenchmarkItem} from "../curate/contamination/benchmarkItem.js";
import {createSeal} from "../curate/contamination/seal.js";
import {atomic, writeAtomic} from "../io/atomic.js";
import {writeParquet, type Columns} from "../io/parquet.js";
import {readRows} from "../io/readRows.js";
import {isSealed, readSealed} from "./contaminationHashes.js";
import {readBenchmarks, type BenchmarkColumns} from "./contaminationItems.js";
import {createContaminationTally, type BenchmarkCount} from "./contaminationTally.js";

/** A text and the item that it may rephrase, for somebody who can tell. */
export interface NominatedPair {
  text: string;
  item: BenchmarkItem;
  cosine: number;
}

export interface ContaminationOptions extends Omit<BenchmarkOptions, "seal"> {
  /** column that holds a document's text */
  text?: string;
  columns?: BenchmarkColumns;
  /** key of files of hashes; empty for none */
  key?: string;
  /** folder for the report, and where `block` names methods, for the documents that stay and those that go */
  out?: string | null;
  /** methods whose traces take a document out; the others flag it */
  block?: readonly string[];
  /** says of each nominated pair whether it is the same question told anew; none by default, and none is then told */
  judge?: (pair: NominatedPair) => Promise<{same: boolean; detail: string}>;
  /** told after each document */
  progress?: (documents: number) => void;
}

/** What of benchmarks is in data. */
export interface Contamination {
  /** the benchmarks' rows and, once those of one question are one, their items */
  rows: number;
  items: number;
  /** items known by their hashes alone: only copies of them can be found */
  sealed: number;
  /** by method: items with too few words for it */
  tooShort: Record<string, number>;
  documents: number;
  /** documents that copy an item, altered or not; those that were merely nominated are not among them */
  contaminated: number;
  /** documents taken out; null where none were to be */
  blocked: number | null;
  benchmarks: BenchmarkCount[];
}

/** A trace as meta/contamination.parquet holds it. */
type ContaminationRow = {
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
  /** of the judge: "same", "other", or "" where none was asked; what it said */
  verdict: string;
  detail: string;
};

const reportColumns: Columns = {
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
  detail: "VARCHAR"
};

/**
 * What of benchmarks is in data, by document, item and method. The benchmarks stay in memory, the data is streamed; the
 * result depends on the files and their order of rows alone. With `out`: meta/contamination.parquet with every trace,
 * contamination.json with the counts, and where something blocks kept.jsonl and rejects.jsonl with the documents' rows.
 *
 * @throws TypeError naming file and line or row where there is no text; RangeError for a method that is none, or a key
 *   that does not fit
 */
export async function contamination(
  paths: readonly string[],
  against: readonly string[],
  options: ContaminationOptions = {}
): Promise<Contamination> {
  const {text: column = "text", key = "", out = null, block = [], judge, progress} = options;
  const open: string[] = [];
  const closed: string[] = [];
  for (const path of against) ((await isSealed(path)) ? closed : open).push(path);
  const index = new BenchmarkIndex({...options, seal: closed.length === 0 ? null : createSeal(key)});
  for (const method of block)
    if (!index.methods.includes(method))
      throw new RangeError(`block: expected some of ${index.methods.join(", ")}, got ${JSON.stringify(method)}`);
  if (block.length > 0 && out === null) throw new RangeError("block: expected a folder for what stays, got none");
  const {items, rows} = await readBenchmarks(open, options.columns);
  for (const item of items) index.add(item);
  for (const path of closed)
    for await (const item of readSealed(path, {sizes: index.sizes, key})) index.addSealed(item);
  const scan = createBenchmarkScan(index.data(), closed.length === 0 ? null : createSeal(key));
  // The texts are needed again only to show a pair to a judge.
  if (judge === undefined) items.length = 0;

  const tally = createContaminationTally(index);
  let blocked = 0;
  async function* traced(sort: (row: unknown, why: ContaminationRow | undefined) => Promise<void> | void) {
    let documents = 0;
    for await (const {at, value} of readRows(paths)) {
      const text = textOf(at, value, column);
      const traces = scan(text);
      tally.add(traces);
      const told: ContaminationRow[] = [];
      for (const trace of traces) {
        const verdict = await judged(trace, text);
        const {number, ...rest} = trace;
        const {benchmark, id} = index.items[number];
        told.push({document: at, benchmark, item: id, ...rest, ...verdict});
      }
      const why = told.find(({method, verdict}) => block.includes(method) && verdict !== "other");
      if (why !== undefined) blocked++;
      await sort(value, why);
      yield* told;
      progress?.(++documents);
    }
  }
  async function judged({method, number, score}: Trace, text: string): Promise<{verdict: string; detail: string}> {
    if (judge === undefined || method !== "tfidf") return {verdict: "", detail: ""};
    const {same, detail} = await judge({text, item: items[number], cosine: score});
    return {verdict: same ? "same" : "other", detail: detail.slice(0, 300)};
  }

  if (out === null) {
    for await (const _ of traced(() => {}));
  } else {
    const report = join(out, "meta", "contamination.parquet");
    if (block.length === 0)
      await writeParquet(
        report,
        reportColumns,
        traced(() => {})
      );
    else
      await atomic(join(out, "kept.jsonl"), (kept) =>
        atomic(join(out, "rejects.jsonl"), async (rejects) => {
          const files = [createWriteStream(kept, {flags: "wx"}), createWriteStream(rejects, {flags: "wx"})];
          const failed = Promise.all(files.map((file) => once(file, "close")));
          failed.catch(() => {});
          await writeParquet(
            report,
            reportColumns,
            traced(async (row, why) => {
              const [file, line] =
                why === undefined
                  ? [files[0], row]
                  : [files[1], {reason: "contamination", detail: detailOf(why), document: why.document, row}];
              if (!file.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(file, "drain"), failed]);
            })
          );
          for (const file of files) file.end();
          await failed;
        })
      );
  }
  const {documents, contaminated, benchmarks} = tally.result();
  const found: Contamination = {
    ...{rows, items: index.items.length, sealed: index.open.filter((one) => !one).length, tooShort: index.tooShort},
    ...{documents, contaminated, blocked: block.length === 0 ? null : blocked, benchmarks}
  };
  if (out !== null) await writeAtomic(join(out, "contamination.json"), `${JSON.stringify(found, null, 1)}\n`);
  return found;
}

function detailOf({method, benchmark, item, part, score}: ContaminationRow): string {
  return `${method} of ${benchmark} ${item}: ${part}, ${score.toPrecision(3)}`.slice(0, 300);
}

function textOf(at: string, value: unknown, column: string): string {
  const row = value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
  const text = Object.hasOwn(row, column) ? row[column] : undefined;
  if (typeof text === "string") return text;
  throw new TypeError(`${at}: ${column}: expected text, got ${JSON.stringify(text)?.slice(0, 60) ?? "nothing"}`);
}
