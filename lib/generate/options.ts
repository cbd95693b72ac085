import type {z} from "zod";

/** A generator's options from the recipe, checked; the error names the generator, the option and what came. */
export function optionsOf<T>(id: string, options: Readonly<Record<string, unknown>>, schema: z.ZodType<T>): T {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({path, message}) => `options.${path.join(".")}: ${message}`);
  throw new TypeError(`generator ${JSON.stringify(id)}: ${problems.join("; ")}`);
}
