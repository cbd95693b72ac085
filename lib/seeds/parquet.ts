import {z} from "zod";
import {identifier} from "../io/duckdb.js";
import {readParquet} from "../io/parquet.js";
import {localPath} from "./localPath.js";
import {optionsOf} from "./options.js";
import {seedOf} from "./seed.js";
import type {Source} from "./source.js";

const Options = z.strictObject({
  /** column that names the document a row belongs to; rows of one document never fall into different splits */
  document: z.string().min(1).optional()
});

/** A local Parquet file, one seed a row. Without `options.document` every row is a document of its own. */
export const parquet: Source = {
  id: "parquet",
  async *read(spec, context) {
    const {document} = optionsOf(spec, Options);
    const path = localPath(spec, context.folder);
    const select =
      `CAST(${identifier(spec.column)} AS VARCHAR) AS text` +
      (document === undefined ? "" : `, CAST(${identifier(document)} AS VARCHAR) AS document`);
    let row = 0;
    for await (const batch of readParquet(path, {select})) {
      for (const {text, document: name} of batch) {
        row++;
        const where = `${path}, row ${row}`;
        if (typeof text !== "string") {
          context.skip?.("null", where);
          continue;
        }
        const seed = seedOf(spec, typeof name === "string" ? name : `${spec.path}:${row}`, text, context, where);
        if (seed !== null) yield seed;
      }
    }
  }
};
