import {totalmem} from "node:os";
import {join} from "node:path";
import type {DedupOptions} from "../dedup/stars.js";
import {inOrder} from "../io/inOrder.js";
import type {Progress} from "../io/progress.js";
import {readColumn, type SignedChunk} from "./dedupChunk.js";
import {findRoot, joinRows} from "./dedupComponents.js";
import {firstsOf, rowOrder, type RowOrder} from "./dedupFirsts.js";
import {segmentRecords, type DedupIndex, type IndexedTexts} from "./dedupIndex.js";
import type {HeldChunk} from "./dedupHeld.js";
import type {DedupInput} from "./dedupInputs.js";
import {meetIndex, noMeetings} from "./dedupMeet.js";
import {
  createDedupTasks,
  type Compared,
  type DedupTask,
  type DedupTaskOptions,
  type RowsOf,
  type Signed
} from "./dedupTasks.js";

/** Rows of a purge: those of the inputs one after another, then those of texts that nothing is removed from. */
export interface DedupPlan extends Required<Omit<DedupOptions, "tokenize">> {
  text: string;
  inputs: readonly DedupInput[];
  /** how many of the inputs come first and are purged */
  purged: number;
  /** SQL of a row's class in the keep rule, 0 the best, by input */
  classes: readonly string[];
  /** the classes themselves, where they are known before */
  ranked?: Uint32Array;
  index: DedupIndex | null;
  /** texts are duplicates where the normalisation reads them alike, and only there; with 4 bands, and no index */
  whole?: boolean;
  /** folder for what does not fit memory; what a killed run left there is used */
  folder: string;
  workers: number;
}

/** Which rows are duplicates. Row numbers from `rows` on are those of `indexed`. */
export interface DuplicateRows {
  /** rows of the inputs, those of texts that nothing is removed from included */
  rows: number;
  /** the kept row a row is a duplicate of, −1 for kept ones */
  representatives: Int32Array;
  jaccard: Float64Array;
  /** 1 where a removed row's text equals the kept one's */
  exact: Uint8Array;
  classes: Uint32Array;
  /** texts of the index that were met */
  indexed: IndexedTexts;
  /** texts of the index that a better row stands for from now on */
  superseded: readonly {indexed: number; row: number; jaccard: number}[];
  /** where each kept row's record is; complete where there is an index */
  records: {paths: readonly string[]; file(row: number): number; place(row: number): number};
  /** keys of all rows in a band */
  band(band: number): Uint32Array;
  id: readonly Uint32Array[];
  compared: number;
  left: number;
}

// A chunk is of whole row groups of about so many rows; no more than the latter, however large a row group is.
const chunkRows = 61_440;
const mostRows = 1 << 20;
// Texts a task compares at least.
const taskRows = 16_384;
// Rows that one thread does as fast as several that are started for them.
const fewRows = 40_000;
// Bytes of rows held: 1,200,000 of 500 bytes, where the machine, or its container, has so much.
const room = Math.floor(Math.min(2 ** 30, totalmem() / 8, (process.constrainedMemory() || Infinity) / 8));
// All bands of a row.
const every = 0xffffffff;

/** Finds the duplicates among rows on worker threads; the result is the same for any number of them. */
export async function findDuplicateRows(
  plan: DedupPlan,
  bar: (label: string, total: number) => Progress
): Promise<DuplicateRows> {
  const {index, bands} = plan;
  const chunks = chunksOf(plan);
  const recordPaths = chunks.map((_, i) => join(plan.folder, `records-${i}`));
  const rows = chunks.reduce((sum, {signed}) => sum + signed.rows, 0);
  const options: DedupTaskOptions = {
    ...{text: plan.text, unit: plan.unit, size: plan.size, normalisation: plan.normalisation},
    ...{bands, rows: plan.rows, threshold: plan.threshold, whole: plan.whole}
  };
  // Starting threads takes as long as so many rows do here.
  const alone = plan.workers === 1 || rows <= fewRows;
  const tasks = alone ? createDedupTasks(options) : await threads(options, plan.workers);
  /** Runs tasks on the pool, a few ahead of the workers, and hands on the results in the tasks' order. */
  async function* each<R>(label: string, list: readonly DedupTask[]): AsyncGenerator<R> {
    const shown = bar(label, list.length);
    let done = 0;
    for await (const result of inOrder(
      asynchronous(list),
      alone ? 1 : 2 * plan.workers,
      (task) => tasks.work(task) as Promise<R>
    )) {
      shown.update(++done);
      yield result;
    }
    shown.end();
  }
  const all = async (label: string, list: readonly DedupTask[]) => {
    const results = each(label, list);
    while (!(await results.next()).done);
  };
  try {
    let at = 0;
    const signing = chunks.map(({of, input, signed}): DedupTask => ({
      kind: "sign",
      rows: of,
      path: signed.path,
      room: index === null && !plan.whole ? (room * signed.rows) / rows : 0,
      classes: plan.classes[input]
    }));
    // All chunks, or none.
    let held: HeldChunk[] | null = [];
    for await (const result of each<Signed>("signing: chunks", signing)) {
      if (typeof result === "string") throw new TypeError(`${plan.inputs[chunks[at].input].path}, ${result}`);
      if (result === null) held = null;
      else held?.push(result);
      at++;
    }
    const signed = chunks.map((chunk) => chunk.signed);
    const column = (name: "id" | "count" | "class" | "band", i = 0) => {
      const out = new Uint32Array(rows);
      readColumn(signed, name, i, out);
      return out;
    };
    const id = [0, 1, 2, 3].map((i) => column("id", i));
    const classes = plan.ranked ?? column("class");
    const purgedRows = plan.inputs.slice(0, plan.purged).reduce((sum, input) => sum + input.rows, 0);
    const order: RowOrder = {id, classes, fixed: (row) => row >= purgedRows};
    const firsts = firstsOf(order, rows, plan.whole ? [0, 1, 2, 3].map((i) => column("band", i)) : id);

    const representatives = new Int32Array(rows).fill(-1);
    const jaccard = new Float64Array(rows);
    const exact = new Uint8Array(rows);
    const active = shared(Uint8Array, rows);
    const counts = column("count");
    for (let row = 0; row < rows; row++) active[row] = Number(firsts[row] === row && counts[row] > 0);
    const met = new Uint32Array(new SharedArrayBuffer(4 * rows));
    const settles = (text: number, row: number) => tierOf(text) <= tierOf(classes[row]);
    const {indexed, equal, near, ...meetings} =
      index === null
        ? noMeetings
        : meetIndex(index, {...{firsts, active, met, id, bands, settles}, band: (i) => column("band", i)});
    const superseded = new Map<number, {indexed: number; row: number; jaccard: number}>();
    // Equal texts of the index first: they may have no words, and then no shingles to compare.
    for (const [i, row] of equal.rows.entries()) {
      const text = equal.texts[i];
      if (!settles(indexed.class(text), row)) superseded.set(text, {indexed: text, row, jaccard: 1});
      else if (representatives[row] === -1) {
        representatives[row] = rows + text;
        jaccard[row] = 1;
        exact[row] = 1;
      }
    }

    // What is banded: the first of each text that has words, and the texts of the index that it meets.
    const total = rows + indexed.count;
    const parents = new Int32Array(new SharedArrayBuffer(4 * total));
    for (let row = 0; row < total; row++) parents[row] = row;
    await all(
      "banding: bands",
      Array.from({length: plan.whole ? 0 : bands}, (_, band): DedupTask => ({
        kind: "join",
        chunks: signed,
        band,
        active,
        parents,
        met
      }))
    );
    for (const [i, row] of near.rows.entries()) joinRows(parents, row, rows + near.texts[i]);

    const contested = contestedRows(parents, (a, b) => {
      const tier = (row: number) => (row < rows ? classes[row] : 2 * tierOf(indexed.class(row - rows)));
      if (a < rows && b < rows) return rowOrder(order, a, b);
      return tier(a) - tier(b) || Number(a < rows) - Number(b < rows) || a - b;
    });
    const needed = shared(Uint8Array, rows);
    for (const row of contested.rows) if (row < rows) needed[row] = 1;
    // What is kept goes into the index, with its record.
    if (index !== null) for (let row = 0; row < purgedRows; row++) if (firsts[row] === row) needed[row] = 1;
    const places = shared(Uint32Array, rows);
    await all(
      "reading candidates: chunks",
      chunks.flatMap(({of, signed: chunk}, i): DedupTask[] =>
        held === null && anyIn(needed, chunk)
          ? [{kind: "records", rows: of, chunk, path: recordPaths[i], needed, places}]
          : []
      )
    );
    if (held !== null) for (const {base, rows: n} of signed) for (let row = 0; row < n; row++) places[base + row] = row;
    const chunkOf = (row: number) => {
      let low = 0;
      let high = chunks.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (chunks[middle].signed.base <= row) low = middle;
        else high = middle - 1;
      }
      return low;
    };
    const paths = [...recordPaths, ...(index?.segments ?? []).map((_, segment) => segmentRecords(index!, segment))];
    const isFixed = (row: number) => row >= purgedRows;
    const comparing = contested.tasks.map(([from, to]): DedupTask & {kind: "compare"} => {
      const list = contested.rows.slice(from, to);
      return {
        kind: "compare",
        rows: list,
        files: Uint32Array.from(list, (row) =>
          row < rows ? chunkOf(row) : chunks.length + indexed.segment(row - rows)
        ),
        places: Float64Array.from(list, (row) => (row < rows ? places[row] : indexed.place(row - rows))),
        fixed: Uint8Array.from(list, (row) => Number(isFixed(row))),
        met: Uint32Array.from(list, (row) => (row < rows ? met[row] : every)),
        ...{paths, held}
      };
    });
    let compared = 0;
    let {left} = meetings;
    let n = 0;
    for await (const found of each<Compared>("comparing: tasks", comparing)) {
      const list = comparing[n++].rows;
      compared += found.compared;
      left += found.left;
      for (let i = 0; i < found.stars.length; i += 3) {
        const member = list[found.stars[i]];
        const representative = list[found.stars[i + 1]];
        if (member >= rows && !superseded.has(member - rows))
          superseded.set(member - rows, {indexed: member - rows, row: representative, jaccard: found.stars[i + 2]});
        if (member >= purgedRows) continue;
        representatives[member] = representative;
        jaccard[member] = found.stars[i + 2];
      }
    }
    // Copies go where their first went, or to it.
    for (let row = 0; row < purgedRows; row++) {
      const first = firsts[row];
      if (first === row) continue;
      const removed = representatives[first] !== -1;
      representatives[row] = removed ? representatives[first] : first;
      jaccard[row] = removed ? jaccard[first] : 1;
      exact[row] = removed ? exact[first] : Number(id.every((words) => words[row] === words[first]));
    }
    return {
      ...{rows, representatives, jaccard, exact, classes, indexed, id, compared, left},
      superseded: [...superseded.values()].filter(({row}) => representatives[row] === -1),
      records: {paths: recordPaths, file: chunkOf, place: (row) => places[row]},
      band: (band) => column("band", band)
    };
  } finally {
    await tasks.close();
  }
}

/** The tasks on worker threads, as createDedupTasks does them. */
async function threads(
  options: DedupTaskOptions,
  workers: number
): Promise<Pick<ReturnType<typeof createDedupTasks>, "work" | "close">> {
  const {createWorkers} = await import("../io/workers.js");
  const pool = createWorkers(import.meta.url, "./dedupWorker.js", {workers, data: options});
  return {
    work: (task) => pool.run(task) as Promise<Signed | Compared | void>,
    close: () => pool.destroy()
  };
}

/** A class of the default keep rule is twice the tier, plus one where it is not verified. */
function tierOf(rank: number): number {
  return rank >> 1;
}

function shared<T>(kind: {new (buffer: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number}, length: number): T {
  return new kind(new SharedArrayBuffer(kind.BYTES_PER_ELEMENT * length));
}

async function* asynchronous<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

function anyIn(needed: Uint8Array, {base, rows}: SignedChunk): boolean {
  return needed.subarray(base, base + rows).includes(1);
}

function chunksOf({inputs, folder}: DedupPlan): {of: RowsOf; input: number; signed: SignedChunk}[] {
  const chunks: {of: RowsOf; input: number; signed: SignedChunk}[] = [];
  let base = 0;
  const add = (input: number, from: number, to: number) => {
    const path = join(folder, `signed-${chunks.length}`);
    chunks.push({of: {file: inputs[input].file, from, to}, input, signed: {path, rows: to - from, base}});
    base += to - from;
  };
  for (const [input, {groups}] of inputs.entries()) {
    let from = 0;
    let to = 0;
    for (const group of groups) {
      to += group;
      for (; to - from > mostRows; from += mostRows) add(input, from, from + mostRows);
      if (to - from < chunkRows) continue;
      add(input, from, to);
      from = to;
    }
    if (to > from) add(input, from, to);
  }
  return chunks;
}

/** Rows of components of two or more, component by component, in keep order within each, and where tasks are cut. */
function contestedRows(
  parents: Int32Array,
  compare: (a: number, b: number) => number
): {rows: Int32Array; tasks: [from: number, to: number][]} {
  const sizes = new Uint32Array(parents.length);
  for (let row = 0; row < parents.length; row++) sizes[findRoot(parents, row)]++;
  // A root is the least of its component: it comes first.
  const next = new Uint32Array(parents.length);
  let total = 0;
  for (let row = 0; row < parents.length; row++) {
    if (sizes[row] < 2) continue;
    next[row] = total;
    total += sizes[row];
  }
  const rows = new Int32Array(total);
  for (let row = 0; row < parents.length; row++) {
    const root = findRoot(parents, row);
    if (sizes[root] >= 2) rows[next[root]++] = row;
  }
  const tasks: [from: number, to: number][] = [];
  let begun = 0;
  for (let from = 0; from < total;) {
    const to = from + sizes[findRoot(parents, rows[from])];
    rows.subarray(from, to).sort(compare);
    if (to - begun >= taskRows || to === total) {
      tasks.push([begun, to]);
      begun = to;
    }
    from = to;
  }
  return {rows, tasks};
}
