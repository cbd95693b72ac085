import {extname} from "node:path";
import {readJsonl} from "./jsonl.js";
import {expectFile, readParquet} from "./parquet.js";

/**
 * The rows of Parquet and JSONL files, in order, streamed.
 *
 * @returns each with its place for errors: "a.jsonl:7" or "a.parquet, row 7"
 * @throws TypeError naming a file that is missing, broken, or of another format
 */
export async function* readRows(paths: readonly string[]): AsyncGenerator<{at: string; value: unknown}> {
  for (const path of paths) {
    await expectFile(path);
    if (extname(path) === ".parquet") {
      let row = 0;
      for await (const batch of readParquet(path))
        for (const value of batch) yield {at: `${path}, row ${++row}`, value};
    } else if ([".jsonl", ".ndjson"].includes(extname(path))) {
      for await (const {line, value} of readJsonl(path)) yield {at: `${path}:${line}`, value};
    } else throw new TypeError(`${path}: expected a .parquet or .jsonl file`);
  }
}
