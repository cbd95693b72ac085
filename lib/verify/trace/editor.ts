import {parent, resolve, type Files} from "./files.js";
import {Unsupported} from "./unsupported.js";

/** A file that is open in a window of lines. */
export interface Editor {
  path: string | null;
  /** number of the first line shown, from 1 */
  first: number;
  /** lines at once */
  window: number;
}

/** Commands of SWE-agent's file viewer. */
export const editorCommands: ReadonlySet<string> = new Set([
  "open",
  "goto",
  "scroll_down",
  "scroll_up",
  "create",
  "edit"
]);

/**
 * Does one of SWE-agent's commands (open PATH [LINE], goto LINE, scroll_down, scroll_up, create PATH, edit A:B … end_of_edit)
 * and shows the window: a line "[File: … (n lines total)]", how many lines are above and below, each line with its number.
 *
 * @throws Unsupported where the tool's own message is not known
 */
export function edit(tree: Files, editor: Editor, action: string): string {
  const [head, ...body] = action.replace(/\n$/, "").split("\n");
  const [name, ...args] = head.trim().split(/ +/);
  const number = (text: string | undefined): number => {
    if (!/^\d{1,7}$/.test(text ?? "")) throw new Unsupported(`${name} ${text ?? ""}`);
    return Number(text);
  };
  const center = (line: number) =>
    (editor.first = Math.max(1, Math.min(line - Math.floor(editor.window / 2), linesOf().length - editor.window + 1)));
  const linesOf = () => {
    if (editor.path === null || !tree.files.has(editor.path)) throw new Unsupported(`${name} without an open file`);
    return tree.files.get(editor.path)!.replace(/\n$/, "").split("\n");
  };
  if (name === "open" || name === "create") {
    const path = resolve(tree.cwd, (args[0] ?? "").replace(/^(["'])(.*)\1$/, "$2"));
    if (name === "create") {
      if (args.length !== 1 || tree.files.has(path) || tree.folders.has(path) || !tree.folders.has(parent(path)))
        throw new Unsupported("create there");
      tree.files.set(path, "\n");
    } else if (!tree.files.has(path) || args.length > 2) throw new Unsupported("open of no file");
    editor.path = path;
    editor.first = 1;
    if (args.length === 2) center(number(args[1]));
    return show(editor, linesOf());
  }
  const lines = linesOf();
  if (name === "goto") center(number(args[0]));
  else if (name === "scroll_down")
    editor.first = Math.max(1, Math.min(editor.first + editor.window, lines.length - editor.window + 1));
  else if (name === "scroll_up") editor.first = Math.max(1, editor.first - editor.window);
  else {
    const range = /^(\d{1,7}):(\d{1,7})$/.exec(args.join(" "));
    if (range === null || body.at(-1) !== "end_of_edit") throw new Unsupported("edit but A:B … end_of_edit");
    const [from, to] = [Number(range[1]), Number(range[2])];
    if (from < 1 || to < from || to > lines.length) throw new Unsupported("edit outside the file");
    lines.splice(from - 1, to - from + 1, ...body.slice(0, -1));
    tree.files.set(editor.path!, `${lines.join("\n")}\n`);
    center(from);
  }
  return show(editor, linesOf());
}

function show({path, first, window}: Editor, lines: readonly string[]): string {
  const shown = lines.slice(first - 1, first - 1 + window);
  const below = lines.length - (first - 1 + shown.length);
  return [
    `[File: ${path} (${lines.length} lines total)]`,
    ...(first > 1 ? [`(${first - 1} more lines above)`] : []),
    ...shown.map((line, i) => `${first + i}:${line}`),
    ...(below > 0 ? [`(${below} more lines below)`] : [])
  ].join("\n");
}
