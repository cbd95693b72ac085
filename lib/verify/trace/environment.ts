import {z} from "zod";
import {calculate} from "./calculate.js";
import {edit, editorCommands, type Editor} from "./editor.js";
import {makeFiles} from "./files.js";
import {search, searchCommands} from "./search.js";
import {shell} from "./shell.js";
import {Unsupported} from "./unsupported.js";

/** Where a trace begins. */
export const EnvironmentText = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("files"),
    files: z.record(z.string(), z.string()).default({}),
    cwd: z.string().default("/"),
    window: z.int().min(1).max(1000).default(100)
  }),
  z.strictObject({kind: z.literal("store"), data: z.record(z.string(), z.json()).default({})}),
  z.strictObject({kind: z.literal("calculator")}),
  z.strictObject({kind: z.literal("recorded")})
]);
export type EnvironmentText = z.infer<typeof EnvironmentText>;

/** One call of a tool, or a whole line as an agent writes it. */
export interface Call {
  tool: string;
  args: unknown;
}

/** A simulated world that tools act on. */
export interface Environment {
  /** what the tool would return. @throws Unsupported */
  call(call: Call): unknown;
  /** files by absolute path, or data by key */
  state(): Readonly<Record<string, unknown>>;
}

/** The world that an environment's text describes; null where it is only recorded. */
export function simulate(text: EnvironmentText): Environment | null {
  if (text.kind === "recorded") return null;
  if (text.kind === "files") {
    const tree = makeFiles(text.files, text.cwd);
    const editor: Editor = {path: null, first: 1, window: text.window};
    return {
      call({tool, args}) {
        const line = lineOf(tool, args);
        const [name] = line.trim().split(/\s/);
        if (searchCommands.has(name)) return search(tree, editor.path, line);
        return editorCommands.has(name) ? edit(tree, editor, line) : shell(tree, line);
      },
      state: () => Object.fromEntries(tree.files)
    };
  }
  if (text.kind === "calculator")
    return {
      call({tool, args}) {
        if (!/^calc(?:ulat(?:e|or))?$/.test(tool)) throw new Unsupported(`tool ${tool}`);
        const expression = typeof args === "string" ? args : (args as {expression?: unknown} | null)?.expression;
        if (typeof expression !== "string") throw new Unsupported("a calculation without an expression");
        return calculate(expression);
      },
      state: () => ({})
    };
  const data = new Map(Object.entries(text.data));
  return {
    call({tool, args}) {
      const {key, value, prefix = ""} = (args ?? {}) as {key?: unknown; value?: z.core.util.JSONType; prefix?: unknown};
      if (tool === "list" && typeof prefix === "string")
        return [...data.keys()].filter((name) => name.startsWith(prefix)).sort();
      if (typeof key !== "string") throw new Unsupported(`${tool} without a key`);
      if (tool === "get") return data.get(key) ?? null;
      if (tool === "delete") return data.delete(key);
      if (tool !== "set" || value === undefined) throw new Unsupported(`tool ${tool}`);
      data.set(key, value);
      return "ok";
    },
    state: () => Object.fromEntries(data)
  };
}

function lineOf(tool: string, args: unknown): string {
  if (tool === "action" || tool === "bash" || tool === "shell" || tool === "run") {
    const line = typeof args === "string" ? args : (args as {command?: unknown} | null)?.command;
    if (typeof line !== "string") throw new Unsupported(`${tool} without a command`);
    return line;
  }
  throw new Unsupported(`tool ${tool}`);
}
