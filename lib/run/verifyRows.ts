import {z} from "zod";
import {readRows} from "../io/readRows.js";
import type {Evidence} from "../verify/verifier.js";
import type {Join} from "./joinRuns.js";
import {openRuns} from "./queryRuns.js";
import type {Shape} from "./shapes/shape.js";
import {shapes} from "./shapes/shapes.js";

/** A sample to verify, and where it stands. */
export interface VerifyRow {
  /** file and line or row, e.g. "samples.jsonl:7" */
  at: string;
  /** what its publisher calls it, e.g. "HumanEval/7"; empty where it has no name */
  name: string;
  evidence: Evidence;
  /** whether somebody who knows says that it is right; null where nobody does */
  label: boolean | null;
}

/** Which columns of a table are what, in SQL over its columns. */
export interface VerifyColumns {
  /** prose, or the whole text */
  text?: string;
  /** bodies of sections that come after the prose, by name, e.g. {solution: "code", test: "tests"} */
  sections: Readonly<Record<string, string>>;
  /** word after each section's name, e.g. "python"; empty for none */
  language: string;
  reference?: string;
  label?: string;
  name?: string;
  generator?: string;
  family?: string;
  /** text that a critic may find support in */
  source?: string;
}

/** How rows become samples. */
export interface RowsAs {
  /** id of a shape that every row must have */
  shape?: string;
  columns?: VerifyColumns;
  /** kind and domain of samples whose rows do not say */
  kind?: string;
  domain?: string;
  /** further tables, each row's columns from its partner there */
  joins?: readonly Join[];
}

/** What a row of our own samples holds; what else it holds is passed over. */
const Row = z.object({
  text: z.string(),
  kind: z.string(),
  domain: z.string(),
  generator: z.string().nullish(),
  family: z.string().nullish(),
  reference: z.string().nullish(),
  source: z.string().nullish(),
  label: z.boolean().nullish(),
  name: z.string().nullish()
});

/**
 * The samples of files: of rows that hold text, kind and domain as they are; of rows of a known public shape in the text
 * that our verifiers read; of any other table by the columns that are named.
 *
 * @throws TypeError naming file, line and field where a row is none of these
 */
export async function* verifyRows(paths: readonly string[], as: RowsAs = {}): AsyncGenerator<VerifyRow> {
  const {columns, joins = []} = as;
  for (const path of paths) {
    if (columns === undefined && joins.length === 0) {
      for await (const {at, value} of readRows([path])) yield* samplesOf(at, value, as);
      continue;
    }
    const {runs, close} = await openRuns(path, {joins});
    try {
      for await (const {row, values} of runs.each(columns === undefined ? null : expressionsOf(columns)))
        yield* columns === undefined
          ? samplesOf(`${path}, row ${row}`, values, as)
          : [sampleOf(`${path}, row ${row}`, values, as, columns)];
    } finally {
      close();
    }
  }
}

function* samplesOf(at: string, value: unknown, as: RowsAs): Generator<VerifyRow> {
  const shape = shapeOf(at, value, as.shape);
  if (shape === null) {
    const {data, error} = Row.safeParse(withDefaults(value, as));
    if (data === undefined) throw new TypeError(`${at}: ${inWords(error)}`);
    const {name, label, reference, source, generator, family, ...rest} = data;
    yield {
      at,
      name: name ?? "",
      label: label ?? null,
      evidence: {
        ...rest,
        ...(typeof reference === "string" ? {reference} : {}),
        ...(typeof source === "string" ? {source} : {}),
        generator: generator ?? "",
        family: family ?? ""
      }
    };
    return;
  }
  let samples;
  try {
    samples = shape.samples(value as Record<string, unknown>);
  } catch (error) {
    throw new TypeError(`${at}: ${(error as Error).message}`, {cause: error});
  }
  for (const {name, label, ...evidence} of samples) yield {at, name, label: label ?? null, evidence};
}

/** The public shape that a row has; null for rows of our own. */
function shapeOf(at: string, value: unknown, id: string | undefined): Shape | null {
  const row = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  if (id !== undefined) {
    const shape = shapes.find((one) => one.id === id)!;
    if (shape.fits(row)) return shape;
    throw new TypeError(`${at}: expected a row as ${id} writes it, got the fields ${Object.keys(row).join(", ")}`);
  }
  const own = ["text", "kind", "domain"].every((key) => typeof row[key] === "string");
  return own ? null : (shapes.find((one) => one.fits(row)) ?? null);
}

function withDefaults(value: unknown, {kind, domain}: RowsAs): unknown {
  if (typeof value !== "object" || value === null) return value;
  return {...(kind === undefined ? {} : {kind}), ...(domain === undefined ? {} : {domain}), ...value};
}

function expressionsOf({text, sections, language: _, ...facts}: VerifyColumns): Record<string, string> {
  const named = Object.entries({text, ...facts}).flatMap(([name, sql]) => (sql === undefined ? [] : [[name, sql]]));
  return Object.fromEntries([...named, ...Object.entries(sections).map(([name, sql]) => [`@${name}`, sql])]);
}

function sampleOf(
  at: string,
  values: Readonly<Record<string, unknown>>,
  {kind = "task", domain = "code"}: RowsAs,
  {sections, language}: VerifyColumns
): VerifyRow {
  const word = (field: string): string | undefined => {
    const value = values[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join("\n");
    throw new TypeError(`${at}: ${field.replace("@", "")}: expected text, got ${JSON.stringify(value).slice(0, 60)}`);
  };
  const parts = Object.keys(sections).flatMap((name) => {
    const body = word(`@${name}`);
    return body === undefined ? [] : [`@${name}${language === "" ? "" : ` ${language}`}\n${body}`];
  });
  const text = [word("text") ?? "", ...parts].filter((part) => part !== "").join("\n\n");
  if (text === "") throw new TypeError(`${at}: text: expected some, got none`);
  const reference = word("reference");
  const source = word("source");
  return {
    at,
    name: word("name") ?? "",
    label: labelOf(at, values.label),
    evidence: {
      text,
      kind,
      domain,
      generator: word("generator") ?? "",
      family: word("family") ?? "",
      ...(reference === undefined ? {} : {reference}),
      ...(source === undefined ? {} : {source})
    }
  };
}

function labelOf(at: string, value: unknown): boolean | null {
  if (value === undefined || value === null) return null;
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw new TypeError(`${at}: label: expected true or false, got ${JSON.stringify(value)}`);
}

function inWords(error: z.ZodError): string {
  const {path, message} = error.issues[0];
  return `${path.join(".")}: ${message.replace("Invalid input: ", "").replace("received", "got")}`;
}
