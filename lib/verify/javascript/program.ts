import {createRequire} from "node:module";
import type * as Sucrase from "sucrase";
import {readSections} from "../sections.js";
import {javascriptPairs} from "./pairs.js";

/** A text of code and unit tests, as scripts for the two sides of the wall. */
export interface UnitProgram {
  /** the solution as it stands, and its first line in the text, from 1 */
  source: string;
  line: number;
  language: "javascript" | "typescript";
  /** global script */
  solution: string;
  /** body of an async function */
  tests: string;
  /** identifiers in the tests that the solution's text names too: no other can be its own */
  names: readonly string[];
}

const sections = ["setup", "solution", "test"];
const maxNames = 500;
const identifiers = /[A-Za-z_$][\w$]*/g;

/** Whether a text's solution or tests name their language, so that its tests are code and not only lines of literals. */
export function namesLanguage(text: string): boolean {
  return /^@(?:setup|solution|test) (?:javascript|typescript|js|ts|json|jsonl)\b/m.test(text);
}

/**
 * Reads prose, then `@setup LANG` (optional: code before the solution), `@solution LANG` and `@test LANG`, where LANG is
 * javascript or typescript; `@test json` holds input/output pairs, one a line:
 *
 *     Adds two numbers.
 *
 *     @solution typescript
 *     export const add = (a: number, b: number): number => a + b;
 *
 *     @test typescript
 *     import {add} from "./solution";
 *     test("adds", () => expect(add(1, 2)).toBe(3));
 *
 * Tests see what the solution declares or exports, by name or by importing it from any relative path. They may use
 * node:assert, or describe, it and expect as jest and vitest have them; see `runner`.
 *
 * @returns why it cannot be read, where it cannot
 */
export function readUnitProgram(text: string): UnitProgram | string {
  const read = readSections(text, sections);
  if (typeof read === "string") return read;
  const [setup, solution, test] = sections.map((name) => read.sections.get(name));
  if (solution === undefined) return "expected a section @solution";
  if (test === undefined || test.body === "") return "expected a section @test";
  const language = languageOf(solution.words);
  if (language === null) return `expected javascript or typescript, got ${solution.words.join(" ")}`;
  const testLanguage = test.words[0] === "json" || test.words[0] === "jsonl" ? "json" : languageOf(test.words);
  if (testLanguage === null) return `expected tests in javascript, typescript or json, got ${test.words.join(" ")}`;
  const pairs = testLanguage === "json" ? javascriptPairs(test.body) : null;
  if (pairs !== null && "problem" in pairs) return pairs.problem;
  try {
    const before = setup === undefined ? "" : `${setup.body}\n`;
    const tests = pairs === null ? compile(test.body, testLanguage as UnitProgram["language"]) : pairs.code;
    const source = before + solution.body;
    const named = new Set(source.match(identifiers));
    return {
      source,
      line: solution.line - before.split("\n").length + 1,
      language,
      solution: compile(source, language),
      tests,
      names: [...new Set(tests.match(identifiers))].filter((name) => named.has(name)).slice(0, maxNames)
    };
  } catch (error) {
    return `does not parse: ${(error as Error).message}`.slice(0, 200);
  }
}

// Loaded when it is needed: few runs have programs in them.
const sucrase = () => createRequire(import.meta.url)("sucrase") as typeof Sucrase;

/** A solution or a test as a script: types are dropped, imports and exports become CommonJS. */
export function compile(source: string, language: UnitProgram["language"]): string {
  const modules = /^\s*(?:import|export)\b/m.test(source);
  if (language === "javascript" && !modules) return source;
  const transforms = [
    ...(language === "typescript" ? (["typescript"] as const) : []),
    ...(modules ? (["imports"] as const) : [])
  ];
  return sucrase().transform(source, {transforms, disableESTransforms: true, preserveDynamicImport: true}).code;
}

function languageOf(words: readonly string[]): UnitProgram["language"] | null {
  const [word = "javascript"] = words;
  if (word === "javascript" || word === "js") return "javascript";
  return word === "typescript" || word === "ts" ? "typescript" : null;
}
