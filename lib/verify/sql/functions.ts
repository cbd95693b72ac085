import type {Emitted} from "./expressions.js";
import type {Dialect} from "./tokens.js";

interface Extras {
  numbers: readonly string[];
  truths: readonly string[];
  distinct: string;
  order: string;
  separator: string;
}

/** A function of MySQL or SQLite, and how DuckDB says it. */
export interface SqlFunction {
  least: number;
  most: number;
  type: Emitted["type"];
  aggregate: boolean;
  window: boolean;
  write(args: readonly string[], extras: Extras): string;
}

type Write = SqlFunction["write"];
const text = (x: string) => `b_text(${x})`;
const of = (least: number, most: number, type: Emitted["type"], write: Write): SqlFunction => ({
  least,
  most,
  type,
  aggregate: false,
  window: false,
  write
});
const aggregate = (type: Emitted["type"], write: Write): SqlFunction => ({...of(1, 1, type, write), aggregate: true});
const texts = (name: string, n: number): SqlFunction =>
  of(n, n, "text", (args) => `${name}(${args.map(text).join(", ")})`);
const numbers = (name: string, least: number, most = least): SqlFunction =>
  of(least, most, "number", (_, {numbers}) => `${name}(${numbers.join(", ")})`);
const window = (name: string, type: Emitted["type"], most: number): SqlFunction => ({
  ...of(0, most, type, (args) => `${name}(${args.join(", ")})`),
  window: true
});
const slice: Write = ([x, ...rest], {numbers}) =>
  `substring(${[text(x), ...rest.map((_, i) => `CAST(${numbers[i + 1]} AS BIGINT)`)].join(", ")})`;

const both: Readonly<Record<string, SqlFunction>> = {
  COUNT: aggregate("number", ([x], {distinct}) => `count(${distinct}${x})`),
  SUM: aggregate("number", (_, {numbers: [x], distinct}) => `sum(${distinct}${x})`),
  AVG: aggregate("number", (_, {numbers: [x], distinct}) => `avg(${distinct}${x})`),
  MIN: {...aggregate("any", ([x]) => `min(${x})`)},
  MAX: {...aggregate("any", ([x]) => `max(${x})`)},
  ROW_NUMBER: window("row_number", "number", 0),
  RANK: window("rank", "number", 0),
  DENSE_RANK: window("dense_rank", "number", 0),
  LAG: window("lag", "any", 2),
  LEAD: window("lead", "any", 2),
  LOWER: texts("lower", 1),
  UPPER: texts("upper", 1),
  TRIM: texts("trim", 1),
  LTRIM: texts("ltrim", 1),
  RTRIM: texts("rtrim", 1),
  REPLACE: texts("replace", 3),
  SUBSTR: of(2, 3, "text", slice),
  SUBSTRING: of(2, 3, "text", slice),
  INSTR: of(2, 2, "number", ([a, b]) => `instr(lower(${text(a)}), lower(${text(b)}))`),
  ABS: numbers("abs", 1),
  ROUND: of(
    1,
    2,
    "number",
    (_, {numbers: [x, n]}) => `round(${x}, ${n === undefined ? "0" : `CAST(${n} AS INTEGER)`})`
  ),
  FLOOR: numbers("floor", 1),
  CEIL: numbers("ceil", 1),
  SIGN: numbers("sign", 1),
  COALESCE: of(2, 20, "any", (args) => `coalesce(${args.join(", ")})`),
  IFNULL: of(2, 2, "any", (args) => `coalesce(${args.join(", ")})`),
  NULLIF: of(2, 2, "any", ([a, b]) => `CASE WHEN b_eq(${a}, ${b}) THEN NULL ELSE ${a} END`)
};

const mysql: Readonly<Record<string, SqlFunction>> = {
  ...both,
  GROUP_CONCAT: aggregate(
    "text",
    ([x], {distinct, order, separator}) => `string_agg(${distinct}${text(x)}, ${separator}${order})`
  ),
  LCASE: both.LOWER,
  UCASE: both.UPPER,
  MID: both.SUBSTR,
  CEILING: both.CEIL,
  LENGTH: of(1, 1, "number", ([x]) => `strlen(${text(x)})`),
  CHAR_LENGTH: of(1, 1, "number", ([x]) => `length(${text(x)})`),
  CHARACTER_LENGTH: of(1, 1, "number", ([x]) => `length(${text(x)})`),
  CONCAT: of(1, 20, "text", (args) => `(${args.map(text).join(" || ")})`),
  CONCAT_WS: of(2, 20, "text", (args) => `concat_ws(${args.map(text).join(", ")})`),
  LEFT: of(2, 2, "text", ([x], {numbers}) => `left(${text(x)}, CAST(${numbers[1]} AS BIGINT))`),
  RIGHT: of(2, 2, "text", ([x], {numbers}) => `right(${text(x)}, CAST(${numbers[1]} AS BIGINT))`),
  REVERSE: texts("reverse", 1),
  LOCATE: of(2, 2, "number", ([a, b]) => `instr(lower(${text(b)}), lower(${text(a)}))`),
  MOD: of(2, 2, "number", (_, {numbers: [a, b]}) => `(${a} % nullif(${b}, 0))`),
  POW: numbers("pow", 2),
  POWER: numbers("pow", 2),
  SQRT: of(1, 1, "number", (_, {numbers: [x]}) => `CASE WHEN ${x} >= 0 THEN sqrt(${x}) END`),
  TRUNCATE: of(2, 2, "number", (_, {numbers: [x, n]}) => `(trunc(${x} * pow(10, ${n})) / pow(10, ${n}))`),
  GREATEST: numbers("greatest", 2, 20),
  LEAST: numbers("least", 2, 20),
  IF: of(3, 3, "any", ([, a, b], {truths: [condition]}) => `CASE WHEN ${condition} THEN ${a} ELSE ${b} END`),
  YEAR: of(1, 1, "number", ([x]) => `year(TRY_CAST(${text(x)} AS DATE))`),
  MONTH: of(1, 1, "number", ([x]) => `month(TRY_CAST(${text(x)} AS DATE))`),
  DAY: of(1, 1, "number", ([x]) => `day(TRY_CAST(${text(x)} AS DATE))`),
  DAYOFMONTH: of(1, 1, "number", ([x]) => `day(TRY_CAST(${text(x)} AS DATE))`),
  DATE: of(1, 1, "any", ([x]) => `TRY_CAST(${text(x)} AS DATE)`),
  DATEDIFF: of(
    2,
    2,
    "number",
    ([a, b]) => `date_diff('day', TRY_CAST(${text(b)} AS DATE), TRY_CAST(${text(a)} AS DATE))`
  ),
  SUBSTRING_INDEX: of(
    3,
    3,
    "text",
    ([x, by], {numbers: [, , n]}) =>
      `(CASE WHEN ${n} >= 0 THEN array_to_string(list_slice(string_split(${text(x)}, ${text(by)}), 1, CAST(${n} AS BIGINT)), ${text(by)}) ELSE array_to_string(list_slice(string_split(${text(x)}, ${text(by)}), greatest(1, len(string_split(${text(x)}, ${text(by)})) + 1 + CAST(${n} AS BIGINT)), len(string_split(${text(x)}, ${text(by)}))), ${text(by)}) END)`
  )
};

const sqlite: Readonly<Record<string, SqlFunction>> = {
  ...both,
  INSTR: of(2, 2, "number", ([a, b]) => `instr(${text(a)}, ${text(b)})`),
  TOTAL: aggregate("number", (_, {numbers: [x]}) => `coalesce(sum(${x}), 0)`),
  GROUP_CONCAT: aggregate(
    "text",
    ([x], {distinct, order, separator}) => `string_agg(${distinct}${text(x)}, ${separator}${order})`
  ),
  LENGTH: of(1, 1, "number", ([x]) => `length(${text(x)})`),
  IIF: mysql.IF,
  MIN: {
    ...of(1, 20, "any", (args) => (args.length === 1 ? `min(${args[0]})` : `least(${args.join(", ")})`)),
    aggregate: true
  },
  MAX: {
    ...of(1, 20, "any", (args) => (args.length === 1 ? `max(${args[0]})` : `greatest(${args.join(", ")})`)),
    aggregate: true
  }
};

/** A function by its upper-case name; null where it is not known. What depends on chance or the clock is not. */
export function functions(name: string, dialect: Exclude<Dialect, "sql">): SqlFunction | null {
  const all = dialect === "mysql" ? mysql : sqlite;
  return Object.hasOwn(all, name) ? all[name] : null;
}
