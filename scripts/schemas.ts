import {z} from "zod";
import {writeAtomic} from "../lib/io/atomic.js";
import {schemas} from "../lib/schema/schemas.js";

// Writes data/schemas/<noun>.schema.json, which editors read for completion.
for (const [name, schema] of Object.entries(schemas)) {
  const json = z.toJSONSchema(schema, {io: "input", target: "draft-7"});
  const path = new URL(`../data/schemas/${name}.schema.json`, import.meta.url).pathname;
  await writeAtomic(path, JSON.stringify(json, null, 2) + "\n");
}
