/** A tree of text files in memory, with a folder that is the current one. */
export interface Files {
  cwd: string;
  /** text by absolute path */
  files: Map<string, string>;
  folders: Set<string>;
}

const maxFiles = 2000;
const maxCharacters = 2_000_000;

/** A tree that holds the given files, and the folders that they are in. */
export function makeFiles(given: Readonly<Record<string, string>>, cwd = "/"): Files {
  const tree: Files = {cwd: resolve("/", cwd), files: new Map(), folders: new Set(["/"])};
  for (const [path, text] of Object.entries(given)) {
    const at = resolve(tree.cwd, path);
    if (path.endsWith("/")) addFolder(tree, at);
    else {
      addFolder(tree, parent(at));
      tree.files.set(at, text);
    }
  }
  addFolder(tree, tree.cwd);
  return tree;
}

/** An absolute path without "." and "..". */
export function resolve(cwd: string, path: string): string {
  const out: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
    if (part === "..") out.pop();
    else if (part !== "" && part !== ".") out.push(part);
  }
  return `/${out.join("/")}`;
}

/** The folder that a path is in. */
export function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** A path's last name. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Makes a folder and those above it. */
export function addFolder(tree: Files, path: string): void {
  for (let at = path; !tree.folders.has(at); at = parent(at)) tree.folders.add(at);
}

/** Names in a folder, sorted by their bytes. */
export function list(tree: Files, folder: string): string[] {
  const inside = [...tree.files.keys(), ...tree.folders].filter((path) => path !== "/" && parent(path) === folder);
  return inside.map(nameOf).sort();
}

/** Files and folders at or under a path. */
export function under(tree: Files, path: string): string[] {
  const prefix = path === "/" ? "/" : `${path}/`;
  return [...tree.files.keys(), ...tree.folders].filter((at) => at === path || at.startsWith(prefix)).sort();
}

/** Whether a tree is too large to go on with. */
export function tooLarge({files, folders}: Files): boolean {
  let size = 0;
  for (const text of files.values()) size += text.length;
  return files.size + folders.size > maxFiles || size > maxCharacters;
}
