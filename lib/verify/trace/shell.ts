import {addFolder, list, nameOf, parent, resolve, tooLarge, under, type Files} from "./files.js";
import {Unsupported} from "./unsupported.js";
import {parseCommands} from "./words.js";

interface Result {
  out: string;
  ok: boolean;
}

/**
 * Runs a line of shell on a tree in memory, and returns what a terminal would show. It knows pwd, cd, ls (-a, -1), cat (-n),
 * echo (-n), printf of plain text, mkdir (-p), rm (-r, -f), rmdir, mv, cp (-r), touch, grep (-n, -i, -v, -c, -l, -r, -w, -F)
 * for plain text with . ^ and $, sed -n 'A,Bp', head, tail, wc (-l, -w, -c), sort (-r, -n, -u), uniq, find (-name, -type), true and false; messages
 * of errors are those of GNU coreutils in the C locale.
 *
 * @throws Unsupported for whatever else: it never guesses
 */
export function shell(tree: Files, line: string): string {
  const {commands, input} = parseCommands(line);
  let shown = "";
  let last: Result = {out: "", ok: true};
  let piped: string | null = null;
  let skip = false;
  for (const [i, {words, join, to}] of commands.entries()) {
    if (join !== "|") {
      skip = (join === "&&" && !last.ok) || (join === "||" && last.ok);
      piped = null;
    }
    if (skip) continue;
    const fed: string | null = piped ?? (input === "" ? null : input);
    const errors: string[] = [];
    last = command(tree, words, fed, errors);
    shown += errors.map((error) => `${words[0]}: ${error}\n`).join("");
    if (to !== undefined) {
      const path = resolve(tree.cwd, to.path);
      if (tree.folders.has(path) || !tree.folders.has(parent(path)))
        throw new Unsupported("writing where no file can be");
      tree.files.set(path, (to.append ? (tree.files.get(path) ?? "") : "") + last.out);
      last = {...last, out: ""};
    }
    if (tooLarge(tree)) throw new Unsupported("a tree of more than 2,000 files or 2,000,000 characters");
    if (commands.at(i + 1)?.join === "|") piped = last.out;
    else shown += last.out;
  }
  return shown;
}

function command(tree: Files, [name, ...args]: readonly string[], fed: string | null, errors: string[]): Result {
  const at = (path: string) => resolve(tree.cwd, path);
  const missing = (path: string, before = "") => errors.push(`${before}${path}: No such file or directory`);
  const done = (out = ""): Result => ({out, ok: errors.length === 0});
  const flags = (known: string): {on: Set<string>; rest: string[]} => {
    const on = new Set<string>();
    const rest = [...args];
    while (rest[0] !== undefined && /^-[a-zA-Z0-9]+$/.test(rest[0]))
      for (const flag of rest.shift()!.slice(1)) {
        if (!known.includes(flag)) throw new Unsupported(`${name} -${flag}`);
        on.add(flag);
      }
    if (rest[0] === "--") rest.shift();
    if (rest.some((word) => /^-./.test(word))) throw new Unsupported(`${name} with options after its arguments`);
    return {on, rest};
  };
  const texts = (paths: readonly string[]): string[] => {
    if (paths.length === 0) {
      if (fed === null) throw new Unsupported(`${name} of a terminal`);
      return [fed];
    }
    return paths.flatMap((path) => {
      const text = tree.files.get(at(path));
      if (text !== undefined) return [text];
      if (tree.folders.has(at(path))) errors.push(`${path}: Is a directory`);
      else if (name === "head" || name === "tail")
        errors.push(`cannot open '${path}' for reading: No such file or directory`);
      else missing(path);
      return [];
    });
  };
  const count = (rest: readonly string[]): {n: number; paths: readonly string[]} => {
    const [first = ""] = rest;
    const together = /^-n?(\d{1,6})$/.exec(first)?.[1];
    if (together !== undefined) return {n: Number(together), paths: rest.slice(1)};
    if (first === "-n" && /^\d{1,6}$/.test(rest[1] ?? "")) return {n: Number(rest[1]), paths: rest.slice(2)};
    if (first.startsWith("-")) throw new Unsupported(`${name} ${first}`);
    return {n: 10, paths: rest};
  };
  switch (name) {
    case "true":
    case "false":
      return {out: "", ok: name === "true"};
    case "pwd":
      return done(`${tree.cwd}\n`);
    case "cd": {
      if (args.length > 1 || args[0] === "-") throw new Unsupported("cd of that kind");
      if (args.length === 0) throw new Unsupported("cd to a home that is not told");
      if (tree.folders.has(at(args[0]))) tree.cwd = at(args[0]);
      else throw new Unsupported("cd to what is no folder: shells word it differently");
      return done();
    }
    case "echo": {
      const bare = args[0] === "-n";
      if (args.slice(0, 1).some((word) => /^-[eE]+$/.test(word))) throw new Unsupported("echo -e");
      return done(`${args.slice(bare ? 1 : 0).join(" ")}${bare ? "" : "\n"}`);
    }
    case "printf": {
      if (args.length !== 1 || /[%]/.test(args[0])) throw new Unsupported("printf with a format");
      return done(args[0].replaceAll("\\n", "\n").replaceAll("\\t", "\t"));
    }
    case "ls": {
      const {on, rest} = flags("1a");
      const paths = rest.length === 0 ? ["."] : rest;
      if (paths.length > 1) throw new Unsupported("ls of several paths");
      if (tree.files.has(at(paths[0]))) return done(`${paths[0]}\n`);
      if (!tree.folders.has(at(paths[0]))) {
        errors.push(`cannot access '${paths[0]}': No such file or directory`);
        return done();
      }
      const names = list(tree, at(paths[0]));
      const seen = on.has("a") ? [".", "..", ...names].sort() : names.filter((entry) => !entry.startsWith("."));
      return done(seen.map((entry) => `${entry}\n`).join(""));
    }
    case "cat": {
      const {on, rest} = flags("n");
      const all = texts(rest).join("");
      return done(
        on.has("n")
          ? lines(all)
              .map((line, i) => `${String(i + 1).padStart(6)}\t${line}\n`)
              .join("")
          : all
      );
    }
    case "mkdir": {
      const {on, rest} = flags("p");
      for (const path of rest) {
        const taken = tree.folders.has(at(path)) || tree.files.has(at(path));
        if (on.has("p") && !tree.files.has(at(path))) addFolder(tree, at(path));
        else if (taken) errors.push(`cannot create directory '${path}': File exists`);
        else if (!tree.folders.has(parent(at(path)))) missing(`'${path}'`, "cannot create directory ");
        else addFolder(tree, at(path));
      }
      return done();
    }
    case "touch": {
      for (const path of flags("").rest) {
        if (!tree.folders.has(parent(at(path)))) missing(`'${path}'`, "cannot touch ");
        else if (!tree.folders.has(at(path))) tree.files.set(at(path), tree.files.get(at(path)) ?? "");
      }
      return done();
    }
    case "rm":
    case "rmdir": {
      const {on, rest} = flags(name === "rm" ? "rf" : "");
      for (const path of rest) {
        const place = at(path);
        if (tree.cwd === place || tree.cwd.startsWith(`${place}/`) || place === "/")
          throw new Unsupported("removing the current folder");
        if (name === "rmdir") {
          if (!tree.folders.has(place)) throw new Unsupported("rmdir of no folder");
          if (under(tree, place).length > 1) errors.push(`failed to remove '${path}': Directory not empty`);
          else tree.folders.delete(place);
        } else if (tree.files.has(place)) tree.files.delete(place);
        else if (!tree.folders.has(place)) {
          if (!on.has("f")) missing(`'${path}'`, "cannot remove ");
        } else if (!on.has("r")) errors.push(`cannot remove '${path}': Is a directory`);
        else
          for (const inner of under(tree, place)) {
            tree.files.delete(inner);
            tree.folders.delete(inner);
          }
      }
      return done();
    }
    case "mv":
    case "cp": {
      const {on, rest} = flags(name === "cp" ? "r" : "");
      if (rest.length !== 2) throw new Unsupported(`${name} of ${rest.length} paths`);
      const from = at(rest[0]);
      let to = at(rest[1]);
      if (!tree.files.has(from) && !tree.folders.has(from)) {
        missing(`'${rest[0]}'`, "cannot stat ");
        return done();
      }
      if (tree.folders.has(to)) to = resolve(to, nameOf(from));
      if (tree.folders.has(from) && (tree.files.has(to) || tree.folders.has(to)))
        throw new Unsupported(`${name} of a folder onto another`);
      if (!tree.folders.has(parent(to)) || to === from || to.startsWith(`${from}/`) || tree.folders.has(to))
        throw new Unsupported(`${name} to there`);
      if (tree.folders.has(from) && name === "cp" && !on.has("r")) throw new Unsupported("cp of a folder without -r");
      if (name === "mv" && (tree.cwd === from || tree.cwd.startsWith(`${from}/`)))
        throw new Unsupported("moving the current folder");
      for (const inner of under(tree, from)) {
        const target = to + inner.slice(from.length);
        if (tree.files.has(inner)) tree.files.set(target, tree.files.get(inner)!);
        else tree.folders.add(target);
        if (name === "mv") {
          tree.files.delete(inner);
          tree.folders.delete(inner);
        }
      }
      return done();
    }
    case "grep":
      return grep(tree, flags("nivclrwFR"), texts, at);
    case "sed": {
      const range = /^(\d{1,6}|\$)(?:,(\d{1,6}|\$))?p$/.exec(args[1] ?? "");
      if (args[0] !== "-n" || range === null) throw new Unsupported("sed but -n 'A,Bp'");
      const all = pieces(texts(args.slice(2)).join(""));
      const number = (text: string) => (text === "$" ? all.length : Number(text));
      const from = number(range[1]);
      return done(all.slice(from - 1, Math.max(from, number(range[2] ?? range[1]))).join(""));
    }
    case "head":
    case "tail": {
      const {n, paths} = count(args);
      if (paths.length > 1) throw new Unsupported(`${name} of several files`);
      const all = pieces(texts(paths).join(""));
      return done((name === "head" ? all.slice(0, n) : all.slice(Math.max(0, all.length - n))).join(""));
    }
    case "wc": {
      const {on, rest} = flags("lwc");
      if (on.size !== 1 || rest.length > 1) throw new Unsupported("wc but with one of -l, -w, -c and one file");
      const [text] = texts(rest);
      if (text === undefined) return done();
      const n = on.has("l")
        ? text.split("\n").length - 1
        : on.has("w")
          ? text.split(/\s+/).filter(Boolean).length
          : Buffer.byteLength(text);
      return done(`${n}${rest.length === 0 ? "" : ` ${rest[0]}`}\n`);
    }
    case "sort": {
      const {on, rest} = flags("rnu");
      const key = (line: string) => Number(/^\s*(-?\d+(?:\.\d+)?)/.exec(line)?.[1] ?? 0);
      const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
      if (on.has("n") && on.has("u")) throw new Unsupported("sort -n -u");
      let all = lines(texts(rest).join("")).sort((a, b) => (on.has("n") ? key(a) - key(b) : 0) || bytes(a, b));
      if (on.has("r")) all.reverse();
      if (on.has("u")) all = all.filter((line, i) => line !== all[i - 1]);
      return done(all.map((line) => `${line}\n`).join(""));
    }
    case "uniq":
      return done(
        lines(texts(flags("").rest).join(""))
          .filter((line, i, all) => line !== all[i - 1])
          .map((line) => `${line}\n`)
          .join("")
      );
    case "find": {
      const [root = ".", ...tests] = args;
      const start = at(root);
      if (!tree.files.has(start) && !tree.folders.has(start)) throw new Unsupported("find in no folder");
      let found = under(tree, start);
      while (tests.length > 0) {
        const [test, of = ""] = tests.splice(0, 2);
        if (test === "-type" && /^[fd]$/.test(of))
          found = found.filter((path) => (of === "f" ? tree.files : tree.folders).has(path));
        else if (test === "-name" && /^[\w.*-]+$/.test(of)) {
          const pattern = new RegExp(`^${of.replace(/[.-]/g, "\\$&").replace(/\*+/g, ".*")}$`);
          found = found.filter((path) => pattern.test(nameOf(path)));
        } else throw new Unsupported(`find ${test}`);
      }
      const written = found.map((path) =>
        path === start ? root : `${root.replace(/\/$/, "")}${path.slice(start === "/" ? 0 : start.length)}`
      );
      // A disk gives names in an order of its own, which nothing tells.
      if (written.length > 1) throw new Unsupported("find of several, whose order is the disk's");
      return done(written.map((path) => `${path}\n`).join(""));
    }
    default:
      throw new Unsupported(`command ${name}`);
  }
}

function grep(
  tree: Files,
  {on, rest}: {on: Set<string>; rest: string[]},
  texts: (paths: readonly string[]) => string[],
  at: (path: string) => string
): Result {
  const [pattern, ...paths] = rest;
  if (pattern === undefined) throw new Unsupported("grep of nothing");
  // Of a basic regular expression only "." and the outer ^ and $, whose matches are of one length and cannot blow up.
  const [, start, inner, end] = on.has("F") ? ["", "", pattern, ""] : /^(\^?)([^]*?)(\$?)$/.exec(pattern)!;
  if (!on.has("F") && /[\\*[\]^$]/.test(inner))
    throw new Unsupported("grep with a regular expression of more than . ^ $");
  if (pattern.length > 200) throw new Unsupported("a long pattern");
  const escaped = inner.replace(/[\\^$*+?()[\]{}|]/g, "\\$&").replaceAll(".", on.has("F") ? "\\." : ".");
  if (on.has("w") && (!/^\w/.test(inner) || !/\w$/.test(inner))) throw new Unsupported("grep -w of what is no word");
  const whole = on.has("w") ? `\\b${escaped}\\b` : escaped;
  const expression = new RegExp(start + whole + end, on.has("i") ? "i" : "");
  const recursive = on.has("r") || on.has("R");
  const files = recursive
    ? (paths.length === 0 ? ["."] : paths).flatMap((path) =>
        under(tree, at(path))
          .filter((file) => tree.files.has(file))
          .map((file) => ({
            name:
              file === at(path)
                ? path
                : `${path.replace(/\/$/, "")}${file.slice(at(path) === "/" ? 0 : at(path).length)}`,
            text: tree.files.get(file)!
          }))
      )
    : paths.length === 0
      ? [{name: "(standard input)", text: texts([])[0]}]
      : paths.flatMap((path) => texts([path]).map((text) => ({name: path, text})));
  const named = recursive || paths.length > 1;
  let out = "";
  let any = false;
  for (const {name, text} of files) {
    const hits = lines(text).flatMap((line, i) => (expression.test(line) !== on.has("v") ? [{line, i}] : []));
    any ||= hits.length > 0;
    if (on.has("l")) out += hits.length > 0 ? `${name}\n` : "";
    else if (on.has("c")) out += `${named ? `${name}:` : ""}${hits.length}\n`;
    else for (const {line, i} of hits) out += `${named ? `${name}:` : ""}${on.has("n") ? `${i + 1}:` : ""}${line}\n`;
  }
  return {out, ok: any};
}

function lines(text: string): string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

function pieces(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
