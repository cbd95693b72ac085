import {AuditHead, AuditTask} from "../../schema/audit.js";

/** One person's tasks, as a file of them holds them. */
export interface TaskFile {
  head: AuditHead;
  tasks: AuditTask[];
}

/**
 * Reads a file of tasks: the head in its first line, then a line a task.
 *
 * @param rows with the place of each for errors, e.g. "plan.first.jsonl:7"
 * @throws TypeError naming the place where it is something else, or holds fewer tasks than its head says
 */
export function readTasks(rows: Iterable<{at: string; value: unknown}>): TaskFile {
  let head: AuditHead | null = null;
  const tasks: AuditTask[] = [];
  let last = "tasks";
  for (const {at, value} of rows) {
    last = at;
    const {data, error} = (head === null ? AuditHead : AuditTask).safeParse(value);
    if (error !== undefined) {
      const [{path, message}] = error.issues;
      const what = head === null ? "the head of a file of tasks" : "a task";
      throw new TypeError(`${at}: expected ${what}; ${path.join(".") || "line"}: ${message}`);
    }
    if (head === null) head = data as AuditHead;
    else tasks.push(data as AuditTask);
  }
  if (head === null) throw new TypeError("expected a file of tasks, got an empty one");
  if (tasks.length !== head.tasks)
    throw new TypeError(`${last}: expected ${head.tasks} tasks, as the first line says, got ${tasks.length}`);
  return {head, tasks};
}
