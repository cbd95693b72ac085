import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {asset} from "../../io/assets.js";

const most = 50;
const longest = 500;

/**
 * Rules by which answers are compared, one a line, the most important first; empty lines and those that begin with # are
 * none. The project's own (data/preference-rules.txt) where no file is named.
 *
 * @param file relative to the folder
 * @throws Error naming the file where it cannot be read, holds no rule, more than 50, or one of more than 500 characters
 */
export function readRules(file: string | undefined, folder = "."): string[] {
  const path = file === undefined ? asset("preference-rules.txt") : resolve(folder, file);
  const rules = readFileSync(path, "utf8")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (rules.length === 0 || rules.length > most)
    throw new RangeError(`${path}: expected 1 to ${most} rules, one a line, got ${rules.length}`);
  const long = rules.find((rule) => rule.length > longest);
  if (long !== undefined)
    throw new RangeError(`${path}: expected rules of at most ${longest} characters, got ${long.slice(0, 60)}…`);
  return rules;
}
