import {createHash} from "node:crypto";
import {readSections} from "./sections.js";
import {openDatabase, type Database} from "./sql/database.js";
import type {SqlJob, SqlRun, SqlValue} from "./sql/engine.js";
import {literal, quote} from "./sql/expressions.js";
import {Refusal} from "./sql/refusal.js";
import {meetsAnswer, readAnswer, sameRows} from "./sql/rows.js";
import {readTables, type Table} from "./sql/tables.js";
import {tokenize, type Dialect} from "./sql/tokens.js";
import {translate} from "./sql/translate.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "sql-answer", family: "duckdb", version: "1"};
const maxText = 400_000;
const maxQuery = 10_000;
const sandbox = "process/duckdb";

/**
 * Runs a sample's query in DuckDB on the sample's own tables, and compares what comes with the answer that it states and
 * with what a trusted reference gives.
 *
 *     @question
 *     How many goals did Ada score?
 *     @tables mysql
 *     CREATE TABLE `goals` (`player` TEXT, `minute` INT);
 *     INSERT INTO `goals` VALUES ('Ada', 12), ('Grace', 31), ('Ada', 77);
 *     @query mysql
 *     SELECT COUNT(*) FROM `goals` WHERE `player` = 'ada';
 *     @answer
 *     2
 *
 * Tables are `sql`, `mysql` or `sqlite` (CREATE TABLE and INSERT), or `csv` or `markdown` under lines `## name`. A query is
 * `sql` (DuckDB's own, near to PostgreSQL's), `mysql` or `sqlite`; the last two are translated with their own rules for
 * texts, numbers and order, and what is not known to mean the same is `unsupported`. An answer is JSON, a Markdown table or a
 * value a line (sql/rows.ts). `reference` is a query in the sample's dialect, an answer, or `md5:HASH`, the md5 of the
 * only table's rows after the statements (each row's values joined by commas and hashed, the first five hex digits of each
 * sorted, joined by commas, cut at 1,024 characters). Where statements write, the tables' end states are compared.
 *
 * Results are multisets of rows, ordered where the reference orders and its order is whole; names of columns do not count.
 * Without a reference only query and answer are held against each other. A query that depends on chance or the clock is
 * unsupported. It does not guard against a wrong query that gives the right rows on these tables, nor, without a reference,
 * against a query that answers another question. Reasons: unreadable, no-tables, no-query, nothing-to-compare, syntax,
 * unsupported, error, timeout, out-of-memory, too-many-rows, wrong-result, wrong-order, wrong-answer, wrong-state,
 * reference-failed.
 */
export function createSqlAnswer(open: () => Database): Verifier {
  let database: Database | undefined;
  return {
    ...self,
    async verify(sample) {
      try {
        database ??= open();
        return await judge(sample, database);
      } catch (error) {
        if (error instanceof Refusal) return verdict(self, error.reason, {detail: error.message});
        throw error;
      }
    },
    close() {
      database?.close();
      database = undefined;
      return Promise.resolve();
    }
  };
}

/** The verifier of SQL, with a database in a process of its own. */
export const sqlAnswer: Verifier = createSqlAnswer(openDatabase);

async function judge({text, reference}: Evidence, database: Database) {
  const say = (reason: string, detail = "") => verdict(self, reason, {detail: detail.slice(0, 300), sandbox});
  if (text.length > maxText) return say("unreadable", `more than ${maxText} characters`);
  const read = readSections(text, ["question", "tables", "query", "answer"]);
  if (typeof read === "string") return say("unreadable", read);
  const [tablesAt, queryAt, answerAt] = ["tables", "query", "answer"].map((name) => read.sections.get(name));
  if (tablesAt === undefined) return say("no-tables", "expected a section @tables");
  const tables = readTables(tablesAt);
  const named = queryAt?.words[0] ?? tablesAt.words[0] ?? "sql";
  const dialect: Dialect = named === "mysql" || named === "sqlite" ? named : "sql";
  if (
    queryAt?.words[0] !== undefined &&
    !["sql", "mysql", "sqlite", "duckdb", "postgres", "postgresql"].includes(named)
  )
    return say("unsupported", `queries in ${named}`);
  const trusted = readReference(reference);
  const stated = answerAt === undefined ? null : readAnswer(answerAt.body);
  if (queryAt === undefined && !(stated !== null && trusted.query !== null))
    return say("no-query", "expected a section @query");
  if (stated === null && reference === undefined) return say("nothing-to-compare", "expected @answer or a reference");

  const ask = (query: string) => run(query, dialect, tables, database);
  const expected =
    trusted.query === null
      ? null
      : await ask(trusted.query).catch(
          (error: unknown) => ({outcome: (error as Error).message, writes: false}) as never
        );
  if (expected !== null && expected.outcome !== "done")
    return say("reference-failed", `${expected.outcome}: ${expected.detail ?? ""}`);
  if (queryAt !== undefined) {
    const result = await ask(queryAt.body);
    if (result.outcome === "setup-error") return say("unreadable", `tables: ${result.detail}`);
    if (result.outcome !== "done") return say(result.outcome, result.detail);
    if (expected !== null) {
      if (expected.writes || result.writes) {
        const wrong = tables.findIndex((_, i) => !sameRows(expected.state[i], result.state[i], false));
        if (wrong >= 0)
          return say("wrong-state", `${tables[wrong].name}: ${differing(expected.state[wrong], result.state[wrong])}`);
      } else if (!sameRows(expected.rows, result.rows, false))
        return say("wrong-result", differing(expected.rows, result.rows));
      else if (
        expected.ordered &&
        !sameRows(expected.rows, result.rows, true) &&
        (await decided(trusted.query!, dialect, tables, database))
      )
        return say("wrong-order", differing(expected.rows, result.rows));
    }
    if (trusted.md5 !== null) {
      if (tables.length !== 1) return say("unreadable", `expected one table for an md5, got ${tables.length}`);
      const got = hashOf(result.state[0]);
      if (got !== trusted.md5) return say("wrong-state", `expected md5 ${trusted.md5} of the table, got ${got}`);
    }
    if (trusted.answer !== null && !meetsAnswer(result.rows, trusted.answer))
      return say("wrong-result", differing(trusted.answer.rows, result.rows));
    if (stated !== null && !meetsAnswer(result.rows, stated))
      return say("wrong-answer", differing(result.rows, stated.rows));
  } else if (!meetsAnswer(expected!.rows, stated!)) return say("wrong-answer", differing(expected!.rows, stated!.rows));
  return say("");
}

function readReference(reference: string | undefined) {
  const none = {query: null, md5: null, answer: null};
  if (reference === undefined) return none;
  const md5 = /^md5:([0-9a-f]{32})$/.exec(reference.trim())?.[1];
  if (md5 !== undefined) return {...none, md5};
  if (/^\s*\(*\s*(?:select|with|insert|update|delete)\b/i.test(reference)) return {...none, query: reference};
  return {...none, answer: readAnswer(reference)};
}

interface Ran extends SqlRun {
  writes: boolean;
  ordered: boolean;
}

async function run(query: string, dialect: Dialect, tables: readonly Table[], database: Database): Promise<Ran> {
  if (query.length > maxQuery) throw new Refusal("unsupported", `a query of more than ${maxQuery} characters`);
  const words = tokenize(query, dialect);
  const volatile = words.find(
    ({kind, text}, i) =>
      kind === "word" &&
      chance.has(text.toLowerCase()) &&
      (words[i + 1].text === "(" || text.toLowerCase().startsWith("current_"))
  );
  if (volatile !== undefined) throw new Refusal("unsupported", `${volatile.text} depends on chance or the clock`);
  const statements =
    dialect === "sql"
      ? [{sql: query, kind: writing.test(query) ? "write" : "select", ordered: outerOrder(words)}]
      : translate(query, dialect, tables);
  if (statements.length === 0) throw new Refusal("syntax", "expected a statement");
  const job: SqlJob = {
    dialect,
    setup: setupOf(tables, dialect),
    statements: statements.map(({sql}) => sql),
    state: tables.map(({name}) => `SELECT * FROM ${quote(name)}`)
  };
  const ran = await database.run(job);
  return {...ran, writes: statements.some(({kind}) => kind !== "select"), ordered: statements.at(-1)!.ordered};
}

const chance = new Set(
  "random rand setseed uuid gen_random_uuid uuidv4 uuidv7 now today current_date current_time current_timestamp current_localtime current_localtimestamp localtime localtimestamp get_current_time get_current_timestamp transaction_timestamp curdate curtime sysdate unix_timestamp nextval currval".split(
    " "
  )
);
const writing = /^\s*(?:insert|update|delete)\b/i;

/** Whether ORDER BY stands outside all parentheses. */
function outerOrder(words: readonly {kind: string; text: string}[]): boolean {
  let depth = 0;
  for (const {kind, text} of words) {
    if (kind === "sign" && text === "(") depth++;
    if (kind === "sign" && text === ")") depth--;
    if (kind === "word" && depth === 0 && text.toUpperCase() === "ORDER") return true;
  }
  return false;
}

/** Whether a query's order does not change with the order in which its tables were filled: no ties are left open. */
async function decided(
  query: string,
  dialect: Dialect,
  tables: readonly Table[],
  database: Database
): Promise<boolean> {
  const reversed = tables.map((table) => ({...table, rows: [...table.rows].reverse()}));
  const [a, b] = [await run(query, dialect, tables, database), await run(query, dialect, reversed, database)];
  return a.outcome === "done" && b.outcome === "done" && sameRows(a.rows, b.rows, true);
}

function setupOf(tables: readonly Table[], dialect: Dialect): string[] {
  const type = (name: string) => (name === "VARCHAR" && dialect === "mysql" ? "VARCHAR COLLATE NOCASE.NOACCENT" : name);
  return tables.flatMap(({name, columns, rows}) => [
    `CREATE TABLE ${quote(name)} (${columns.map((column) => `${quote(column.name)} ${type(column.type)}`).join(", ")})`,
    ...(rows.length === 0
      ? []
      : [
          `INSERT INTO ${quote(name)} VALUES ${rows.map((row) => `(${row.map((cell) => (cell === null ? "NULL" : literal(cell))).join(", ")})`).join(", ")}`
        ])
  ]);
}

/** The md5 that AgentBench takes of a table with MySQL's GROUP_CONCAT and its limit of 1,024 characters. */
function hashOf(rows: readonly (readonly SqlValue[])[]): string {
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const texts = rows.map((row) =>
    row.filter((value) => value !== null).map((value) => (typeof value === "string" ? value : value.number))
  );
  return md5(
    texts
      .map((row) => md5(row.join(",")).slice(0, 5))
      .sort()
      .join(",")
      .slice(0, 1024)
  );
}

function differing(expected: readonly (readonly SqlValue[])[], got: readonly (readonly SqlValue[])[]): string {
  const write = (rows: readonly (readonly SqlValue[])[]) =>
    rows.length === 0
      ? "no rows"
      : `${JSON.stringify(rows.slice(0, 3).map((row) => row.map((v) => (v === null || typeof v === "string" ? v : Number(v.number)))))}`.slice(
          0,
          110
        );
  return `expected ${write(expected)} (${expected.length} rows), got ${write(got)} (${got.length} rows)`;
}
