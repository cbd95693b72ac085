import type {z} from "zod";
import type {SeedSource} from "../schema/recipe.js";

/** A source's options, checked; the error names the source, the option and what came. */
export function optionsOf<T>({id, source, options}: SeedSource, schema: z.ZodType<T>): T {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `options.${issue.path.join(".")}: ${issue.message}`);
  throw new TypeError(`seeds ${JSON.stringify(id)} (${source}): ${problems.join("; ")}`);
}
