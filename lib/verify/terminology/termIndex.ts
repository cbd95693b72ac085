import {open, readFile, rm, stat} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {atomic, writeAtomic} from "../../io/atomic.js";
import {literal, openDuckDB, rows, withDuckDB} from "../../io/duckdb.js";
import {withLock} from "../../io/lock.js";
import {fromJsonl, parquetOptions} from "../../io/parquet.js";
import {sha256, sha256File} from "../../io/sha256.js";
import {icdOrder, orderLine} from "./icdOrder.js";
import {icdTabular} from "./icdTabular.js";
import {foldedSql, type Term} from "./term.js";

/** What a terminology knows of a code. */
export interface KnownCode {
  system: string;
  code: string;
  /** its first name */
  display: string;
  /** all names of it and of what means the same, folded */
  names: ReadonlySet<string>;
  use: Term["use"];
}

/** Terminologies, ready to be asked. */
export interface TermIndex {
  /** vocabularies in it (SAB), sorted; "CUI" where it has UMLS concepts */
  systems: readonly string[];
  /** the code, or null where its vocabulary does not have it */
  code(system: string, code: string): Promise<KnownCode | null>;
  /** codes of a vocabulary by folded names that are exactly theirs, or of the same concept */
  named(system: string, names: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  close(): void;
}

/** Part of each index's name: another form of it is another file. */
const form = "1";
const columns = {system: "VARCHAR", code: "VARCHAR", concept: "VARCHAR", term: "VARCHAR", preferred: "BOOLEAN", use: "VARCHAR"}; // prettier-ignore
/** The three orders in which an index lies on disk, so that each look-up reads a few row groups. */
const orders = {codes: "system, code", concepts: "concept", names: "name"} as const;
/** Codes and names that are held, so that what every note has is looked up once. */
const held = 20_000;

/**
 * Opens terminology files: MRCONSO.RRF of the UMLS, the ICD-10-CM order file or its tabular list in XML, told apart by their
 * content. Each is read once, into Parquet files named after its hash in the cache folder; 16 million rows take DuckDB's
 * 1 GB of memory, and room on the disk to sort.
 *
 * @param options.cache folder of the indexes; `.ballast` beside the first file where it does not say
 * @param options.vocabularies sources (SAB) taken of an MRCONSO.RRF: its English names that are not suppressed
 * @throws TypeError naming a file that is none of these, and the line where it breaks its form
 */
export async function openTermIndex(
  paths: readonly string[],
  {cache, vocabularies}: {cache?: string; vocabularies: readonly string[]}
): Promise<TermIndex> {
  const stems: string[] = [];
  for (const path of paths) stems.push(await indexed(path, cache ?? join(dirname(paths[0]), ".ballast"), vocabularies));
  const {connection, close} = await openDuckDB({threads: 1});
  try {
    for (const order of Object.keys(orders))
      await connection.run(
        `CREATE VIEW ${order} AS FROM read_parquet([${stems.map((stem) => literal(`${stem}.${order}.parquet`)).join(", ")}])`
      );
    const all = await Promise.all(stems.map(async (stem) => JSON.parse(await readFile(`${stem}.json`, "utf8")) as {systems: string[]})); // prettier-ignore
    const systems = [...new Set(all.flatMap((one) => one.systems))].sort();
    return {...lookups(connection), systems, close};
  } catch (error) {
    close();
    throw error;
  }
}

function lookups(connection: DuckDBConnection): Pick<TermIndex, "code" | "named"> {
  const known = new Map<string, Promise<KnownCode | null>>();
  const knownNames = new Map<string, Promise<string[]>>();
  const look = async (system: string, code: string): Promise<KnownCode | null> => {
    const own =
      system === "CUI"
        ? await rows(connection, "SELECT term, preferred, '' AS use, concept FROM concepts WHERE concept = $1", [code])
        : await rows(connection, "SELECT term, preferred, use, concept FROM codes WHERE system = $1 AND code = $2", [system, code]); // prettier-ignore
    if (own.length === 0) return null;
    const entries = own as unknown as Pick<Term, "term" | "preferred" | "use" | "concept">[];
    const concepts = [...new Set(entries.map(({concept}) => concept))];
    const names: string[] = [];
    for (const concept of concepts) {
      const same = await rows(connection, "SELECT DISTINCT name FROM concepts WHERE concept = $1", [concept]);
      names.push(...same.map(({name}) => name as string));
    }
    const best = entries.toSorted((a, b) => Number(b.preferred) - Number(a.preferred) || (a.term < b.term ? -1 : 1))[0];
    const uses = entries.map(({use}) => use);
    return {
      ...{system, code, display: best.term},
      names: new Set(names),
      use: uses.includes("billable") ? "billable" : uses.includes("header") ? "header" : ""
    };
  };
  // By one equality each: then DuckDB reads the row groups alone whose bounds hold the value.
  const codesNamed = async (system: string, name: string): Promise<string[]> => {
    const concepts = await rows(connection, "SELECT DISTINCT concept FROM names WHERE name = $1 ORDER BY 1", [name]);
    if (system === "CUI") return concepts.map(({concept}) => concept as string);
    const codes: string[] = [];
    for (const {concept} of concepts) {
      const own = await rows(connection, "SELECT DISTINCT code FROM concepts WHERE concept = $1 AND system = $2", [concept as string, system]); // prettier-ignore
      codes.push(...own.map(({code}) => code as string));
    }
    return [...new Set(codes)].sort();
  };
  return {
    code: (system, code) => once(known, `${system} ${code}`, () => look(system, code)),
    async named(system, names) {
      const byName = new Map<string, readonly string[]>();
      for (const name of new Set(names)) {
        const codes = await once(knownNames, `${system} ${name}`, () => codesNamed(system, name));
        if (codes.length > 0) byName.set(name, codes);
      }
      return byName;
    }
  };
}

/** A look-up that is made once, as long as few others came since. */
function once<T>(known: Map<string, Promise<T>>, key: string, look: () => Promise<T>): Promise<T> {
  let found = known.get(key);
  if (found === undefined) {
    known.set(key, (found = look()));
    if (known.size > held) known.delete(known.keys().next().value!);
  }
  return found;
}

/** The index of one file: made where it is not there yet, by one process alone. */
async function indexed(path: string, cache: string, vocabularies: readonly string[]): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw new TypeError(`${path}: expected a terminology file, got nothing there`);
  const kind = await kindOf(path);
  const chosen = kind === "mrconso" ? vocabularies.toSorted() : [];
  const stem = join(cache, `terms-${sha256([form, await sha256File(path), ...chosen].join("\n")).slice(0, 32)}`);
  if (await stat(`${stem}.json`).catch(() => null)) return stem;
  await withLock(
    `${stem}.lock`,
    async () => {
      if (await stat(`${stem}.json`).catch(() => null)) return;
      await build(path, kind, stem, chosen);
    },
    {wait: true}
  );
  return stem;
}

async function build(path: string, kind: Kind, stem: string, vocabularies: readonly string[]): Promise<void> {
  const lines = `${stem}.jsonl`;
  const spill = `${stem}.spill`;
  try {
    if (kind !== "mrconso") await writeLines(lines, kind === "order" ? icdOrder(path) : icdTabular(path));
    const from = kind === "mrconso" ? mrconso(path, vocabularies) : `SELECT * FROM ${fromJsonl([lines], columns)}`;
    await withDuckDB(
      async (connection) => {
        await connection
          .run(`CREATE TABLE term AS SELECT *, ${foldedSql("term")} AS name FROM (${from}) WHERE name <> ''`)
          .catch((error: unknown) => {
            const [reason] = (error as Error).message.split("\n");
            throw new TypeError(`${path}: expected a terminology that can be read: ${reason}`, {cause: error});
          });
        const systems = (await rows(connection, "SELECT DISTINCT system FROM term ORDER BY 1")).map(
          (row) => row.system as string
        );
        if (systems.length === 0)
          throw new TypeError(`${path}: expected names of ${vocabularies.join(", ")}, got none of these vocabularies`);
        for (const [order, by] of Object.entries(orders))
          await atomic(`${stem}.${order}.parquet`, async (temporary) => {
            await connection.run(
              `COPY (FROM term ORDER BY ${by}, system, code, preferred DESC, term) TO ${literal(temporary)} (${parquetOptions})`
            );
          });
        // Last: what has it is whole.
        await writeAtomic(`${stem}.json`, JSON.stringify({source: basename(path), systems: kind === "mrconso" ? ["CUI", ...systems] : systems})); // prettier-ignore
      },
      {path: `${stem}.duckdb`, temporary: spill}
    );
  } finally {
    for (const rest of [lines, spill, `${stem}.duckdb`, `${stem}.duckdb.wal`])
      await rm(rest, {recursive: true, force: true});
  }
}

type Kind = "mrconso" | "order" | "tabular";

/** Tells the three forms apart by how they begin. */
async function kindOf(path: string): Promise<Kind> {
  const file = await open(path);
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    const head = buffer.toString("utf8", 0, bytesRead);
    const [first] = head.split(/\r?\n/);
    if (first.split("|").length === 19 && /^C\d{7}\|/.test(first)) return "mrconso";
    if (orderLine.test(first)) return "order";
    if (/^\ufeff?\s*</.test(head) && /<ICD10CM\.tabular\b/.test(head)) return "tabular";
    throw new TypeError(
      `${path}: expected MRCONSO.RRF, an ICD-10-CM order file or its tabular list in XML, got ${JSON.stringify(first.slice(0, 60))}`
    );
  } finally {
    await file.close();
  }
}

/** 18 columns, each ended by a bar. Source: UMLS Reference Manual, chapter 3, table MRCONSO. */
const mrconsoColumns = "CUI LAT TS LUI STT SUI ISPREF AUI SAUI SCUI SDUI SAB TTY CODE STR SRL SUPPRESS CVF rest".split(
  " "
);
/** Types of names (TTY) that a vocabulary puts first. */
const preferredTypes = ["PT", "PN", "MH", "FN", "HT", "LN", "IN", "SCD"];

function mrconso(path: string, vocabularies: readonly string[]): string {
  const types = mrconsoColumns.map((name) => `'${name}': 'VARCHAR'`).join(", ");
  return `SELECT SAB AS system, CASE WHEN SAB = 'ICD10CM' THEN replace(CODE, '.', '') ELSE CODE END AS code, CUI AS concept,
      STR AS term, TTY IN (${preferredTypes.map(literal).join(", ")}) AS preferred,
      CASE WHEN SAB <> 'ICD10CM' THEN '' WHEN TTY = 'HT' THEN 'header' WHEN TTY = 'PT' THEN 'billable' ELSE '' END AS use
    FROM read_csv(${literal(path)}, delim = '|', header = false, quote = '', escape = '', auto_detect = false,
      null_padding = false, columns = {${types}})
    WHERE LAT = 'ENG' AND SUPPRESS = 'N' AND SAB IN (${vocabularies.map(literal).join(", ")})`;
}

async function writeLines(path: string, terms: AsyncIterable<Term>): Promise<void> {
  await atomic(path, async (temporary) => {
    const file = await open(temporary, "wx");
    try {
      let pending: string[] = [];
      const flush = async () => {
        await file.write(pending.join(""));
        pending = [];
      };
      for await (const term of terms) if (pending.push(`${JSON.stringify(term)}\n`) >= 4096) await flush();
      await flush();
    } finally {
      await file.close();
    }
  });
}
