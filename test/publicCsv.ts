import {readFileSync} from "node:fs";
import {publicFile} from "./publicData.js";

/** The rows of a listed CSV file under BALLAST_DATA, by column; for files without quotes. */
export function publicCsv(set: string, file: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(publicFile(set, file), "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, line[i]])));
}
