// Prefix of a text that reads as a number, as MySQL and SQLite take it.
const prefix = String.raw`^\s*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)`;
const text = (x: string) => `CAST(${x} AS VARCHAR)`;
const isText = (x: string) => `typeof(${x}) = 'VARCHAR'`;
const isTime = (x: string) => `typeof(${x}) IN ('DATE', 'TIMESTAMP', 'TIME')`;
const operators = {eq: "=", ne: "<>", lt: "<", le: "<=", gt: ">", ge: ">="};

const shared = [
  `CREATE MACRO b_num(x) AS CASE WHEN x IS NULL THEN NULL WHEN typeof(x) = 'BOOLEAN' THEN CASE WHEN ${text("x")} = 'true' THEN 1 ELSE 0 END ELSE coalesce(TRY_CAST(regexp_extract(${text("x")}, '${prefix}', 1) AS DOUBLE), 0) END`,
  // A number as these databases write it: no ".0" after a whole one.
  `CREATE MACRO b_text(x) AS CASE WHEN typeof(x) = 'BOOLEAN' THEN CASE ${text("x")} WHEN 'true' THEN '1' ELSE '0' END WHEN typeof(x) IN ('DOUBLE', 'FLOAT') AND b_num(x) = trunc(b_num(x)) AND abs(b_num(x)) < 1e15 THEN ${text("CAST(b_num(x) AS BIGINT)")} ELSE ${text("x")} END`
];

/**
 * Macros that give DuckDB another database's comparisons. MySQL: texts without regard to case and accents, text and
 * number as numbers by the text's prefix, dates with texts as dates. SQLite: a column of text and a number as texts.
 */
export const preludes: Readonly<Record<"sql" | "mysql" | "sqlite", readonly string[]>> = {
  sql: [],
  mysql: [
    ...shared,
    `CREATE MACRO b_fold(x) AS strip_accents(lower(${text("x")}))`,
    ...Object.entries(operators).map(
      ([name, sign]) =>
        `CREATE MACRO b_${name}(a, b) AS CASE WHEN ${isText("a")} AND ${isText("b")} THEN b_fold(a) ${sign} b_fold(b) WHEN ${isTime("a")} OR ${isTime("b")} THEN CASE WHEN typeof(a) = 'TIME' OR typeof(b) = 'TIME' THEN TRY_CAST(${text("a")} AS TIME) ${sign} TRY_CAST(${text("b")} AS TIME) ELSE TRY_CAST(${text("a")} AS TIMESTAMP) ${sign} TRY_CAST(${text("b")} AS TIMESTAMP) END ELSE b_num(a) ${sign} b_num(b) END`
    ),
    "CREATE MACRO b_like(a, b) AS b_fold(a) LIKE b_fold(b) ESCAPE '\\'"
  ],
  sqlite: [
    ...shared,
    ...Object.entries(operators).map(
      ([name, sign]) =>
        `CREATE MACRO b_${name}(a, b) AS CASE WHEN ${isText("a")} OR ${isText("b")} OR ${isTime("a")} OR ${isTime("b")} THEN b_text(a) ${sign} b_text(b) ELSE b_num(a) ${sign} b_num(b) END`
    ),
    // With a literal that reads as a number, a column of numbers compares as numbers.
    ...Object.entries(operators).map(
      ([name, sign]) =>
        `CREATE MACRO b_${name}v(a, b) AS CASE WHEN ${isText("a")} AND ${isText("b")} THEN ${text("a")} ${sign} ${text("b")} ELSE b_num(a) ${sign} b_num(b) END`
    ),
    `CREATE MACRO b_like(a, b) AS ${text("a")} ILIKE ${text("b")}`
  ]
};
