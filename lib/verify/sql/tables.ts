import type {Section} from "../sections.js";
import {Refusal} from "./refusal.js";
import {tokenize, type Dialect, type Token} from "./tokens.js";

/** A value of a table; numbers stay as they were written. */
export type Cell = string | null;

/** A table as its text gives it. */
export interface Table {
  name: string;
  columns: readonly {name: string; type: ColumnType}[];
  rows: readonly (readonly Cell[])[];
}

/** DuckDB's types that columns may have. */
export type ColumnType = "VARCHAR" | "BIGINT" | "DOUBLE" | "DECIMAL(38,10)" | "DATE" | "TIMESTAMP" | "TIME" | "BOOLEAN";

const maxRows = 20_000;
const maxColumns = 200;

/**
 * Reads the tables of a section `@tables DIALECT` (CREATE TABLE and INSERT … VALUES with literals), `@tables csv` or
 * `@tables markdown` (each table under a line `## name`; empty cells are NULL; a column is of whole numbers, of numbers or
 * of dates where all its cells are, else of text). Keys and constraints are read over, not enforced.
 *
 * @throws Refusal "unreadable" where it is not such a text
 */
export function readTables({words, body}: Section): Table[] {
  const [language = "sql"] = words;
  let tables: Table[];
  if (language === "csv" || language === "markdown") tables = readSheets(body, language);
  else if (language === "sql" || language === "mysql" || language === "sqlite") tables = readStatements(body, language);
  else throw new Refusal("unreadable", `expected tables in sql, mysql, sqlite, csv or markdown, got ${language}`);
  if (tables.length === 0) throw new Refusal("unreadable", "expected at least one table");
  const names = new Set<string>();
  for (const {name, columns, rows} of tables) {
    if (names.has(name.toLowerCase())) throw new Refusal("unreadable", `table ${name} comes twice`);
    names.add(name.toLowerCase());
    if (columns.length === 0 || columns.length > maxColumns)
      throw new Refusal("unreadable", `${name}: expected 1 to ${maxColumns} columns, got ${columns.length}`);
    if (rows.length > maxRows)
      throw new Refusal("unreadable", `${name}: expected at most ${maxRows} rows, got ${rows.length}`);
  }
  return tables;
}

function readSheets(body: string, language: "csv" | "markdown"): Table[] {
  const tables: Table[] = [];
  for (const part of body.split(/^## +/m).slice(1)) {
    const [heading, ...lines] = part.split("\n");
    const records =
      language === "csv" ? csv(lines.join("\n").trim()) : markdown(lines.filter((line) => line.trim() !== ""));
    const [header = [], ...rows] = records;
    const wrong = rows.find((row) => row.length !== header.length);
    if (wrong !== undefined)
      throw new Refusal("unreadable", `${heading}: expected ${header.length} cells, got ${wrong.length}`);
    const cells = rows.map((row) => row.map((cell) => (cell === "" || cell === "NULL" ? null : cell)));
    tables.push({
      name: heading.trim(),
      columns: header.map((name, i) => ({name: name ?? "", type: inferred(cells.map((row) => row[i]))})),
      rows: cells
    });
  }
  return tables;
}

function inferred(cells: readonly Cell[]): ColumnType {
  const all = (pattern: RegExp) =>
    cells.some((cell) => cell !== null) && cells.every((cell) => cell === null || pattern.test(cell));
  if (all(/^-?(?:0|[1-9]\d{0,17})$/)) return "BIGINT";
  if (all(/^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,15})?$/)) return "DOUBLE";
  if (all(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)) return "DATE";
  return "VARCHAR";
}

/** Records of CSV: commas, "…" with "" inside. */
export function csv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length || rows.at(-1)!.length > 0) {
    const match = cell.exec(text);
    if (match === null) throw new Refusal("unreadable", "a quote in CSV is not closed, or stands within a cell");
    rows.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === "") break;
    if (match[3] !== ",") rows.push([]);
  }
  return rows;
}

/** Records of a Markdown table, its rule left out; `\|` is a bar within a cell. */
export function markdown(lines: readonly string[]): string[][] {
  const records = lines.map((line) => {
    const inner = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
    if (inner === undefined)
      throw new Refusal("unreadable", `expected a line of a Markdown table, got ${JSON.stringify(line.slice(0, 60))}`);
    return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
  });
  const [header, rule, ...rows] = records;
  if (!rule?.every((cell) => /^:?-{1,}:?$/.test(cell)))
    throw new Refusal("unreadable", "expected a rule under a Markdown table's header");
  return [header, ...rows];
}

function readStatements(body: string, dialect: Dialect): Table[] {
  const tables: (Table & {rows: Cell[][]})[] = [];
  const statements: Token[][] = [[]];
  for (const token of tokenize(body, dialect)) {
    if (token.kind === "end") break;
    if (token.kind === "sign" && token.text === ";") statements.push([]);
    else statements.at(-1)!.push(token);
  }
  for (const tokens of statements) {
    if (tokens.length === 0) continue;
    const reader = new Reader(tokens);
    if (reader.word("CREATE")) tables.push(reader.create());
    else if (reader.word("INSERT")) reader.insert(tables);
    else throw new Refusal("unreadable", `expected CREATE TABLE or INSERT, got ${tokens[0].text.slice(0, 40)}`);
  }
  return tables;
}

class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  private fail(expected: string): never {
    throw new Refusal(
      "unreadable",
      `tables: expected ${expected}, got ${JSON.stringify(this.tokens[this.at]?.text.slice(0, 40) ?? "the end")}`
    );
  }

  word(text: string): boolean {
    const token = this.tokens.at(this.at);
    if (token?.kind !== "word" || token.text.toUpperCase() !== text) return false;
    this.at++;
    return true;
  }

  private sign(text: string): boolean {
    const token = this.tokens.at(this.at);
    if (token?.kind !== "sign" || token.text !== text) return false;
    this.at++;
    return true;
  }

  private name(): string {
    const token = this.tokens.at(this.at);
    if (token === undefined || (token.kind !== "word" && token.kind !== "name")) return this.fail("a name");
    this.at++;
    return this.sign(".") ? this.name() : token.text;
  }

  create(): Table & {rows: Cell[][]} {
    if (!this.word("TABLE")) this.fail("TABLE");
    if (this.word("IF") && !(this.word("NOT") && this.word("EXISTS"))) this.fail("IF NOT EXISTS");
    const name = this.name();
    if (!this.sign("(")) this.fail("(");
    const columns: {name: string; type: ColumnType}[] = [];
    do {
      const token = this.tokens.at(this.at);
      const constraint =
        token?.kind === "word" && /^(?:PRIMARY|FOREIGN|UNIQUE|KEY|CONSTRAINT|CHECK|INDEX)$/i.test(token.text);
      const column = constraint ? "" : this.name();
      const after: string[] = [];
      for (let depth = 0; this.at < this.tokens.length; this.at++) {
        const {kind, text} = this.tokens[this.at];
        if (kind === "sign" && text === "(") depth++;
        if (kind === "sign" && (text === ")" || text === ",") && depth === 0) break;
        if (kind === "sign" && text === ")") depth--;
        after.push(text);
      }
      if (!constraint) columns.push({name: column, type: typeOf(after[0] ?? "")});
    } while (this.sign(","));
    if (!this.sign(")")) this.fail(")");
    return {name, columns, rows: []};
  }

  insert(tables: readonly (Table & {rows: Cell[][]})[]): void {
    if (!this.word("INTO")) this.fail("INTO");
    const name = this.name();
    const table = tables.find((table) => table.name.toLowerCase() === name.toLowerCase());
    if (table === undefined) return this.fail("a table that was made before");
    let order = table.columns.map((_, i) => i);
    if (this.sign("(")) {
      order = [];
      do {
        const column = this.name().toLowerCase();
        order.push(table.columns.findIndex(({name}) => name.toLowerCase() === column));
        if (order.at(-1) === -1) this.fail("a column of the table");
      } while (this.sign(","));
      if (!this.sign(")")) this.fail(")");
    }
    if (!this.word("VALUES")) this.fail("VALUES");
    do {
      if (!this.sign("(")) this.fail("(");
      const row: Cell[] = table.columns.map(() => null);
      let i = 0;
      do {
        if (i >= order.length) this.fail(")");
        row[order[i++]] = this.cell();
      } while (this.sign(","));
      if (i < order.length) this.fail(`${order.length} values`);
      if (!this.sign(")")) this.fail(")");
      table.rows.push(row);
    } while (this.sign(","));
    if (this.at < this.tokens.length) this.fail("the end of the statement");
  }

  private cell(): Cell {
    if (this.word("NULL")) return null;
    if (this.word("TRUE")) return "1";
    if (this.word("FALSE")) return "0";
    const minus = this.sign("-") ? "-" : "";
    const token = this.tokens.at(this.at);
    if (token?.kind === "number" || (token?.kind === "string" && minus === "")) {
      this.at++;
      return minus + token.text;
    }
    return this.fail("a literal");
  }
}

function typeOf(word: string): ColumnType {
  const type = word.toUpperCase();
  if (/^(?:TINY|SMALL|MEDIUM|BIG|U?BIG)?INT(?:EGER|[248])?$|^(?:BIG)?SERIAL$|^YEAR$/.test(type)) return "BIGINT";
  if (/^(?:FLOAT|DOUBLE|REAL|FLOAT[48])$/.test(type)) return "DOUBLE";
  if (/^(?:DECIMAL|NUMERIC|DEC|NUMBER|MONEY)$/.test(type)) return "DECIMAL(38,10)";
  if (type === "DATE" || type === "TIME") return type;
  if (type === "DATETIME" || type === "TIMESTAMP") return "TIMESTAMP";
  if (type === "BOOLEAN" || type === "BOOL") return "BOOLEAN";
  return "VARCHAR";
}
