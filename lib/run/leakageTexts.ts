import {literal, openDuckDB, rows, stream, type Row} from "../io/duckdb.js";

/** How many texts there are, and how many of them are looked at. */
export interface Looked {
  of: number;
  looked: number;
}

/** Texts of Parquet files, each time the same ones in the same order. */
export interface LookedTexts extends Looked {
  rows(): AsyncGenerator<Row>;
  close(): void;
}

/** Characters of one text that are looked at: the rest of a longer one is cut. */
const longest = 1_000_000;

/**
 * Opens texts of Parquet files. Where they have more than `most` characters in all, they are drawn by the md5 of their
 * keys, the same ones wherever they stand, and `looked` is below `of`.
 *
 * @param options.columns SQL of the columns beside `text`
 * @param options.key SQL of what names a row
 * @param options.where SQL of which rows there are
 */
export async function openTexts(
  paths: readonly string[],
  {columns, key, most, where = "true"}: {columns: string; key: string; most: number; where?: string}
): Promise<LookedTexts> {
  const {connection, close} = await openDuckDB();
  try {
    const from = `read_parquet([${paths.map(literal).join(", ")}], union_by_name = true)`;
    const [{n, size}] = await rows(
      connection,
      `SELECT count(*) AS n, coalesce(sum(least(length(text), ${longest})), 0)::BIGINT AS size FROM ${from} WHERE ${where}`
    );
    const share = (size as number) > most ? most / (size as number) : 1;
    const bound = Math.floor(share * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
    const drawn = share === 1 ? where : `${where} AND left(md5('leakage:' || ${key}), 8) < '${bound}'`;
    const [{looked}] = await rows(connection, `SELECT count(*) AS looked FROM ${from} WHERE ${drawn}`);
    return {
      of: n as number,
      looked: looked as number,
      async *rows() {
        const query = `SELECT ${columns}, left(text, ${longest}) AS text FROM ${from} WHERE ${drawn}`;
        for await (const batch of stream(connection, query)) yield* batch;
      },
      close
    };
  } catch (error) {
    close();
    throw error;
  }
}
