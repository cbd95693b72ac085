import type {Refusal} from "./coqCommands.js";
import {readLean, type LeanCommand} from "./leanCommands.js";
import {leanRefusal} from "./leanRefusals.js";

/** A statement of Lean with what it needs, split up. */
export interface LeanStatement {
  imports: string;
  /** open, universe, variable, set_option: they do not outlive their file, so each file gets them */
  settings: string;
  definitions: readonly LeanCommand[];
  /** from `theorem` up to its `:=`, which is left out */
  statement: string;
  name: string;
}

/** In which order the modules are compiled. `Check` alone prints what is read. */
export const leanModules = ["Preamble", "Candidate", "Wanted", "Check"] as const;

const settings = /^(?:open|universe|universes|variable|set_option)\b/;
const theorem = /^(?:@\[[^\]]*\]\s*)?(?:theorem|lemma)\s+([\p{L}_][\p{L}\p{N}_'.!?]*)/u;
const textOf = (commands: readonly LeanCommand[]) => commands.map(({text}) => text).join("");
const plain = ({text}: LeanCommand) => text.replace(/\s+/g, " ").trim();

function readAllowed(source: string): LeanCommand[] | Refusal {
  const commands = readLean(source);
  if (typeof commands === "string") return {reason: "unreadable", detail: commands};
  for (const command of commands) {
    const refused = leanRefusal(command);
    if (refused !== null) return refused;
  }
  return commands;
}

/** Reads a statement: imports, settings and definitions, then one theorem without its proof. */
export function readLeanStatement(source: string): LeanStatement | Refusal {
  const commands = readAllowed(source);
  if ("reason" in commands) return commands;
  const last = commands.at(-1);
  const [, name] = theorem.exec(last?.text ?? "") ?? [];
  if (last === undefined || name === undefined)
    return {reason: "unreadable", detail: "expected a statement (theorem name : …) at the end"};
  const before = commands.slice(0, -1);
  const isImport = ({text}: LeanCommand) => /^import\b/.test(text);
  const isSetting = ({text}: LeanCommand) => settings.test(text);
  return {
    imports: textOf(before.filter(isImport)),
    settings: textOf(before.filter(isSetting)),
    definitions: before.filter((command) => !isImport(command) && !isSetting(command)),
    statement: last.text.replace(/:=\s*$/, "").trimEnd(),
    name
  };
}

/**
 * The modules that prove, each compiled by itself, and what the candidate's theorem is called; see `coqFiles`. What a
 * reference or the statement's section defines may be said again word for word, and is then left out.
 */
export function leanFiles(
  proof: string,
  stated: LeanStatement | null,
  wanted: LeanStatement | null
): {files: Record<string, string>} | Refusal {
  const commands = readAllowed(proof);
  if ("reason" in commands) return commands;
  const base = wanted ?? stated;
  const given = new Set(base?.definitions.map(plain));
  const own = (list: readonly LeanCommand[]) => textOf(list.filter((command) => !given.has(plain(command))));
  const names = commands.flatMap(({text}) => theorem.exec(text)?.[1] ?? []);
  const script = /^(?::=|\||by\b)/.test(commands[0].text);
  const name = stated?.name ?? (script ? wanted?.name : names.at(-1));
  if (name === undefined || (!script && !names.includes(name)))
    return {
      reason: "unreadable",
      detail: `expected a proof of ${name ?? "a theorem"}, got ${names.join(", ") || "none"}`
    };
  const isImport = ({text}: LeanCommand) => /^import\b/.test(text);
  const imports = [base?.imports ?? "", stated?.imports ?? "", textOf(commands.filter(isImport))].join("");
  const preamble = base !== null && base.definitions.length > 0;
  const head = `${preamble ? "import Preamble\n" : ""}`;
  const local = stated !== null && stated !== base ? stated.settings + own(stated.definitions) : "";
  const opening = script
    ? `${(stated ?? wanted)!.statement}${commands[0].text.startsWith("by") ? " :=\n  " : " "}`
    : "";
  const files: Record<string, string> = {
    Candidate: `${head}${imports}${base?.settings ?? ""}${local}${opening}${own(commands.filter((c) => !isImport(c)))}`
  };
  if (preamble) files.Preamble = `${base.imports}${base.settings}${textOf(base.definitions)}`;
  if (base !== null)
    files.Wanted = `${head}${base.imports}${base.settings}namespace BallastWanted\n${base.statement} := sorry\nend BallastWanted\n`;
  files.Check =
    `import Candidate\n${base === null ? "" : "import Wanted\n"}theorem ballastChecked : ` +
    `type_of% @${base === null ? name : `BallastWanted.${base.name}`} := @_root_.${name}\n#print axioms ballastChecked\n`;
  return {files};
}
