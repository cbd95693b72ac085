import type {TaskFile} from "../../lib/curate/audit/readTasks.js";
import type {AuditLabel, AuditTask} from "../../lib/schema/audit.js";
import type {LabelStore, Said} from "./labelStore.js";

/** A person's way through a file of tasks: each change is kept before it is shown. */
export interface Labelling {
  readonly file: TaskFile;
  readonly said: Said;
  /** place of the task that is looked at, from 0 */
  readonly at: number;
  readonly task: AuditTask;
  /** why the last change was not kept; null where it was */
  readonly fault: string | null;
  /** Says what is of the task, and goes on to the next that has no label. */
  say(label: AuditLabel["label"], reason?: string): void;
  /** Takes back what was said last, and goes there. @returns whether there was anything */
  undo(): boolean;
  note(text: string): void;
  go(at: number): void;
  /** as JSONL, in the order of the tasks */
  jsonl(): string;
}

/** @param now for the labels' times */
export function createLabelling(file: TaskFile, store: LabelStore, {now}: {now: () => Date}): Labelling {
  const {head, tasks} = file;
  let said = store.read();
  let fault: string | null = null;
  const open = (from: number) => {
    for (let i = 0; i < tasks.length; i++) {
      const at = (from + i) % tasks.length;
      if (!Object.hasOwn(said.labels, tasks[at].id)) return at;
    }
    return Math.min(from, tasks.length - 1);
  };
  let at = open(0);
  const keep = (next: Said) => {
    said = next;
    fault = store.write(said);
  };
  return {
    file,
    get said() {
      return said;
    },
    get at() {
      return at;
    },
    get task() {
      return tasks[at];
    },
    get fault() {
      return fault;
    },
    say(label, reason = "") {
      const {id} = tasks[at];
      const note = said.labels[id]?.note ?? said.notes[id] ?? "";
      const {[id]: _label, ...labels} = said.labels;
      const {[id]: _note, ...notes} = said.notes;
      const word = {plan: head.plan, id, labeller: head.labeller, label, reason, note, at: now().toISOString()};
      keep({labels: {...labels, [id]: word}, notes});
      at = open((at + 1) % tasks.length);
    },
    undo() {
      const last = Object.keys(said.labels).at(-1);
      if (last === undefined) return false;
      const {[last]: taken, ...labels} = said.labels;
      keep({labels, notes: taken.note === "" ? said.notes : {...said.notes, [last]: taken.note}});
      at = tasks.findIndex(({id}) => id === last);
      return true;
    },
    note(text) {
      const {id} = tasks[at];
      if (Object.hasOwn(said.labels, id))
        keep({...said, labels: {...said.labels, [id]: {...said.labels[id], note: text}}});
      else keep({...said, notes: {...said.notes, [id]: text}});
    },
    go(to) {
      at = Math.min(tasks.length - 1, Math.max(0, to));
    },
    jsonl: () =>
      tasks
        .filter(({id}) => Object.hasOwn(said.labels, id))
        .map(({id}) => `${JSON.stringify(said.labels[id])}\n`)
        .join("")
  };
}
