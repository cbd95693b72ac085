import {createReadStream} from "node:fs";
import {readdir} from "node:fs/promises";
import {join, sep} from "node:path";
import {createInterface} from "node:readline";
import type {FoundPii} from "../curate/pii/foundPii.js";
import type {PiiType} from "../curate/pii/piiSpan.js";
import {readRows} from "../io/readRows.js";

/** A value that was found and is in an output. */
interface PlacedLeak {
  /** file with row, line or item, and the field's path: "a.parquet, row 7: verdicts[0].detail" */
  at: string;
  /** in the field's text */
  start: number;
  end: number;
  type: PiiType;
  hash: string;
}

/**
 * Where outputs hold values that were found, in their order: every text in the rows of Parquet, JSONL, JSON and YAML, names
 * of fields and numbers too, JSON within a text as what it holds, and the lines of any other file.
 *
 * It sees what FoundPii.find sees. It does not look into pictures, archives, file names, or texts that are encoded.
 */
async function* piiLeaks(paths: readonly string[], found: FoundPii): AsyncGenerator<PlacedLeak> {
  for (const path of paths) {
    if (/\.(?:parquet|jsonl|ndjson|json|ya?ml)(?:\.gz)?$/.test(path)) {
      for await (const {at, value} of readRows([path])) yield* inValue(value, at, "", found);
    } else {
      let line = 0;
      const lines = createInterface({input: createReadStream(path, "utf8"), crlfDelay: Infinity});
      for await (const text of lines) {
        line++;
        for (const leak of found.find(text)) yield {at: `${path}:${line}`, ...leak};
      }
    }
  }
}

/**
 * @param options.folder that places are told relative to
 * @throws Error with the first places, without the values, where an output holds a value that was found
 */
export async function refusePiiLeaks(
  paths: readonly string[],
  found: FoundPii,
  {folder}: {folder?: string} = {}
): Promise<void> {
  if (found.size === 0) return;
  const places: string[] = [];
  let leaks = 0;
  for await (const {at, start, end, type, hash} of piiLeaks(paths, found)) {
    leaks++;
    const place = folder === undefined ? at : at.replace(`${folder}${sep}`, "");
    if (places.length < 5) places.push(`${place} [${start}, ${end}): ${type} ${hash.slice(0, 16)}`);
  }
  if (leaks > 0)
    throw new Error(
      `expected nothing of ${found.size} found values in the outputs, got ${leaks}:\n${places.join("\n")}`
    );
}

/** All files under a folder, those of hidden folders aside, sorted. */
export async function stagedFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.slice(folder.length).includes(`${sep}.`))
    .sort();
}

function* inValue(value: unknown, at: string, field: string, found: FoundPii): Generator<PlacedLeak> {
  const held = typeof value === "string" && /^[[{]/.test(value) ? parsed(value) : undefined;
  if (held !== undefined) yield* inValue(held, at, field, found);
  else if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") {
    for (const leak of found.find(String(value))) yield {at: field === "" ? at : `${at}: ${field}`, ...leak};
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* inValue(item, at, `${field}[${i}]`, found);
  } else if (value !== null && typeof value === "object") {
    for (const [name, item] of Object.entries(value)) {
      for (const leak of found.find(name)) yield {at: `${at}: the name of a field`, ...leak};
      yield* inValue(item, at, field === "" ? name : `${field}.${name}`, found);
    }
  }
}

function parsed(json: string): object | undefined {
  try {
    return JSON.parse(json) as object;
  } catch {
    return undefined;
  }
}
