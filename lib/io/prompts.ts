import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import type {ChatMessage} from "../schema/chat.js";
import {nearest} from "../text/nearest.js";
import {quoted} from "../text/quoted.js";
import {asset} from "./assets.js";
import {sha256} from "./sha256.js";

/** What a name in a prompt may stand for. */
export type PromptValue = string | number | readonly string[];

/** A prompt file. */
export interface Prompt {
  id: string;
  version: string;
  /** of the file's text, its lines ended by \n */
  sha256: string;
  /** what stands in {{…}}, in order of first use */
  names: readonly string[];
  /**
   * The messages, frozen, each {{name}} being the value as JSON with chat markers broken up (see `quoted`).
   *
   * @throws RangeError naming what is missing or too much
   */
  render(values?: Readonly<Record<string, PromptValue>>): ChatMessage[];
}

/** By folder and id; read once a process: a file that is edited while a run goes on counts from the next. */
const known = new Map<string, Prompt>();

/**
 * The prompt `<id>.txt` of a folder of one's own, or else of data/prompts: a first line `version: N`, then sections that
 * begin with a line `--- system`, `--- user` or `--- assistant`, in which {{name}} stands for a value with its quotes.
 *
 * @param options.folder a recipe's own prompts; a file there wins
 * @throws Error naming file and line where it is not of this form
 */
export function readPrompt(id: string, {folder}: {folder?: string} = {}): Prompt {
  const name = `${folder ?? ""}\n${id}`;
  const there = known.get(name);
  if (there !== undefined) return there;
  if (!/^[a-z][a-z0-9-]*$/.test(id))
    throw new RangeError(`expected a prompt's id such as question-answer, got ${JSON.stringify(id)}`);
  const paths = [folder, asset("prompts")].flatMap((place) => (place === undefined ? [] : [join(place, `${id}.txt`)]));
  const path = paths.find((place) => existsSync(place));
  if (path === undefined) throw new Error(`prompt ${JSON.stringify(id)}: expected a file ${paths.join(" or ")}`);
  const prompt = parse(id, readFileSync(path, "utf8"), path);
  known.set(name, prompt);
  return prompt;
}

function parse(id: string, file: string, path: string): Prompt {
  const text = file.replaceAll("\r\n", "\n");
  const [first, ...lines] = text.split("\n");
  const version = /^version: ([1-9]\d*)$/.exec(first)?.[1];
  if (version === undefined)
    throw new Error(`${path}:1: expected "version: 1" or later, got ${JSON.stringify(first.slice(0, 80))}`);
  const sections: ChatMessage[] = [];
  lines.forEach((line, i) => {
    const place = `${path}:${i + 2}`;
    const role = /^--- (\w+)$/.exec(line)?.[1];
    if (role !== undefined) {
      const before = sections.at(-1)?.role;
      const next = before === "user" ? ["assistant"] : before === undefined ? ["system", "user"] : ["user"];
      if (!next.includes(role)) throw new Error(`${place}: expected "--- ${next.join('" or "--- ')}", got "${line}"`);
      sections.push({role: role as ChatMessage["role"], content: ""});
    } else if (sections.length > 0) sections.at(-1)!.content += `${line}\n`;
    else if (line !== "") throw new Error(`${place}: expected "--- system" or "--- user", got ${JSON.stringify(line)}`);
    const rest = line.replace(/\{\{[a-z]\w*\}\}/g, "");
    if (rest.includes("{{")) throw new Error(`${place}: expected {{name}}, got ${JSON.stringify(line.slice(0, 80))}`);
    if (/"\{\{\w+\}\}|\{\{\w+\}\}"/.test(line))
      throw new Error(`${place}: {{name}} stands for its quotes too, got more of them`);
  });
  for (const section of sections) {
    section.content = section.content.trim();
    if (section.content === "") throw new Error(`${path}: expected a text under "--- ${section.role}", got none`);
    Object.freeze(section);
  }
  if (sections.at(-1)?.role !== "user")
    throw new Error(`${path}: expected "--- user" at last, got ${sections.at(-1)?.role ?? "no section"}`);
  const names = [
    ...new Set(sections.flatMap(({content}) => [...content.matchAll(/\{\{(\w+)\}\}/g)].map(([, n]) => n)))
  ];
  // Text and name in turn; one part alone where there is no name.
  const parts = sections.map(({content}) => content.split(/\{\{(\w+)\}\}/));
  const render: Prompt["render"] = (values = {}) => {
    expectNames(id, names, values);
    // Frozen: what is found out about a message (its hash, whether it may be shown) need not be found out for it again.
    return sections.map((section, i) =>
      parts[i].length === 1
        ? section
        : Object.freeze({
            role: section.role,
            content: parts[i].map((part, j) => (j % 2 === 0 ? part : quoted(values[part]))).join("")
          })
    );
  };
  return {id, version, sha256: sha256(text), names, render};
}

function expectNames(id: string, names: readonly string[], values: Readonly<Record<string, PromptValue>>): void {
  const missing = names.filter((name) => !Object.hasOwn(values, name));
  const more = Object.keys(values).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new RangeError(`prompt ${id}: expected a value for ${missing.join(", ")}, got none`);
  if (more.length > 0) {
    const near = nearest(more[0], names);
    const meant = near === null ? "" : `; is {{${near}}} meant?`;
    throw new RangeError(`prompt ${id}: expected only names that stand in it, got {{${more[0]}}}${meant}`);
  }
}
