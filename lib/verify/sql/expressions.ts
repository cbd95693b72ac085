import {functions} from "./functions.js";
import {Refusal} from "./refusal.js";
import type {Dialect, Token} from "./tokens.js";

/** SQL for DuckDB, and what is known of its type before it runs. */
export interface Emitted {
  sql: string;
  type: "any" | "number" | "text" | "boolean";
  /** a literal's text */
  literal?: string;
  /** a number that SQLite holds as a float for sure */
  real?: boolean;
  /** a column, whole number or count, whose type at run time is SQLite's own */
  plain?: boolean;
}

const maxDepth = 60;
const comparisons: Readonly<Record<string, string>> = {
  "=": "eq",
  "==": "eq",
  "<>": "ne",
  "!=": "ne",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge"
};
const ends =
  "FROM WHERE GROUP HAVING ORDER LIMIT UNION EXCEPT INTERSECT ON USING JOIN INNER LEFT RIGHT CROSS NATURAL AND OR XOR AS THEN ELSE END WHEN IN IS LIKE BETWEEN NOT SELECT SET VALUES INTO BY DESC ASC DISTINCT OVER FOR OFFSET REGEXP RLIKE DIV MOD COLLATE ESCAPE WINDOW PARTITION TABLE INDEX KEY KEYS PRIMARY CREATE DROP ALTER INSERT UPDATE DELETE CASE EXISTS NULL TRUE FALSE WITH RANK ROWS ROW_NUMBER DENSE_RANK LEAD LAG OF RECURSIVE SYSTEM WHILE WHERE CONDITION READ WRITE RANGE RELEASE REPEAT REPLACE REQUIRE SCHEMA SHOW TO TRIGGER UNIQUE UNLOCK USAGE USE CHECK COLUMN CONSTRAINT CALL CHANGE DATABASE DEFAULT DESCRIBE DUAL EACH EXIT EXPLAIN FETCH FORCE FOREIGN FULLTEXT FUNCTION GRANT GROUPS IF IGNORE INTERVAL ITERATE KILL LOAD LOCK LOOP MATCH OPTION OUT OUTER PROCEDURE PURGE REFERENCES RENAME RESTRICT RETURN STARTING STRAIGHT_JOIN TERMINATED UNDO";

/** Words that name nothing unless they are quoted. SQLite lets more of them be names. */
export const reserved: Readonly<Record<"mysql" | "sqlite", ReadonlySet<string>>> = {
  mysql: new Set(ends.split(" ")),
  sqlite: new Set(
    ends
      .split(" ")
      .slice(0, ends.split(" ").indexOf("RANK"))
      .filter((w) => !"REGEXP RLIKE DIV MOD XOR KEY KEYS OVER FOR OFFSET WINDOW PARTITION WITH".split(" ").includes(w))
  )
};

/**
 * Reads expressions of MySQL or SQLite and writes them for DuckDB, comparisons as the macros of prelude.ts. It never
 * passes on what it did not read.
 */
export class Expressions {
  protected at = 0;
  private depth = 0;

  constructor(
    protected readonly tokens: readonly Token[],
    readonly dialect: Exclude<Dialect, "sql">,
    /** lower-case names of every column there is, for SQLite's "…" that may be a string */
    protected readonly columns: ReadonlySet<string>
  ) {}

  protected get next(): Token {
    return this.tokens[this.at];
  }

  protected fail(expected: string): never {
    const got = this.next.kind === "end" ? "the end" : JSON.stringify(this.next.text.slice(0, 40));
    throw new Refusal("syntax", `expected ${expected}, got ${got}`);
  }

  protected isWord(...words: string[]): boolean {
    return this.next.kind === "word" && words.includes(this.next.text.toUpperCase());
  }

  protected word(...words: string[]): string | null {
    if (!this.isWord(...words)) return null;
    return this.tokens[this.at++].text.toUpperCase();
  }

  protected expectWord(word: string): void {
    if (this.word(word) === null) this.fail(word);
  }

  protected sign(...signs: string[]): string | null {
    if (this.next.kind !== "sign" || !signs.includes(this.next.text)) return null;
    return this.tokens[this.at++].text;
  }

  protected expectSign(sign: string): void {
    if (this.sign(sign) === null) this.fail(sign);
  }

  /** A name, quoted for DuckDB. */
  protected name(what: string): string {
    const {kind, text} = this.next;
    const free = kind === "word" && !reserved[this.dialect].has(text.toUpperCase());
    if (kind !== "name" && !free) this.fail(what);
    this.at++;
    return quote(text);
  }

  protected nested<T>(read: () => T): T {
    if (++this.depth > maxDepth) throw new Refusal("unsupported", `more than ${maxDepth} levels`);
    const out = read();
    this.depth--;
    return out;
  }

  expression(): Emitted {
    return this.nested(() => {
      let left = this.conjunction();
      for (;;) {
        if (this.word("OR") !== null || (this.dialect === "mysql" && this.sign("||") !== null))
          left = boolean(`(${truth(left)} OR ${truth(this.conjunction())})`);
        else if (this.word("XOR") !== null) left = boolean(`(${truth(left)} <> ${truth(this.conjunction())})`);
        else return left;
      }
    });
  }

  private conjunction(): Emitted {
    let left = this.negation();
    while (this.word("AND") !== null || this.sign("&&") !== null)
      left = boolean(`(${truth(left)} AND ${truth(this.negation())})`);
    return left;
  }

  private negation(): Emitted {
    if (this.isWord("NOT") || (this.next.kind === "sign" && this.next.text === "!")) {
      this.at++;
      return this.nested(() => boolean(`(NOT ${truth(this.negation())})`));
    }
    return this.comparison();
  }

  private comparison(): Emitted {
    let left = this.sum();
    for (;;) {
      const sign = this.sign("=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>");
      if (sign === "<=>") {
        const right = this.sum();
        left = boolean(
          `(CASE WHEN ${left.sql} IS NULL OR ${right.sql} IS NULL THEN ${left.sql} IS NULL AND ${right.sql} IS NULL ELSE ${this.compare("eq", left, right)} END)`
        );
      } else if (sign !== null) {
        if (this.isWord("ALL", "ANY", "SOME")) throw new Refusal("unsupported", `${this.next.text} of a query`);
        left = boolean(this.compare(comparisons[sign], left, this.sum()));
      } else if (this.word("IS") !== null) left = this.is(left);
      else {
        const back = this.at;
        const not = this.word("NOT") === null ? "" : "NOT ";
        if (this.word("LIKE") !== null) {
          const right = this.sum();
          if (this.word("ESCAPE") !== null) throw new Refusal("unsupported", "LIKE … ESCAPE");
          left = boolean(`(${not}b_like(${left.sql}, ${right.sql}))`);
        } else if (this.dialect === "mysql" && this.word("REGEXP", "RLIKE") !== null)
          left = boolean(`(${not}regexp_matches(b_text(${left.sql}), b_text(${this.sum().sql}), 'i'))`);
        else if (this.word("BETWEEN") !== null) {
          const low = this.sum();
          this.expectWord("AND");
          const high = this.sum();
          left = boolean(`(${not}(${this.compare("ge", left, low)} AND ${this.compare("le", left, high)}))`);
        } else if (this.word("IN") !== null) left = boolean(`(${not}${this.among(left)})`);
        else {
          this.at = back;
          return left;
        }
      }
    }
  }

  private is(left: Emitted): Emitted {
    const not = this.word("NOT") === null ? "" : "NOT ";
    if (this.word("NULL") !== null) return boolean(`(${left.sql} IS ${not}NULL)`);
    const value = this.word("TRUE", "FALSE");
    if (value !== null) return boolean(`(${not}coalesce(${value === "TRUE" ? "" : "NOT "}${truth(left)}, false))`);
    return this.fail("NULL, TRUE or FALSE");
  }

  private among(left: Emitted): string {
    this.expectSign("(");
    if (this.isWord("SELECT", "WITH")) {
      const query = this.subquery();
      this.expectSign(")");
      return `${left.sql} IN (${query})`;
    }
    const each: string[] = [];
    do each.push(this.compare("eq", left, this.expression()));
    while (this.sign(",") !== null);
    this.expectSign(")");
    return `(${each.join(" OR ")})`;
  }

  private compare(operator: string, a: Emitted, b: Emitted): string {
    const plain = Object.keys(comparisons).find((sign) => comparisons[sign] === operator)!;
    if (a.type === "number" && b.type === "number") return `(${a.sql} ${plain} ${b.sql})`;
    const literal = a.literal ?? b.literal;
    const valued = this.dialect === "sqlite" && literal !== undefined && /^[+-]?\d+(?:\.\d*)?$/.test(literal);
    return `b_${operator}${valued ? "v" : ""}(${value(a)}, ${value(b)})`;
  }

  private sum(): Emitted {
    return this.nested(() => {
      let left = this.product();
      for (;;) {
        const sign = this.sign("+", "-", "||", "|", "&", "^", "~");
        if (sign === null) return left;
        if (sign === "||" && this.dialect === "mysql") {
          this.at--;
          return left;
        }
        const right = this.product();
        if (sign === "||") left = {sql: `(b_text(${left.sql}) || b_text(${right.sql}))`, type: "text"};
        else if (sign === "+" || sign === "-")
          left = {...number(`(${numeric(left)} ${sign} ${numeric(right)})`), real: left.real || right.real};
        else throw new Refusal("unsupported", `operator ${sign}`);
      }
    });
  }

  private product(): Emitted {
    let left = this.unary();
    for (;;) {
      const sign = this.sign("*", "/", "%") ?? (this.dialect === "mysql" ? this.word("DIV", "MOD") : null);
      if (sign === null) return left;
      const right = this.unary();
      const [a, b] = [numeric(left), numeric(right)];
      const real = left.real || right.real;
      if (sign === "*") left = {...number(`(${a} * ${b})`), real};
      else if (sign === "%" || sign === "MOD") left = number(`(${a} % nullif(${b}, 0))`);
      else if (sign === "DIV") left = number(`trunc(${a} / nullif(${b}, 0))`);
      // In SQLite whole numbers divide as whole numbers.
      else if (this.dialect === "sqlite" && !real) {
        if (!left.plain || !right.plain) throw new Refusal("unsupported", "a division that may be of whole numbers");
        const whole = [left, right].map(({sql}) => `typeof(${sql}) IN ('INTEGER', 'BIGINT')`).join(" AND ");
        left = number(`(CASE WHEN ${whole} THEN trunc(${a} / nullif(${b}, 0)) ELSE ${a} / nullif(${b}, 0) END)`);
      } else left = {...number(`(${a} / nullif(${b}, 0))`), real: true};
    }
  }

  private unary(): Emitted {
    const sign = this.sign("-", "+");
    if (sign !== null) return this.nested(() => number(`(${sign}${numeric(this.unary())})`));
    const out = this.primary();
    if (this.word("COLLATE") !== null) throw new Refusal("unsupported", "COLLATE");
    return out;
  }

  private primary(): Emitted {
    const token = this.next;
    if (token.kind === "number") {
      this.at++;
      return {...number(token.text), real: /[.eE]/.test(token.text), plain: /^\d+$/.test(token.text)};
    }
    if (token.kind === "string") {
      this.at++;
      let text = token.text;
      while (this.dialect === "mysql" && this.next.kind === "string") text += this.tokens[this.at++].text;
      return {sql: literal(text), type: "text", literal: text};
    }
    if (this.sign("(") !== null) {
      if (this.isWord("SELECT", "WITH")) {
        const query = this.subquery();
        this.expectSign(")");
        return {sql: `(${query})`, type: "any"};
      }
      const inner = this.expression();
      if (this.next.text === ",") throw new Refusal("unsupported", "rows as values");
      this.expectSign(")");
      return {...inner, sql: `(${inner.sql})`};
    }
    if (token.kind === "word") {
      const keyword = this.keyword(token.text.toUpperCase());
      if (keyword !== null) return keyword;
      if (this.tokens[this.at + 1].text === "(" && this.tokens[this.at + 1].kind === "sign") {
        this.at += 2;
        return this.call(token.text.toUpperCase());
      }
    }
    if (
      token.kind === "name" &&
      this.dialect === "sqlite" &&
      !this.columns.has(token.text.toLowerCase()) &&
      this.tokens[this.at + 1].text !== "."
    ) {
      this.at++;
      return {sql: literal(token.text), type: "text", literal: token.text};
    }
    const parts = [this.name("a value")];
    while (this.sign(".") !== null)
      parts.push(this.next.kind === "word" ? quote(this.tokens[this.at++].text) : this.name("a column"));
    if (parts.length > 2) parts.shift();
    return {sql: parts.join("."), type: "any", plain: true};
  }

  private keyword(word: string): Emitted | null {
    const following = this.tokens[this.at + 1];
    if (word === "NULL" || word === "TRUE" || word === "FALSE") {
      this.at++;
      return {sql: word, type: word === "NULL" ? "any" : "boolean"};
    }
    if (word === "CASE") return this.nested(() => this.cases());
    if (word === "EXISTS" && following.text === "(") {
      this.at += 2;
      const query = this.subquery();
      this.expectSign(")");
      return boolean(`EXISTS (${query})`);
    }
    if ((word === "CAST" || word === "CONVERT") && following.text === "(") {
      this.at += 2;
      const inner = this.expression();
      if (word === "CAST") this.expectWord("AS");
      else this.expectSign(",");
      const out = this.cast(inner);
      this.expectSign(")");
      return out;
    }
    if (["DATE", "TIME", "TIMESTAMP"].includes(word) && following.kind === "string") {
      this.at += 2;
      return {sql: `CAST(${literal(following.text)} AS ${word})`, type: "any"};
    }
    if (word === "INTERVAL" && following.text !== "(") throw new Refusal("unsupported", "INTERVAL");
    return null;
  }

  private cases(): Emitted {
    this.expectWord("CASE");
    const of = this.isWord("WHEN") ? null : this.expression();
    const arms: string[] = [];
    const results: Emitted[] = [];
    while (this.word("WHEN") !== null) {
      const when = this.expression();
      this.expectWord("THEN");
      results.push(this.expression());
      arms.push(of === null ? truth(when) : this.compare("eq", of, when));
    }
    if (arms.length === 0) this.fail("WHEN");
    const other = this.word("ELSE") === null ? null : this.expression();
    this.expectWord("END");
    const all = other === null ? results : [...results, other];
    const same = all.every(({type}) => type === all[0].type) ? all[0].type : "any";
    const mixed = new Set(all.map(({type}) => type)).size > 1 && all.some(({type}) => type === "text");
    const write = (result: Emitted) => (mixed && result.sql !== "NULL" ? `b_text(${value(result)})` : value(result));
    const written = arms.map((arm, i) => `WHEN ${arm} THEN ${write(results[i])}`).join(" ");
    return {
      sql: `CASE ${written}${other === null ? "" : ` ELSE ${write(other)}`} END`,
      type: mixed ? "text" : same === "boolean" ? "number" : same
    };
  }

  private cast(inner: Emitted): Emitted {
    const type = this.next.kind === "word" ? this.tokens[this.at++].text.toUpperCase() : this.fail("a type");
    if (type === "UNSIGNED" || type === "SIGNED") this.word("INTEGER", "INT");
    const sizes: string[] = [];
    if (this.sign("(") !== null) {
      do sizes.push(this.next.kind === "number" ? this.tokens[this.at++].text : this.fail("a size"));
      while (this.sign(",") !== null);
      this.expectSign(")");
    }
    const value = numeric(inner);
    if (/^(?:SIGNED|UNSIGNED|INT|INTEGER|BIGINT)$/.test(type))
      return number(
        this.dialect === "mysql" && inner.type === "number"
          ? `CAST(round(${value}) AS BIGINT)`
          : `CAST(trunc(${value}) AS BIGINT)`
      );
    if (type === "DECIMAL" || type === "NUMERIC")
      return number(this.dialect === "mysql" ? `round(${value}, ${sizes[1] ?? "0"})` : value);
    if (/^(?:DOUBLE|FLOAT|REAL)$/.test(type)) return {...number(`CAST(${value} AS DOUBLE)`), real: true};
    if (/^(?:CHAR|VARCHAR|TEXT|NCHAR)$/.test(type)) return {sql: `b_text(${inner.sql})`, type: "text"};
    if (type === "DATE" && this.dialect === "mysql")
      return {sql: `TRY_CAST(b_text(${inner.sql}) AS DATE)`, type: "any"};
    throw new Refusal("unsupported", `a cast to ${type}`);
  }

  private call(name: string): Emitted {
    const form = functions(name, this.dialect);
    if (form === null) throw new Refusal("unsupported", `function ${name}`);
    let args: Emitted[] = [];
    let distinct = "";
    let order = "";
    let separator = "','";
    if (this.sign("*") !== null) {
      if (name !== "COUNT") this.fail("an argument");
      args = [{sql: "*", type: "any"}];
      this.expectSign(")");
    } else if (this.sign(")") === null) {
      distinct = this.word("DISTINCT") === null ? "" : "DISTINCT ";
      if (distinct !== "" && !form.aggregate) this.fail("an argument");
      do args.push(this.expression());
      while (this.sign(",") !== null || (/^(?:SUBSTRING|SUBSTR|MID)$/.test(name) && this.word("FROM", "FOR") !== null));
      if (name === "GROUP_CONCAT") {
        if (this.word("ORDER") !== null) {
          this.expectWord("BY");
          order = ` ORDER BY ${this.orderItems()}`;
        }
        if (this.word("SEPARATOR") !== null)
          separator = literal(this.next.kind === "string" ? this.tokens[this.at++].text : this.fail("a text"));
      }
      this.expectSign(")");
    }
    if (args.length < form.least || args.length > form.most)
      throw new Refusal("syntax", `${name} takes ${form.least} to ${form.most} arguments, got ${args.length}`);
    let sql = form.write(args.map(value), {
      numbers: args.map((a) => (a.sql === "*" ? "*" : numeric(a))),
      truths: args.map((a) => (a.sql === "*" ? "*" : truth(a))),
      distinct,
      order,
      separator
    });
    if (this.word("OVER") !== null) {
      if (!form.aggregate && !form.window) this.fail("no window");
      sql += this.over();
    } else if (form.window) this.fail("OVER");
    return {
      sql,
      type: form.type,
      real: name === "AVG" || name === "TOTAL" || name === "ROUND",
      plain: name === "COUNT"
    };
  }

  private over(): string {
    this.expectSign("(");
    const parts: string[] = [];
    if (this.word("PARTITION") !== null) {
      this.expectWord("BY");
      const keys: string[] = [];
      do keys.push(this.expression().sql);
      while (this.sign(",") !== null);
      parts.push(`PARTITION BY ${keys.join(", ")}`);
    }
    if (this.word("ORDER") !== null) {
      this.expectWord("BY");
      parts.push(`ORDER BY ${this.orderItems()}`);
    }
    if (this.sign(")") === null) throw new Refusal("unsupported", "frames of windows");
    return ` OVER (${parts.join(" ")})`;
  }

  /** Keys of an ORDER BY. NULL is the least value. */
  protected orderItems(): string {
    const items: string[] = [];
    do {
      const key = this.expression();
      const descending = this.word("ASC", "DESC") === "DESC";
      let nulls = descending ? "LAST" : "FIRST";
      if (this.dialect === "sqlite" && this.word("NULLS") !== null)
        nulls = this.word("FIRST", "LAST") ?? this.fail("FIRST or LAST");
      const sql = key.literal === undefined ? key.sql : `(${key.sql} || '')`;
      items.push(`${sql} ${descending ? "DESC" : "ASC"} NULLS ${nulls}`);
    } while (this.sign(",") !== null);
    return items.join(", ");
  }

  /** A query within an expression; the reader of statements knows it. */
  protected subquery(): string {
    return this.fail("no query");
  }
}

/** A condition in DuckDB's sense. */
export function truth({sql, type}: Emitted): string {
  return type === "boolean" ? sql : type === "number" ? `(${sql} <> 0)` : `(b_num(${sql}) <> 0)`;
}

/** As a number, by these databases' own rules. */
export function numeric({sql, type}: Emitted): string {
  return type === "number" ? sql : `b_num(${sql})`;
}

/** As a value of a row: conditions are 1 and 0. */
export function value({sql, type}: Emitted): string {
  return type === "boolean" ? `CAST(${sql} AS INTEGER)` : sql;
}

function number(sql: string): Emitted {
  return {sql, type: "number"};
}

function boolean(sql: string): Emitted {
  return {sql, type: "boolean"};
}

/** A name in DuckDB's quotes. */
export function quote(name: string): string {
  // DuckDB has no empty name, which MySQL has not either but tables from the web have.
  return name === "" ? '" "' : `"${name.replaceAll('"', '""')}"`;
}

/** A text in DuckDB's quotes. */
export function literal(text: string): string {
  if (text.includes("\0")) throw new Refusal("unsupported", "a NUL in a text");
  return `'${text.replaceAll("'", "''")}'`;
}
