import {createWriteStream} from "node:fs";
import {once} from "node:events";
import {availableParallelism} from "node:os";
import {join} from "node:path";
import {BenchmarkIndex, type BenchmarkOptions} from "../curate/contamination/benchmarkIndex.js";
import type {BenchmarkItem} from "../curate/contamination/benchmarkItem.js";
import type {Judge} from "../curate/contamination/pairJudge.js";
import {createBenchmarkScan} from "../curate/contamination/benchmarkScan.js";
import {createSeal} from "../curate/contamination/seal.js";
import type {Refusal} from "../curate/spans.js";
import {atomic, writeAtomic} from "../io/atomic.js";
import {writeParquet} from "../io/parquet.js";
import {readRows} from "../io/readRows.js";
import {isSealed, readSealed} from "./contaminationHashes.js";
import {readBenchmarks, type BenchmarkColumns} from "./contaminationItems.js";
import {createVerdicts, type VerdictCount} from "./contaminationVerdicts.js";
import {contaminationColumns, contaminationRows, type ContaminationRow} from "./contaminationRows.js";
import {scanRows} from "./contaminationScan.js";
import type {ContaminationTaskOptions} from "./contaminationTask.js";
import {namesBenchmarks} from "./datasetFiles.js";
import {createContaminationTally, type BenchmarkCount} from "./contaminationTally.js";

export interface ContaminationOptions extends Omit<BenchmarkOptions, "seal"> {
  /** column that holds a document's text */
  text?: string;
  columns?: BenchmarkColumns;
  /** key of files of hashes; empty for none */
  key?: string;
  /** folder for the report, and where `block` names methods, for the documents that stay and those that go */
  out?: string | null;
  /** told of each document that `block` takes out, where it stands and why, in their order; then no file is written of them */
  refuse?: ((at: string, detail: string) => Promise<void> | void) | null;
  /** methods whose traces take a document out; the others flag it */
  block?: readonly string[];
  /** says of each pair that "idf" or "tfidf" nominates whether it is the same question; none by default */
  judge?: Judge | null;
  /** threads that texts are scanned on */
  workers?: number;
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
  /** what the judge said of the nominated pairs; null without one */
  judged: VerdictCount | null;
  benchmarks: BenchmarkCount[];
}

/**
 * What of benchmarks is in data, by document, item and method. The benchmarks stay in memory, the data is streamed; the
 * result depends on the files and their order of rows alone, not on the number of workers. With `out`:
 * meta/contamination.parquet with every trace, contamination.json with the counts, and where something blocks kept.jsonl
 * and rejects.jsonl with the documents' rows. A method that nominates blocks no document whose every nominated pair the
 * judge calls different; a pair that was not judged blocks.
 *
 * @param data files, or texts with their names
 * @throws TypeError naming file and line or row where there is no text; RangeError for a method that is none, or a key
 *   that does not fit
 */
export async function contamination(
  data: readonly string[] | AsyncIterable<{at: string; text: string}>,
  against: readonly string[],
  options: ContaminationOptions = {}
): Promise<Contamination> {
  const {text: column = "text", out = null, block = [], judge = null, refuse = null, progress} = options;
  const {workers = availableParallelism()} = options;
  if (!Number.isInteger(workers) || workers < 1) throw new RangeError(`expected 1 worker or more, got ${workers}`);
  if (block.length > 0 && out === null && refuse === null)
    throw new RangeError("block: expected a folder for what stays, got none");
  if (out !== null && (await namesBenchmarks(out)))
    throw new Error(
      `${out}: expected a folder without a report of its own, got a data set that was searched for the benchmarks of its recipe: meta/contamination.parquet`
    );
  const {index, items, rows, facts} = await readIndex(against, options);
  const tally = createContaminationTally(facts);
  const verdicts = judge === null ? null : createVerdicts(judge, items);
  let blocked = 0;

  async function* texts() {
    if (Symbol.asyncIterator in data) {
      for await (const {at, text} of data) yield {at, value: null, text};
    } else
      for await (const {at, value} of readRows(data))
        yield {at, value: block.length === 0 ? null : value, text: textOf(at, value, column)};
  }
  async function* traced(sort: (row: unknown, why: ContaminationRow | undefined) => Promise<void> | void) {
    let documents = 0;
    const scanned = scanRows(texts(), index, {
      workers,
      then: async (batch) => {
        const judged = await verdicts?.ofRows(batch);
        return batch.map(({at, value, traces}, i) => ({at, value, traces, judged: judged?.[i]}));
      }
    });
    for await (const batch of scanned)
      for (const {at, value, traces, judged} of batch) {
        tally.add(traces);
        const told = contaminationRows(at, traces, facts.items, judged);
        const why = told.find(({method, verdict}) => block.includes(method) && verdict !== "different");
        if (why !== undefined) {
          blocked++;
          await refuse?.(at, detailOf(why));
        }
        await sort(value, why);
        yield* told;
        progress?.(++documents);
      }
  }

  if (out === null) {
    for await (const _ of traced(() => {}));
  } else {
    const report = join(out, "meta", "contamination.parquet");
    if (block.length === 0 || refuse !== null)
      await writeParquet(
        report,
        contaminationColumns,
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
            contaminationColumns,
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
    ...{rows, items: facts.items.length, sealed: facts.open.filter((one) => !one).length, tooShort: facts.tooShort},
    ...{documents, contaminated, blocked: block.length === 0 ? null : blocked},
    ...{judged: verdicts?.count() ?? null, benchmarks}
  };
  if (out !== null) await writeAtomic(join(out, "contamination.json"), `${JSON.stringify(found, null, 1)}\n`);
  return found;
}

/**
 * What of benchmarks a text holds by a method that blocks, null where it holds nothing.
 *
 * @param options.block at least one method
 * @throws as contamination does
 */
export async function benchmarkRefusal(
  against: readonly string[],
  {key = "", ...options}: Pick<ContaminationOptions, "block" | "columns" | "key">
): Promise<(text: string) => Refusal | null> {
  const {index, facts} = await readIndex(against, {key, ...options});
  const scan = createBenchmarkScan(index.data, index.key === null ? null : createSeal(key));
  return (text) => {
    const found = scan(text).find(({method}) => options.block!.includes(method));
    if (found === undefined) return null;
    const {benchmark, id} = facts.items[found.number];
    return {reason: "benchmark-overlap", detail: `${found.method} of ${benchmark} ${id}`.slice(0, 300)};
  };
}

/** The benchmarks as an index; what is needed of it beside its data. */
async function readIndex(
  against: readonly string[],
  {key = "", block = [], judge = null, columns, ...options}: ContaminationOptions
): Promise<{
  index: ContaminationTaskOptions;
  /** with their texts, to show pairs to a judge; none without one */
  items: BenchmarkItem[];
  rows: number;
  facts: Pick<BenchmarkIndex, "items" | "open" | "methods" | "short" | "tooShort">;
}> {
  const open: string[] = [];
  const closed: string[] = [];
  for (const path of against) ((await isSealed(path)) ? closed : open).push(path);
  const index = new BenchmarkIndex({...options, seal: closed.length === 0 ? null : createSeal(key)});
  for (const method of block)
    if (!index.methods.includes(method))
      throw new RangeError(`block: expected some of ${index.methods.join(", ")}, got ${JSON.stringify(method)}`);
  const {items, rows} = await readBenchmarks(open, columns);
  for (const item of items) index.add(item);
  for (const path of closed)
    for await (const item of readSealed(path, {sizes: index.sizes, key})) index.addSealed(item);
  return {
    index: {data: index.data(), key: closed.length === 0 ? null : key},
    ...{items: judge === null ? [] : items, rows},
    facts: {items: index.items, open: index.open, methods: index.methods, short: index.short, tooShort: index.tooShort}
  };
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
