import {readTasks, type TaskFile} from "../../lib/curate/audit/readTasks.js";

/**
 * The tasks in the text of a file.
 *
 * @throws TypeError naming the line that is none
 */
export function tasksOf(name: string, text: string): TaskFile {
  const rows = text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    const at = `${name}:${i + 1}`;
    try {
      return [{at, value: JSON.parse(line) as unknown}];
    } catch {
      throw new TypeError(`${at}: expected JSON, a file that ballast audit plan wrote, got something else`);
    }
  });
  return readTasks(rows);
}
