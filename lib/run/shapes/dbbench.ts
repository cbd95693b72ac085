import type {Shape, ShapedSample} from "./shape.js";

/**
 * AgentBench's database tasks: a table of texts, a question, and the data set's own statement as the query; `reference` is
 * the published answer, or the published md5 of the table after an INSERT, UPDATE or DELETE. The statements of questions
 * were written by a model and are often wrong: a refusal says so, not that the label is.
 *
 * Source: Liu et al. (2023), arXiv:2308.03688; all columns are text there, as here.
 */
export const dbbench: Shape = {
  id: "dbbench",
  verifiers: ["sql-answer"],
  fits: ({table, description, label, type}) =>
    typeof table === "object" &&
    table !== null &&
    "table_info" in table &&
    typeof description === "string" &&
    Array.isArray(label) &&
    Array.isArray(type),
  samples(row) {
    const {table, description, label, sql, answer_md5} = row as {
      table: unknown;
      description: string;
      label: unknown[];
      sql?: unknown;
      answer_md5?: unknown;
    };
    const {table_name: name, table_info: info} = table as {
      table_name?: unknown;
      table_info?: {columns?: unknown; rows?: unknown};
    };
    if (typeof name !== "string") throw new TypeError(`table.table_name: expected text, got ${typeof name}`);
    if (!Array.isArray(info?.columns) || !Array.isArray(info.rows))
      throw new TypeError("table.table_info: expected columns and rows");
    const columns = info.columns.map((column: unknown) => {
      const {name} = column as {name?: unknown};
      if (typeof name !== "string")
        throw new TypeError(`table.table_info.columns: expected names, got ${JSON.stringify(column)}`);
      return name;
    });
    const rows = info.rows.map((cells: unknown, i) => {
      if (!Array.isArray(cells) || cells.length !== columns.length)
        throw new TypeError(`table.table_info.rows: expected ${columns.length} cells in row ${i + 1}`);
      return `(${cells.map((cell) => (cell === null ? "NULL" : text(String(cell)))).join(", ")})`;
    });
    const hash = answer_md5 === undefined ? null : /[0-9a-f]{32}/.exec(String(answer_md5))?.[0];
    if (hash === undefined) throw new TypeError("answer_md5: expected a hash");
    const query = hash === null ? (sql as {query?: unknown} | undefined)?.query : label[0];
    if (typeof query !== "string") throw new TypeError("sql.query: expected text");
    const quoted = columns.map((column) => `${ident(column)} TEXT`).join(", ");
    const body = [
      description.replaceAll(/^@/gm, " @"),
      "",
      "@tables mysql",
      `CREATE TABLE ${ident(name)} (${quoted});`,
      ...(rows.length === 0 ? [] : [`INSERT INTO ${ident(name)} VALUES`, `${rows.join(",\n")};`]),
      "",
      "@query mysql",
      query.trim()
    ].join("\n");
    const sample: ShapedSample = {
      name: `${hash === null ? "question" : "change"}: ${description.slice(0, 60)}`,
      text: body,
      kind: "task",
      domain: "sql",
      generator: "agentbench",
      family: "human",
      reference: hash === null ? JSON.stringify(label) : `md5:${hash}`
    };
    return [sample];
  }
};

function ident(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

// Line ends within a cell are escaped: a line of it could be taken for the mark of a section.
function text(cell: string): string {
  const written = cell.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `'${written}'`;
}
