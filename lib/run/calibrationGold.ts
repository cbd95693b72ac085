import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {basename, dirname, join, resolve} from "node:path";
import {z} from "zod";
import {literal, rows, withDuckDB} from "../io/duckdb.js";
import {readPicture} from "../io/readPicture.js";
import {readRows} from "../io/readRows.js";
import {sha256} from "../io/sha256.js";
import type {Picture} from "../schema/media.js";
import {groupBy} from "../stats/groupBy.js";

/** A text whose truth is known. */
export interface GoldRow {
  /** file and line or row, or what its publisher calls it */
  name: string;
  text: string;
  source: string;
  /** whether the text is right */
  label: boolean;
  /** that the text is about, and their files */
  pictures?: readonly {picture: Picture; path: string}[];
}

/** Texts whose truth is known, and what they are. */
export interface Gold {
  /** short name for tables and cards */
  set: string;
  rows: GoldRow[];
  /** rows left out, by reason */
  left: Readonly<Record<string, number>>;
}

const Row = z.object({
  text: z.string().min(1),
  source: z.string().default(""),
  label: z.enum(["pass", "fail"]),
  name: z.string().optional(),
  pictures: z.array(z.string()).default([])
});

const Abstract = z.object({
  QUESTION: z.string(),
  CONTEXTS: z.array(z.string()),
  final_decision: z.enum(["yes", "no", "maybe"])
});

const scores = "manual_scores.csv";

/**
 * Reads a gold set: rows {text, source, label: "pass" | "fail", name?, pictures?} of JSONL, JSON or Parquet, where pictures
 * are paths of files relative to it; PubMedQA's ori_pqal.json;
 * or MTS-Dialog's automatic_summaries_validation.csv, whose 400 hallucination rates stand row by row in manual_scores.csv
 * beside it.
 *
 * @throws TypeError naming file and place of what is of another form
 */
export async function readGold(path: string): Promise<Gold> {
  if (path.endsWith(".csv")) return distinct(await mtsDialog(path));
  if (basename(path) === "ori_pqal.json") return distinct(await pubmedQa(path));
  const found: GoldRow[] = [];
  for await (const {at, value} of readRows([path])) {
    const {data, error} = Row.safeParse(value);
    if (data === undefined)
      throw new TypeError(`${at}: ${error.issues[0].path.join(".") || "row"}: ${error.issues[0].message}`);
    const {pictures: files, label, name = `${basename(path)}${at.slice(path.length)}`, ...row} = data;
    const pictures = await Promise.all(files.map((file) => goldPicture(resolve(dirname(path), file), at)));
    found.push({...row, name, label: label === "pass", ...(pictures.length === 0 ? {} : {pictures})});
  }
  if (found.length === 0) throw new TypeError(`${path}: expected labelled texts, got none`);
  return distinct({set: basename(path).replace(/\.\w+(\.gz)?$/, ""), rows: found, left: {}});
}

async function goldPicture(path: string, at: string): Promise<{picture: Picture; path: string}> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new TypeError(`${at}: pictures: expected a file, got ${(error as Error).message}`, {cause: error});
  });
  const picture = readPicture(bytes);
  if ("wrong" in picture) throw new TypeError(`${at}: pictures: ${path}: ${picture.wrong}`);
  return {picture, path};
}

/** Each text beside its source and pictures once: asked twice, a judge says the same twice, and intervals would count that as two cases. */
function distinct({set, rows: all, left}: Gold): Gold {
  const keyOf = ({text, source, pictures = []}: GoldRow) =>
    [source, text.replace(/\s+/g, " ").trim(), ...pictures.map(({picture}) => picture.sha256)].join("\0");
  const groups = [...groupBy(all, keyOf).values()];
  const agreed = groups.filter((group) => group.every(({label}) => label === group[0].label));
  const of = (some: readonly GoldRow[][]) => some.reduce((sum, group) => sum + group.length, 0);
  return {
    set,
    rows: agreed.map(([first]) => first),
    left: {
      ...left,
      ...counted({
        "the same text again": of(agreed) - agreed.length,
        "the same text labelled both ways": of(groups) - of(agreed)
      })
    }
  };
}

/**
 * A summary in which people found a hallucination is wrong: one fact or more that the dialogue does not hold.
 *
 * Source: Ben Abacha et al. (2023), MTS-Dialog, https://github.com/abachaa/MTS-Dialog.
 */
async function mtsDialog(path: string): Promise<Gold> {
  const scored = join(dirname(path), scores);
  if (!existsSync(scored)) throw new TypeError(`${path}: expected ${scores} beside it, got none`);
  const read = (file: string) =>
    `SELECT *, row_number() OVER () AS row FROM read_csv(${literal(file)}, header = true, sample_size = -1, quote = '"', escape = '"', strict_mode = false)`;
  const found = await withDuckDB(async (connection) => {
    const count = async (file: string) =>
      Number((await rows(connection, `SELECT count(*) AS n FROM (${read(file)})`))[0].n);
    const [texts, labels] = [await count(path), await count(scored)];
    if (texts !== labels) throw new TypeError(`${scored}: expected ${texts} rows, one for each summary, got ${labels}`);
    return rows(
      connection,
      `SELECT a.row AS row, a.Dialogue AS source, a."Automatic Summary" AS text, m.HallucinationRate AS rate
       FROM (${read(path)}) a JOIN (${read(scored)}) m USING (row) ORDER BY row`
    );
  });
  const gold = found as {row: number; source: string; text: string | null; rate: number}[];
  return {
    set: "MTS-Dialog",
    rows: gold.flatMap(({row, source, text, rate}) =>
      (text ?? "").trim() === "" ? [] : [{name: `row ${row}`, text: text!, source, label: rate === 0}]
    ),
    left: counted({"without a summary": gold.filter(({text}) => (text ?? "").trim() === "").length})
  };
}

/**
 * Each question of PubMedQA with an answer shown as a statement, its abstract without the conclusion as source. Which answer
 * is shown, yes or no, follows from a hash of the question's id, so that no judge can do well by saying yes; the text is
 * right where it is the experts' answer. Questions that they answered "maybe" are left out.
 *
 * Source: Jin et al. (2019), PubMedQA, https://github.com/pubmedqa/pubmedqa.
 */
async function pubmedQa(path: string): Promise<Gold> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new TypeError(`${path}: expected JSON: ${(error as Error).message}`, {cause: error});
  }
  const {data, error} = z.record(z.string(), Abstract).safeParse(value);
  if (data === undefined) throw new TypeError(`${path}: ${error.issues[0].path.join(".")}: ${error.issues[0].message}`);
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  const sure = entries.filter(([, {final_decision: answer}]) => answer !== "maybe");
  return {
    set: "PubMedQA",
    rows: sure.map(([id, {QUESTION: question, CONTEXTS: contexts, final_decision: answer}]) => {
      const shown = parseInt(sha256(id).slice(0, 2), 16) % 2 === 0 ? "yes" : "no";
      const text = `The answer to the question "${question.trim().replace(/[?.]+$/, "")}" is ${shown}.`;
      return {name: id, text, source: contexts.join("\n\n"), label: shown === answer};
    }),
    left: counted({"answered maybe": entries.length - sure.length})
  };
}

function counted(left: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(left).filter(([, n]) => n > 0));
}
