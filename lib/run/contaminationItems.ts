import {basename} from "node:path";
import type {BenchmarkItem} from "../curate/contamination/benchmarkItem.js";
import {readRows} from "../io/readRows.js";

/** Columns of a benchmark's rows; each found by its usual name where it is not given. */
export interface BenchmarkColumns {
  /** question, problem, prompt, or the whole text */
  question?: string;
  answer?: string;
  /** names the item; its place in the file where there is none */
  id?: string;
}

const questions = ["question", "problem", "prompt", "text"];
const answers = ["answer", "solution", "canonical_solution", "target"];
const ids = ["eval_instance_index", "task_id", "id", "doc_id"];

interface Open extends BenchmarkItem {
  answers: string[];
  options: string[];
}

/**
 * The items of benchmark files (Parquet, JSONL, JSON), held in memory. Rows of one benchmark with the same question and
 * passage, as where every answer option has a row, are one item, with the answers that `is_correct` names, or else with
 * all. A list under `choices` with an index as answer is read as well. The benchmark is what `eval_key` (and `split`) or
 * `benchmark` says, or else the file's name.
 *
 * @throws TypeError naming file, line and column where a row holds no question
 */
export async function readBenchmarks(
  paths: readonly string[],
  columns: BenchmarkColumns = {}
): Promise<{items: BenchmarkItem[]; rows: number}> {
  const items = new Map<string, Open>();
  const taken = new Set<string>();
  let rows = 0;
  for (const path of paths) {
    const name = basename(path).replace(/(?:\.(?:gz|jsonl|ndjson|json|parquet))+$/, "");
    for await (const {at, value} of readRows([path])) {
      rows++;
      const row = value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
      const question = questionOf(at, row, columns.question);
      const benchmark = benchmarkOf(row, name);
      const passage = typeof row.passage === "string" ? row.passage : "";
      const key = JSON.stringify([benchmark, passage, question]);
      let item = items.get(key);
      if (item === undefined) {
        const given = (columns.id === undefined ? ids : [columns.id]).map((id) => row[id]).find(named);
        let id = given === undefined ? at : String(given);
        if (taken.has(`${benchmark}\n${id}`)) id = `${id} (${at})`;
        taken.add(`${benchmark}\n${id}`);
        item = {benchmark, id, question, passage, answers: [], options: []};
        items.set(key, item);
      }
      const answer = answerOf(row, columns.answer);
      if (answer === "") continue;
      if (row.is_correct === true) item.answers.push(answer);
      else item.options.push(answer);
    }
  }
  return {
    rows,
    items: [...items.values()].map(({options, ...item}) => ({
      ...item,
      answers: [...new Set(item.answers.length > 0 ? item.answers : options)]
    }))
  };
}

function questionOf(at: string, row: Readonly<Record<string, unknown>>, column: string | undefined): string {
  const name = column ?? questions.find((one) => typeof row[one] === "string") ?? "question";
  const question = Object.hasOwn(row, name) ? row[name] : undefined;
  if (typeof question === "string") return question;
  throw new TypeError(`${at}: ${name}: expected text, got ${JSON.stringify(question)?.slice(0, 60) ?? "nothing"}`);
}

function answerOf(row: Readonly<Record<string, unknown>>, column: string | undefined): string {
  const value = column === undefined ? answers.map((name) => row[name]).find(named) : row[column];
  if (Array.isArray(row.choices) && Number.isInteger(value)) {
    const chosen = (row.choices as unknown[])[value as number];
    return typeof chosen === "string" ? chosen : "";
  }
  return named(value) ? String(value) : "";
}

function benchmarkOf({eval_key: key, split, benchmark}: Readonly<Record<string, unknown>>, name: string): string {
  if (typeof key === "string" && key !== "") return typeof split === "string" ? `${key}-${split}` : key;
  return typeof benchmark === "string" && benchmark !== "" ? benchmark : name;
}

function named(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}
