import {z} from "zod";
import {readJsonl} from "../io/jsonl.js";
import {expectFile} from "../io/parquet.js";
import {localPath} from "./localPath.js";
import {optionsOf} from "./options.js";
import {seedOf} from "./seed.js";
import type {Source} from "./source.js";

const Options = z.strictObject({
  /** field that names the document a line belongs to; lines of one document never fall into different splits */
  document: z.string().min(1).optional()
});

/** A local JSONL file, one seed a line. Without `options.document` every line is a document of its own. */
export const jsonl: Source = {
  id: "jsonl",
  async *read(spec, context) {
    const {document} = optionsOf(spec, Options);
    const path = localPath(spec, context.folder);
    await expectFile(path);
    for await (const {line, value} of readJsonl(path)) {
      const where = `${path}:${line}`;
      if (value === null || typeof value !== "object" || Array.isArray(value))
        throw new TypeError(`${where}: expected a JSON object, got ${describe(value)}`);
      const text = field(value, spec.column, where);
      const name = document === undefined ? `${spec.path}:${line}` : field(value, document, where);
      const seed = seedOf(spec, name, text, context, where);
      if (seed !== null) yield seed;
    }
  }
};

function field(row: object, name: string, where: string): string {
  const value = Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] : undefined;
  if (typeof value !== "string") throw new TypeError(`${where}: ${name}: expected a string, got ${describe(value)}`);
  return value;
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
