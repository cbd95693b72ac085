import {readFile} from "node:fs/promises";
import {dirname, resolve} from "node:path";
import {isMap, isPair, type Document} from "yaml";
import type {z} from "zod";
import {Recipe} from "../schema/recipe.js";
import {nearest} from "../text/nearest.js";
import {placedYaml} from "./placedYaml.js";
import {checkRecipe, type Parts} from "./recipeChecks.js";

/** What is wrong with one field; the path as in the recipe's own nesting. */
export interface Problem {
  path: readonly (string | number)[];
  message: string;
  /** whether `path` ends in a key that is itself wrong */
  key?: boolean;
}

/**
 * A recipe from its file, checked against the schema and against itself.
 *
 * @returns the recipe and the folder that its relative paths start from
 * @throws TypeError with one line a problem: `recipe.yaml:12:5: generate[2].generator: expected one of …, got "x"`
 */
export async function readRecipe(path: string, parts?: Parts): Promise<{recipe: Recipe; folder: string}> {
  let text;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const got = code === "ENOENT" ? "nothing there" : code === "EISDIR" ? "a folder" : String(code);
    throw new TypeError(`${path}: expected a recipe, got ${got}`, {cause: error});
  }
  return {recipe: parseRecipe(text, path, parts), folder: dirname(resolve(path))};
}

/** A recipe from YAML text. @param name of the file, for errors */
export function parseRecipe(text: string, name = "recipe.yaml", parts?: Parts): Recipe {
  const {document, at} = placedYaml(text, name);
  const value: unknown = document.toJS();
  const result = Recipe.safeParse(value);
  const problems = result.success
    ? checkRecipe(result.data, parts)
    : result.error.issues.flatMap((i) => explain(i, value));
  if (problems.length > 0 || !result.success)
    throw new TypeError(
      problems
        .map((problem) => {
          const where = problem.path.length === 0 ? "" : `${dotted(problem.path)}: `;
          return `${at(offsetOf(document, problem))}: ${where}${problem.message}`;
        })
        .join("\n")
    );
  return result.data;
}

function dotted(path: readonly (string | number)[]): string {
  return path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");
}

/** Where a path is in the text; where it is missing, the nearest node around it. */
function offsetOf(document: Document, {path, key = false}: Problem): number {
  for (let n = path.length; n > 0; n--) {
    if (key && n === path.length) {
      const parent = n === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
      const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && String(item.key) === path[n - 1]) : null;
      const range = (pair?.key as {range?: [number, number, number]} | undefined)?.range;
      if (range !== undefined) return range[0];
      continue;
    }
    const node = document.getIn(path.slice(0, n), true) as {range?: [number, number, number] | null} | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue, root: unknown): Problem[] {
  const path = issue.path as (string | number)[];
  const got = describe(path.reduce<unknown>((value, part) => (value as Record<string, unknown>)?.[part], root));
  if (issue.code === "unrecognized_keys") {
    const known = fieldsAt(path);
    return issue.keys.map((name) => {
      const hint = nearest(name, known);
      const expected = hint === null ? `expected one of ${known.join(", ")}` : `did you mean ${hint}?`;
      return {path: [...path, name], key: true, message: `unknown field; ${expected}`};
    });
  }
  if (issue.code === "invalid_key")
    return [{path, key: true, message: `${issue.issues[0].message}, got ${JSON.stringify(path.at(-1))}`}];
  return [{path, message: `${expected(issue)}, got ${got}`}];
}

function expected(issue: Issue): string {
  if (issue.code === "invalid_type") {
    // Schemas may have a word of their own for what is missing.
    if (!issue.message.startsWith("Invalid input")) return issue.message;
    return `expected ${{int: "a whole number", record: "a mapping", object: "a mapping", array: "a list"}[issue.expected as string] ?? `a ${issue.expected}`}`;
  }
  if (issue.code === "invalid_value") return `expected one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small" && issue.message.startsWith("Too small"))
    return issue.origin === "array" || issue.origin === "string"
      ? `expected at least ${issue.minimum} ${issue.origin === "array" ? "items" : "characters"}`
      : `expected a number of at least ${issue.minimum}`;
  if (issue.code === "too_big") return `expected a number of at most ${issue.maximum}`;
  return issue.message;
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}

/** Names of the fields that the schema has at a path. */
function fieldsAt(path: readonly (string | number)[]): string[] {
  let schema: unknown = Recipe;
  for (const part of ["", ...path]) {
    if (part !== "") {
      const {def} = schema as {
        def: {type: string; shape?: Record<string, unknown>; element?: unknown; valueType?: unknown};
      };
      schema = def.type === "object" ? def.shape?.[part] : (def.element ?? def.valueType);
    }
    for (;;) {
      const inner = (schema as {def?: {innerType?: unknown}})?.def?.innerType;
      if (inner === undefined) break;
      schema = inner;
    }
  }
  const {def} = schema as {def: {type: string; shape?: Record<string, unknown>; keyType?: {options?: string[]}}};
  return def.type === "object" ? Object.keys(def.shape ?? {}) : (def.keyType?.options ?? []);
}
