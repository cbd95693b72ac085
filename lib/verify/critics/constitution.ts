import {readFileSync} from "node:fs";
import {builtinConstitution} from "./options.js";

/** Read once a process: a file that is edited while a run goes on counts from the next. */
const known = new Map<string, readonly string[]>();
const most = 100;

/**
 * The rules of a constitution file, one a line; empty lines and those that begin with # are passed over.
 *
 * @throws Error naming the file where it cannot be read, or holds no rule or more than 100
 */
export function readConstitution(path = builtinConstitution): readonly string[] {
  let rules = known.get(path);
  if (rules === undefined) {
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch (error) {
      throw new Error(`${path}: expected a file of rules, one a line: ${(error as Error).message}`, {cause: error});
    }
    rules = text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"));
    if (rules.length === 0 || rules.length > most)
      throw new Error(`${path}: expected 1 to ${most} rules, one a line, got ${rules.length}`);
    known.set(path, rules);
  }
  return rules;
}
