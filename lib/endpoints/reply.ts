import type {z} from "zod";

/** A reply's body as an object of a schema, or what is wrong with its form. */
export function readReply<T>(body: string, shape: z.ZodType<T>): T | Error {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return new Error(`no JSON: ${JSON.stringify(body.slice(0, 80))}`);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  // Some servers put an error into an answer with status 200.
  const said = (value as {error?: {message?: unknown}} | null)?.error?.message;
  if (typeof said === "string") return new Error(`an error in place of an answer: ${said}`);
  const [{path, message}] = parsed.error.issues;
  return new Error(`another shape: ${path.join(".") || "reply"}: ${message}`);
}
