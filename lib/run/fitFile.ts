import {readFile} from "node:fs/promises";
import type {z} from "zod";
import {writeAtomic} from "../io/atomic.js";
import {sha256} from "../io/sha256.js";
import {Fit} from "../schema/fit.js";
import {Plan} from "../schema/plan.js";
import {resultJson} from "../text/resultJson.js";

export {resultJson};

/**
 * A fit from its file, with the file's hash.
 *
 * @throws TypeError naming the file and the field
 */
export async function readFit(path: string): Promise<{fit: Fit; sha256: string}> {
  const {value, sha256} = await read(path, Fit);
  return {fit: value, sha256};
}

/** A plan from its file, with the file's hash. */
export async function readPlan(path: string): Promise<{plan: Plan; sha256: string}> {
  const {value, sha256} = await read(path, Plan);
  return {plan: value, sha256};
}

/** Writes a fit or a plan as JSON, lists of numbers on one line. */
export async function writeResult(path: string, value: Fit | Plan): Promise<void> {
  await writeAtomic(path, resultJson(value));
}

async function read<T>(path: string, schema: z.ZodType<T>): Promise<{value: T; sha256: string}> {
  const text = await readFile(path, "utf8");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new TypeError(`${path}: expected JSON: ${(error as Error).message}`, {cause: error});
  }
  const result = schema.safeParse(json);
  if (result.success) return {value: result.data, sha256: sha256(text)};
  const issues = result.error.issues.slice(0, 5).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new TypeError(`${path}: ${issues.join("; ")}`);
}
