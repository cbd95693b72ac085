import {readFile} from "node:fs/promises";
import {parse} from "yaml";
import {readJsonl} from "./jsonl.js";
import {expectFile, readParquet} from "./parquet.js";

const lines = /\.(?:jsonl|ndjson)(?:\.gz)?$/;
const documents = /\.(?:json|txt|traj|ya?ml)$/;

/**
 * The rows of files, in order: of Parquet and JSONL (gzipped, too) streamed; a JSON or YAML document is a list of rows,
 * or one.
 *
 * @returns each with its place for errors: "a.jsonl:7", "a.parquet, row 7", "a.json, item 7" or "a.json"
 * @throws TypeError naming a file that is missing, broken, or of another format
 */
export async function* readRows(paths: readonly string[]): AsyncGenerator<{at: string; value: unknown}> {
  for (const path of paths) {
    await expectFile(path);
    if (path.endsWith(".parquet")) {
      let row = 0;
      for await (const batch of readParquet(path))
        for (const value of batch) yield {at: `${path}, row ${++row}`, value};
    } else if (lines.test(path)) {
      for await (const {line, value} of readJsonl(path)) yield {at: `${path}:${line}`, value};
    } else if (documents.test(path)) {
      const value = readDocument(path, await readFile(path, "utf8"));
      if (Array.isArray(value))
        for (const [i, item] of value.entries()) yield {at: `${path}, item ${i + 1}`, value: item};
      else yield {at: path, value};
    } else throw new TypeError(`${path}: expected a .parquet, .jsonl, .jsonl.gz, .json or .yaml file`);
  }
}

function readDocument(path: string, text: string): unknown {
  const yaml = /\.(?:traj|ya?ml)$/.test(path) && !/^\s*[[{]/.test(text);
  try {
    return yaml ? parse(text, {maxAliasCount: 100}) : JSON.parse(text);
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new TypeError(`${path}: expected ${yaml ? "YAML" : "JSON"}: ${reason}`, {cause: error});
  }
}
