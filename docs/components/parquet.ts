import {tableFromIPC} from "npm:apache-arrow";
import initParquet, {readParquet} from "npm:parquet-wasm";

/** What has the bytes of a Parquet file: a file attachment, say. */
export interface Source {
  arrayBuffer(): Promise<ArrayBuffer>;
}

let ready: Promise<unknown> | undefined;

/** A Parquet file decoded into an Arrow IPC stream; whole columns are held in memory. */
export async function arrowStream(source: Source): Promise<Uint8Array> {
  ready ??= initParquet({module_or_path: import.meta.resolve("npm:parquet-wasm/esm/parquet_wasm_bg.wasm")});
  const [bytes] = await Promise.all([source.arrayBuffer(), ready]);
  return readParquet(new Uint8Array(bytes)).intoIPCStream();
}

/** The rows of a small Parquet file, big integers as numbers. */
export async function readRows(source: Source): Promise<Record<string, unknown>[]> {
  const table = tableFromIPC(await arrowStream(source));
  return table
    .toArray()
    .map((row) =>
      Object.fromEntries(
        Object.entries(row.toJSON() as Record<string, unknown>).map(([name, value]) => [
          name,
          typeof value === "bigint" ? Number(value) : value
        ])
      )
    );
}
