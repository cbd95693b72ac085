import type {Trace} from "../curate/contamination/benchmarkScan.js";
import {inOrder} from "../io/inOrder.js";
import {shareArrays} from "../io/shareArrays.js";
import {createWorkers} from "../io/workers.js";
import {createContaminationTask, type ContaminationTaskOptions} from "./contaminationTask.js";

/** A row with its text, and what was found in it. */
export interface ScannedRow {
  at: string;
  value: unknown;
  text: string;
  traces: Trace[];
}

/** Documents, and UTF-16 units of text, that a thread gets at a time; a longer text goes alone. */
const most = {documents: 1000, units: 1 << 20};
/** Batches that are scanned here: starting threads takes longer. */
const few = 2;

/**
 * Rows with what is found in their texts, in order, scanned on worker threads that share one index; the same for any
 * number of them. Few batches are under way at once, so that memory does not grow with the rows.
 *
 * @param then what becomes of a batch before its turn, several at a time
 */
export async function* scanRows<R>(
  rows: AsyncIterable<Omit<ScannedRow, "traces">>,
  options: ContaminationTaskOptions,
  {workers, then}: {workers: number; then(rows: ScannedRow[]): Promise<R>}
): AsyncGenerator<R> {
  const scan = createContaminationTask(options);
  let pool: ReturnType<typeof createWorkers> | undefined;
  let number = 0;
  const work = async (batch: readonly Omit<ScannedRow, "traces">[]): Promise<R> => {
    const texts = batch.map(({text}) => text);
    const here = workers === 1 || number++ < few;
    if (!here)
      pool ??= createWorkers(import.meta.url, "./contaminationWorker.js", {workers, data: shareArrays(options)});
    const traces = here ? scan(texts) : ((await pool!.run(texts)) as Trace[][]);
    return then(batch.map((row, i) => ({...row, traces: traces[i]})));
  };
  try {
    yield* inOrder(batches(rows), 2 * workers, work);
  } finally {
    await pool?.destroy();
  }
}

async function* batches<T extends {text: string}>(rows: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let units = 0;
  for await (const row of rows) {
    if (batch.length > 0 && (batch.length === most.documents || units + row.text.length > most.units)) {
      yield batch;
      [batch, units] = [[], 0];
    }
    batch.push(row);
    units += row.text.length;
  }
  if (batch.length > 0) yield batch;
}
