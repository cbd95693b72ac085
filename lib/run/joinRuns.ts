import {basename, extname} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier, rows} from "../io/duckdb.js";
import {nearest} from "../text/nearest.js";

/** A further table of facts about the same runs. */
export interface Join {
  readonly path: string;
  /** columns that both tables have; together they name one row of the further table */
  readonly on: readonly string[];
}

/** What a join left out. */
export interface Unmatched {
  readonly path: string;
  /** runs without a partner in the further table */
  readonly runs: number;
  /** rows of the further table that no run asked for */
  readonly partners: number;
}

/**
 * Joins the table `partner` to the table `runs`: each run gets the columns of the one row with its key; several runs
 * may share a row. A column of a name that is taken is called `FILE.name`, FILE without its ending.
 *
 * @param options.of path of the runs; @param options.place column that holds their order
 * @throws TypeError for a key that either table lacks, one that names several rows, and where no run finds a partner
 */
export async function joinRuns(
  connection: DuckDBConnection,
  {path, on}: Join,
  {of, place}: {of: string; place: string}
): Promise<Unmatched> {
  const left = await columnsOf(connection, "runs");
  const right = await columnsOf(connection, "partner");
  for (const key of on) {
    const [one, other] = [typeOf(left, key, of), typeOf(right, key, path)];
    if (one !== other && (one === "VARCHAR" || other === "VARCHAR"))
      throw new TypeError(`${path}: ${key}: expected the type that it has in ${of}, ${one}, got ${other}`);
  }
  const keys = on.map(identifier).join(", ");
  const [twice] = await rows(
    connection,
    `SELECT ${keys}, count(*) AS n FROM partner GROUP BY ${keys} HAVING n > 1 ORDER BY ALL LIMIT 1`
  );
  if (twice !== undefined)
    throw new TypeError(
      `${path}: expected one row for each ${on.join(", ")}, got ${String(twice.n)} for ${on.map((key) => `${key} = ${String(twice[key])}`).join(", ")}`
    );
  const same = on.map((key) => `r.${identifier(key)} = p.${identifier(key)}`).join(" AND ");
  const stem = basename(path, extname(path));
  const added = [...right.keys()]
    .filter((name) => !on.includes(name))
    .map((name) => `p.${identifier(name)} AS ${identifier(left.has(name) ? `${stem}.${name}` : name)}`);
  const count = async (sql: string) => Number((await rows(connection, sql))[0].n);
  const runs = await count(`SELECT count(*) AS n FROM runs r ANTI JOIN partner p ON ${same}`);
  const partners = await count(`SELECT count(*) AS n FROM partner p ANTI JOIN runs r ON ${same}`);
  if (runs === (await count("SELECT count(*) AS n FROM runs")))
    throw new TypeError(`${path}: expected partners by ${on.join(", ")} for the runs of ${of}, found none`);
  await connection.run(
    `CREATE OR REPLACE TABLE runs AS SELECT ${["r.*", ...added].join(", ")} FROM runs r JOIN partner p ON ${same} ORDER BY r.${identifier(place)}`
  );
  return {path, runs, partners};
}

/** A table's columns in their order, with their types. */
export async function columnsOf(connection: DuckDBConnection, table: string): Promise<Map<string, string>> {
  const described = await rows(connection, `DESCRIBE ${table}`);
  return new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
}

function typeOf(columns: ReadonlyMap<string, string>, key: string, path: string): string {
  const type = columns.get(key);
  if (type !== undefined) return type;
  const near = nearest(key, [...columns.keys()]);
  throw new TypeError(
    `${path}: expected a column ${key} to join on, got none${near === null ? "" : `; did you mean ${near}?`}`
  );
}
