import {Expressions, literal, quote, truth, value, type Emitted} from "./expressions.js";
import {Refusal} from "./refusal.js";
import type {Table} from "./tables.js";
import {tokenize, type Dialect} from "./tokens.js";

/** A statement that DuckDB can run. */
export interface Statement {
  sql: string;
  kind: "select" | "insert" | "update" | "delete";
  /** whether the order of its rows is part of what it says */
  ordered: boolean;
}

/**
 * Statements of MySQL or SQLite, written for DuckDB with the macros of prelude.ts: SELECT with joins, groups, sub-queries,
 * set operations, common table expressions and windows; INSERT, UPDATE and DELETE without joins.
 *
 * @param tables what there is, for the types of columns that are written to
 * @throws Refusal "syntax" where the database would not take it, "unsupported" where we cannot tell what it would do
 */
export function translate(text: string, dialect: Exclude<Dialect, "sql">, tables: readonly Table[]): Statement[] {
  return new Statements(text, dialect, tables).all();
}

class Statements extends Expressions {
  constructor(
    text: string,
    dialect: Exclude<Dialect, "sql">,
    private readonly tables: readonly Table[]
  ) {
    super(
      tokenize(text, dialect),
      dialect,
      new Set(tables.flatMap(({columns}) => columns.map(({name}) => name.toLowerCase())))
    );
  }

  all(): Statement[] {
    const out: Statement[] = [];
    for (;;) {
      while (this.sign(";") !== null);
      if (this.ended()) return out;
      out.push(this.statement());
      if (!this.ended() && this.sign(";") === null) this.fail("the end");
    }
  }

  private ended(): boolean {
    return this.next.kind === "end";
  }

  private statement(): Statement {
    if (this.isWord("SELECT", "WITH") || this.next.text === "(") {
      const {sql, ordered} = this.query();
      return {sql, kind: "select", ordered};
    }
    if (this.word("INSERT") !== null) return {sql: this.insert(), kind: "insert", ordered: false};
    if (this.word("UPDATE") !== null) return {sql: this.update(), kind: "update", ordered: false};
    if (this.word("DELETE") !== null) return {sql: this.remove(), kind: "delete", ordered: false};
    if (
      this.next.kind === "word" &&
      /^(?:CREATE|DROP|ALTER|REPLACE|TRUNCATE|SET|SHOW|USE|PRAGMA|EXPLAIN|CALL|DESC|DESCRIBE)$/i.test(this.next.text)
    )
      throw new Refusal("unsupported", `statement ${this.next.text.toUpperCase()}`);
    return this.fail("SELECT, INSERT, UPDATE or DELETE");
  }

  protected override subquery(): string {
    return this.nested(() => this.query().sql);
  }

  private query(): {sql: string; ordered: boolean} {
    let sql = "";
    if (this.word("WITH") !== null) {
      const recursive = this.word("RECURSIVE") === null ? "" : "RECURSIVE ";
      const parts: string[] = [];
      do {
        const name = this.name("a name");
        const columns = this.next.text === "(" ? ` (${this.names().join(", ")})` : "";
        this.expectWord("AS");
        this.expectSign("(");
        parts.push(`${name}${columns} AS (${this.subquery()})`);
        this.expectSign(")");
      } while (this.sign(",") !== null);
      sql += `WITH ${recursive}${parts.join(", ")} `;
    }
    sql += this.term();
    for (
      let set = this.word("UNION", "EXCEPT", "INTERSECT");
      set !== null;
      set = this.word("UNION", "EXCEPT", "INTERSECT")
    ) {
      const all = this.word("ALL", "DISTINCT") === "ALL" ? " ALL" : "";
      sql += ` ${set}${all} ${this.term()}`;
    }
    let ordered = false;
    if (this.word("ORDER") !== null) {
      this.expectWord("BY");
      sql += ` ORDER BY ${this.orderItems()}`;
      ordered = true;
    }
    if (this.word("LIMIT") !== null) {
      const [first, second] = [this.count(), this.sign(",") === null ? null : this.count()];
      if (second !== null) sql += ` LIMIT ${second} OFFSET ${first}`;
      else sql += ` LIMIT ${first}${this.word("OFFSET") === null ? "" : ` OFFSET ${this.count()}`}`;
    }
    if (this.isWord("FOR", "INTO", "PROCEDURE", "LOCK")) throw new Refusal("unsupported", `SELECT … ${this.next.text}`);
    return {sql, ordered};
  }

  private count(): string {
    if (this.next.kind !== "number" || !/^\d+$/.test(this.next.text)) this.fail("a whole number");
    return this.tokens[this.at++].text;
  }

  private term(): string {
    return this.nested(() => {
      if (this.sign("(") !== null) {
        const {sql} = this.query();
        this.expectSign(")");
        return `(${sql})`;
      }
      return this.select();
    });
  }

  private select(): string {
    this.expectWord("SELECT");
    const distinct = this.word("DISTINCT", "ALL") === "DISTINCT" ? "DISTINCT " : "";
    const items: string[] = [];
    do items.push(this.item());
    while (this.sign(",") !== null);
    let sql = `SELECT ${distinct}${items.join(", ")}`;
    if (this.word("FROM") !== null && this.word("DUAL") === null) sql += ` FROM ${this.from()}`;
    if (this.word("WHERE") !== null) sql += ` WHERE ${truth(this.expression())}`;
    if (this.word("GROUP") !== null) {
      this.expectWord("BY");
      const keys: Emitted[] = [];
      do keys.push(this.expression());
      while (this.sign(",") !== null);
      if (this.isWord("WITH")) throw new Refusal("unsupported", "WITH ROLLUP");
      sql += ` GROUP BY ${keys.map((key) => (key.literal === undefined ? key.sql : `(${key.sql} || '')`)).join(", ")}`;
    }
    if (this.word("HAVING") !== null) sql += ` HAVING ${truth(this.expression())}`;
    if (this.isWord("WINDOW")) throw new Refusal("unsupported", "WINDOW");
    return sql;
  }

  private item(): string {
    if (this.sign("*") !== null) return "*";
    if (
      (this.next.kind === "word" || this.next.kind === "name") &&
      this.tokens[this.at + 1].text === "." &&
      this.tokens[this.at + 2].text === "*"
    ) {
      const table = this.name("a table");
      this.at += 2;
      return `${table}.*`;
    }
    const out = this.expression();
    const as = this.word("AS") !== null;
    const {kind, text} = this.next;
    if (kind === "string" && (as || this.dialect === "mysql")) {
      this.at++;
      return `${value(out)} AS ${quote(text)}`;
    }
    const free = kind === "name" || (kind === "word" && !this.stops());
    return as || free ? `${value(out)} AS ${this.name("a name")}` : value(out);
  }

  private stops(): boolean {
    return this.isWord(
      ..."FROM WHERE GROUP HAVING ORDER LIMIT UNION EXCEPT INTERSECT ON USING JOIN INNER LEFT RIGHT CROSS NATURAL FULL SET FOR INTO WINDOW PROCEDURE LOCK OFFSET STRAIGHT_JOIN AS".split(
        " "
      )
    );
  }

  private from(): string {
    let sql = this.source();
    for (;;) {
      if (this.sign(",") !== null) sql += `, ${this.source()}`;
      else if (this.isWord("NATURAL", "STRAIGHT_JOIN") || (this.isWord("FULL") && this.dialect === "mysql"))
        throw new Refusal("unsupported", `${this.next.text} JOIN`);
      else {
        const side = this.word("INNER", "CROSS", "LEFT", "RIGHT", "FULL");
        if (side !== null && side !== "INNER" && side !== "CROSS") this.word("OUTER");
        if (this.word("JOIN") === null) {
          if (side !== null) this.fail("JOIN");
          return sql;
        }
        const source = this.source();
        const on = this.word("ON") === null ? null : truth(this.expression());
        const using = on === null && this.word("USING") !== null ? this.names() : null;
        if (on === null && using === null && (side === "LEFT" || side === "RIGHT" || side === "FULL")) this.fail("ON");
        const how = side === null || side === "CROSS" ? "INNER" : side;
        sql += ` ${how} JOIN ${source} ${using === null ? `ON ${on ?? "true"}` : `USING (${using.join(", ")})`}`;
      }
    }
  }

  private source(): string {
    return this.nested(() => {
      if (this.sign("(") !== null) {
        const inner = this.isWord("SELECT", "WITH") ? `(${this.subquery()})` : `(${this.from()})`;
        this.expectSign(")");
        return `${inner}${this.alias()}`;
      }
      // What stands before a dot is the database, of which there is one.
      let name = this.name("a table");
      while (this.sign(".") !== null) name = this.name("a table");
      return `${name}${this.alias()}`;
    });
  }

  private alias(): string {
    const as = this.word("AS") !== null;
    if (!as && this.next.kind !== "name" && (this.next.kind !== "word" || this.stops())) return "";
    return ` AS ${this.name("a name")}`;
  }

  private names(): string[] {
    const out: string[] = [];
    this.expectSign("(");
    do out.push(this.name("a column"));
    while (this.sign(",") !== null);
    this.expectSign(")");
    return out;
  }

  private target(): {name: string; table: Table | undefined} {
    let name = this.name("a table");
    while (this.sign(".") !== null) name = this.name("a table");
    return {name, table: this.tables.find((table) => quote(table.name).toLowerCase() === name.toLowerCase())};
  }

  /** A value as a column of its type takes it. */
  private stored(out: Emitted, type: string | undefined): string {
    if (type === undefined || out.sql === "NULL") return value(out);
    if (out.literal !== undefined || /^[+-]?\d+(?:\.\d+)?$/.test(out.sql))
      return type === "VARCHAR" && out.literal === undefined ? literal(out.sql) : out.sql;
    return type === "VARCHAR" ? `b_text(${value(out)})` : value(out);
  }

  private insert(): string {
    if (this.isWord("IGNORE", "OR")) throw new Refusal("unsupported", `INSERT ${this.next.text}`);
    if (this.word("INTO") === null && this.dialect === "sqlite") this.fail("INTO");
    const {name, table} = this.target();
    const columns = this.next.text === "(" ? this.names() : null;
    const types =
      columns === null ? table?.columns.map(({type}) => type) : columns.map((column) => typeOf(table, column));
    let sql = `INSERT INTO ${name}${columns === null ? "" : ` (${columns.join(", ")})`} `;
    if (this.word("VALUES", "VALUE") !== null) {
      const rows: string[] = [];
      do {
        this.expectSign("(");
        const row: string[] = [];
        do row.push(this.stored(this.expression(), types?.[row.length]));
        while (this.sign(",") !== null);
        this.expectSign(")");
        rows.push(`(${row.join(", ")})`);
      } while (this.sign(",") !== null);
      sql += `VALUES ${rows.join(", ")}`;
    } else if (this.isWord("SELECT", "WITH")) sql += this.subquery();
    else this.fail("VALUES");
    if (this.isWord("ON")) throw new Refusal("unsupported", "INSERT … ON");
    return sql;
  }

  private update(): string {
    const {name, table} = this.target();
    if (!this.isWord("SET"))
      throw new Refusal(
        this.next.text === "," || this.isWord("JOIN", "INNER", "LEFT") ? "unsupported" : "syntax",
        "expected SET after one table"
      );
    this.expectWord("SET");
    const sets: string[] = [];
    do {
      let column = this.name("a column");
      if (this.sign(".") !== null) column = this.name("a column");
      this.expectSign("=");
      sets.push(`${column} = ${this.stored(this.expression(), typeOf(table, column))}`);
    } while (this.sign(",") !== null);
    return `UPDATE ${name} SET ${sets.join(", ")}${this.where("UPDATE")}`;
  }

  private remove(): string {
    this.expectWord("FROM");
    const {name} = this.target();
    return `DELETE FROM ${name}${this.where("DELETE")}`;
  }

  private where(statement: string): string {
    const sql = this.word("WHERE") === null ? "" : ` WHERE ${truth(this.expression())}`;
    if (this.isWord("ORDER", "LIMIT", "USING", "RETURNING"))
      throw new Refusal("unsupported", `${statement} … ${this.next.text}`);
    return sql;
  }
}

function typeOf(table: Table | undefined, column: string): string | undefined {
  return table?.columns.find(({name}) => quote(name).toLowerCase() === column.toLowerCase())?.type;
}
