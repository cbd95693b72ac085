import {nameOf, resolve, under, type Files} from "./files.js";
import {Unsupported} from "./unsupported.js";
import {parseCommands} from "./words.js";

/** SWE-agent's commands that look for words and names. */
export const searchCommands: ReadonlySet<string> = new Set(["search_file", "search_dir", "find_file"]);

const most = 100;

/**
 * Does search_dir TERM [DIR], search_file TERM [FILE] or find_file NAME [DIR] of SWE-agent, and shows what it prints. A term is
 * grep's basic regular expression of plain characters and "."; files with a part that begins with "." are not searched by
 * search_dir. Names may have "*"; several found are not simulated, since their order is the disk's.
 *
 * @param open path of the file that is open in the viewer
 * @throws Unsupported
 */
export function search(tree: Files, open: string | null, action: string): string {
  const {commands} = parseCommands(action);
  const [{words, to}] = commands;
  const [name, term = "", place] = words;
  if (commands.length > 1 || to !== undefined || words.length < 2 || words.length > 3 || term === "")
    throw new Unsupported(`${name} but TERM [PATH]`);
  if (name === "search_file") {
    const file = place === undefined ? open : resolve(tree.cwd, place);
    const text = file === null ? undefined : tree.files.get(file);
    if (text === undefined) throw new Unsupported("search_file of no file");
    const found = matching(text, term);
    if (found.length > most)
      return `More than ${found.length} lines matched for "${term}" in ${file}. Please narrow your search.`;
    return told(term, file!, found.length, [
      ...found.map(({line, number}) => `Line ${number}:${line}`),
      `End of matches for "${term}" in ${file}`
    ]);
  }
  const folder = resolve(tree.cwd, place ?? ".");
  if (!tree.folders.has(folder)) throw new Unsupported(`${name} in no folder`);
  const files = under(tree, folder).filter((path) => tree.files.has(path));
  if (name === "find_file") {
    if (!/^[\w.*-]+$/.test(term)) throw new Unsupported("find_file of such a name");
    const parts = term.replace(/[.-]/g, "\\$&").replace(/\*+/g, "[^]*");
    const found = files.filter((path) => new RegExp(`^${parts}$`).test(nameOf(path)));
    if (found.length > 1 || term.split("*").length > 3)
      throw new Unsupported("find_file of several, in the disk's order");
    return told(term, folder, found.length, found);
  }
  const counts = files
    .filter((path) => !path.includes("/."))
    .map((path) => ({path, count: matching(tree.files.get(path)!, term).length}))
    .filter(({count}) => count > 0);
  if (counts.some(({path}) => /[\s:]/.test(path)))
    throw new Unsupported("search_dir among names with spaces or colons");
  if (counts.length > most)
    return `More than ${counts.length} files matched for "${term}" in ${folder}. Please narrow your search.`;
  const total = counts.reduce((sum, {count}) => sum + count, 0);
  return told(term, folder, total, [
    ...counts.map(({path, count}) => `${path} (${count} matches)`),
    `End of matches for "${term}" in ${folder}`
  ]);
}

function told(term: string, place: string, count: number, lines: readonly string[]): string {
  if (count === 0) return `No matches found for "${term}" in ${place}`;
  return [`Found ${count} matches for "${term}" in ${place}:`, ...lines].join("\n");
}

function matching(text: string, term: string): {line: string; number: number}[] {
  if (term.length > 200 || /[\\*[\]^$\n]/.test(term)) throw new Unsupported("a search for a regular expression");
  // Of fixed length, so that it cannot blow up; + ? ( ) { } | are themselves in a basic expression.
  const pattern = new RegExp(term.replace(/[+?(){}|]/g, "\\$&"), "u");
  const all = text === "" ? [] : (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  return all.flatMap((line, i) => (pattern.test(line) ? [{line, number: i + 1}] : []));
}
