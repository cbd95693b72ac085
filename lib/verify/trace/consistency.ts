import {resolve} from "./files.js";

/** A step as it was recorded. */
export interface Recorded {
  action: string;
  observation: string;
  /** current folder after (or, in some recordings, before) the step, where it is told */
  folder?: string;
}

interface Known {
  total: number;
  lines: Map<number, string>;
}

const reading =
  /^(?:ls|cat|head|tail|grep|wc|pwd|find|find_file|open|goto|scroll_down|scroll_up|search_file|search_dir|file|stat)\b/;
const repeatable = /^(?:ls|cat|head|tail|grep|wc|pwd|find|find_file|search_dir|file)\b(?!.*[;|&>])/;
const failed = /introduced new syntax error|edit was NOT applied|not (?:been )?applied|Your changes have NOT/i;

/**
 * The first step whose observation contradicts an earlier one, where a recording can be held only against itself: a file
 * shown twice with nothing between that may change it, a read repeated, lines after an edit that are not what it wrote, a
 * window whose numbers do not follow, pwd against the recorded folder. null where there is none.
 *
 * Whatever is not known to read only (a program that is run) makes everything forgotten: it may have changed any file.
 */
export function contradiction(steps: readonly Recorded[]): {step: number; detail: string} | null {
  let known = new Map<string, Known>();
  let reads = new Map<string, string>();
  for (const [i, {action, observation, folder}] of steps.entries()) {
    const line = action.trim();
    const says = (detail: string) => ({step: i + 1, detail});
    if (line === "pwd" && folder !== undefined && observation.trim() !== folder.trim())
      return says(`pwd: expected ${folder}, got ${observation.trim().slice(0, 100)}`);
    if (repeatable.test(line) && !/\r/.test(line)) {
      const before = reads.get(`${folder ?? ""}\n${line}`);
      if (before !== undefined && normal(before) !== normal(observation))
        return says(`${line.slice(0, 60)}: another answer than before, though nothing changed in between`);
      reads.set(`${folder ?? ""}\n${line}`, observation);
    }
    const view = readWindow(observation);
    if (typeof view === "string") return says(view);
    const refused = failed.test(observation);
    const path = view === null ? null : resolve(folder ?? "/", view.path);
    const edit = /^edit (\d+):(\d+)[^\n]*\n([^]*?)\n?end_of_edit\s*$/.exec(`${line}\n`.replace(/\n\n$/, "\n"));
    if (edit !== null && view !== null && path !== null && !refused) {
      const written = edit[3] === "" ? [] : edit[3].split("\n");
      const from = Number(edit[1]);
      const before = known.get(path);
      const growth = written.length - (Number(edit[2]) - from + 1);
      if (before !== undefined && view.total !== before.total + growth && Number(edit[2]) <= before.total)
        return says(`expected ${before.total + growth} lines after the edit, got ${view.total}`);
      for (const [j, text] of written.entries()) {
        const shown = view.lines.get(from + j);
        if (shown !== undefined && shown.trimEnd() !== text.trimEnd())
          return says(
            `line ${from + j}: expected ${JSON.stringify(text.slice(0, 60))} as it was written, got ${JSON.stringify(shown.slice(0, 60))}`
          );
      }
      reads = new Map();
      known.set(path, {total: view.total, lines: view.lines});
    } else if (refused) continue;
    else if (reading.test(line) && !/[;|&>]/.test(line.split("\n")[0])) {
      if (view === null || path === null) continue;
      const before = known.get(path);
      if (before !== undefined) {
        if (before.total !== view.total)
          return says(`${path}: expected ${before.total} lines as before, got ${view.total}`);
        for (const [number, text] of view.lines) {
          const old = before.lines.get(number);
          if (old !== undefined && old !== text)
            return says(
              `${path}, line ${number}: expected ${JSON.stringify(old.slice(0, 60))} as before, got ${JSON.stringify(text.slice(0, 60))}`
            );
        }
      }
      known.set(path, {total: view.total, lines: new Map([...(before?.lines ?? []), ...view.lines])});
    } else if (!/^(?:cd|submit|set_cursors)\b/.test(line)) {
      known = new Map();
      reads = new Map();
      if (view !== null && path !== null) known.set(path, {total: view.total, lines: view.lines});
    }
  }
  return null;
}

function normal(text: string): string {
  return text.replaceAll("\r", "").trimEnd();
}

function readWindow(observation: string): {path: string; total: number; lines: Map<number, string>} | null | string {
  const all = observation.replaceAll("\r", "").split("\n");
  const at = all.findIndex((line) => /^\[File: .+ \(\d+ lines total\)\]$/.test(line));
  if (at < 0) return null;
  const [, path, total] = /^\[File: (.+) \((\d+) lines total\)\]$/.exec(all[at])!;
  const lines = new Map<number, string>();
  const above = /^\((\d+) more lines above\)$/.exec(all[at + 1] ?? "");
  let next = above === null ? 1 : Number(above[1]) + 1;
  const first = next;
  for (const line of all.slice(at + (above === null ? 1 : 2))) {
    const numbered = /^(\d+):(.*)$/.exec(line);
    if (numbered === null) break;
    if (Number(numbered[1]) !== next) return `expected line ${next} of ${path}, got ${numbered[1]}`;
    if (next > Number(total)) return `expected ${total} lines of ${path}, got line ${next}`;
    lines.set(next++, numbered[2]);
  }
  return lines.size === 0 && first === 1 ? null : {path, total: Number(total), lines};
}
