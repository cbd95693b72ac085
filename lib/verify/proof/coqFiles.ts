import {
  commandOf,
  definingCommands,
  namesIn,
  refusalOf,
  settingCommands,
  theoremCommands,
  type Refusal
} from "./coqCommands.js";
import {readCoq, type Sentence} from "./coqSentences.js";

/** A statement with what it needs, split up. */
export interface CoqStatement {
  /** Require, Open Scope and the like, in their order */
  settings: string;
  definitions: readonly Sentence[];
  /** names that the definitions take */
  defined: string[];
  statement: Sentence;
  name: string;
}

/** Files to compile, by name. */
export type CoqFiles = Record<string, string>;

/** In which order the files are compiled. `Names` and `Check` print what is read; the others print nothing that is. */
export const stages = ["Names", "Preamble", "Candidate", "Wanted", "Check"] as const;

const library = "Ballast";
const textOf = (sentences: readonly Sentence[]) => sentences.map(({text}) => text).join("");

/** Reads a statement: settings and definitions, then one theorem without its proof. */
export function readStatement(source: string): CoqStatement | Refusal {
  const sentences = readCoq(source);
  if (typeof sentences === "string") return {reason: "unreadable", detail: sentences};
  const statement = sentences.at(-1);
  if (statement === undefined || !theoremCommands.has(commandOf(statement)))
    return {reason: "unreadable", detail: "expected a statement (Theorem name : …) at the end"};
  const before = sentences.slice(0, -1);
  for (const sentence of sentences) {
    const refused = refusalOf(sentence, 0);
    if (refused !== null) return refused;
  }
  const other = before.find((sentence) => {
    const command = commandOf(sentence);
    return !settingCommands.has(command) && !definingCommands.has(command) && command !== "Arguments";
  });
  if (other !== undefined)
    return {reason: "unreadable", detail: `expected settings and definitions before the statement, got ${other.text}`};
  const [name] = namesIn(statement);
  if (name === undefined) return {reason: "unreadable", detail: "expected a name for the theorem"};
  const isSetting = (sentence: Sentence) => settingCommands.has(commandOf(sentence));
  const definitions = before.filter((sentence) => !isSetting(sentence));
  return {
    settings: textOf(before.filter(isSetting)),
    definitions,
    defined: definitions.flatMap(namesIn),
    statement,
    name
  };
}

/** A proof, read; `name` is what it proves. */
export interface CoqProof {
  sentences: readonly Sentence[];
  /** whether it is a script for a statement that stands elsewhere */
  script: boolean;
  name: string;
}

/**
 * Reads a proof: a script, or a file with the theorem called `name` in it (null: its last one).
 *
 * @param base the statement that counts, whose definitions it may repeat word for word
 * @param protectedNames that it may not define anew: what the statement speaks of
 */
export function readCoqProof(
  source: string,
  name: string | null,
  base: CoqStatement | null,
  protectedNames: ReadonlySet<string>
): CoqProof | Refusal {
  const read = readCoq(source);
  if (typeof read === "string") return {reason: "unreadable", detail: read};
  const sentences = withoutGiven(read, base);
  let depth = 0;
  for (const sentence of sentences) {
    const command = commandOf(sentence);
    const refused = refusalOf(sentence, depth);
    if (refused !== null) return refused;
    if (command === "Section") depth++;
    if (command === "End") depth--;
    const again = namesIn(sentence).find((one) => one !== name && protectedNames.has(one));
    if (again !== undefined) return {reason: "redefinition", detail: `${again}, of which the statement speaks`};
  }
  const theorems = sentences.filter((sentence) => theoremCommands.has(commandOf(sentence)));
  const closed = ["Qed", "Defined"].includes(commandOf(sentences.findLast(({tokens}) => tokens.length > 0)!));
  if (theorems.length === 0) {
    if (name === null) return {reason: "unreadable", detail: "expected a theorem before its proof"};
    if (!closed) return {reason: "unfinished", detail: "the proof does not end in Qed"};
    return {sentences, script: true, name};
  }
  const names = theorems.flatMap((sentence) => namesIn(sentence).slice(0, 1));
  const proven = name ?? names.at(-1);
  if (proven === undefined || !names.includes(proven))
    return {reason: "unreadable", detail: `expected a proof of ${name}, got one of ${names.join(", ")}`.slice(0, 300)};
  return {sentences, script: false, name: proven};
}

/** Names in a statement and its definitions, whatever they mean there. */
export function wordsOf({statement, definitions}: CoqStatement): Set<string> {
  return new Set(`${statement.text} ${textOf(definitions)}`.match(/[\p{L}_][\p{L}\p{N}_']*/gu));
}

/**
 * The files that prove, each compiled by itself: the candidate never sees the one with what is wanted, and the one that
 * checks opens nothing of the candidate's, so no notation or name of its can change what is compared.
 *
 * @param stated what the candidate says it proves; null where its file says it
 * @param wanted what had to be proven; the same as `stated` where no reference asks for another
 */
export function coqFiles(proof: CoqProof, stated: CoqStatement | null, wanted: CoqStatement | null): CoqFiles {
  const base = wanted ?? stated;
  const head = base === null ? "" : `${base.settings}\n`;
  const definitions = textOf(base?.definitions ?? []);
  const withPreamble = definitions === "" ? head : `${head}Require Export ${library}.Preamble.\n`;
  // Definitions that the reference brings already are not made a second time: two inductive types are never the same.
  const own = stated === null || stated === base ? "" : textOf(withoutGiven(stated.definitions, base));
  const local = `${stated?.settings ?? ""}\n${own}`;
  const body = (proof.script ? `${(stated ?? wanted)!.statement.text}\n` : "") + textOf(proof.sentences);
  const files: CoqFiles = {Candidate: `${withPreamble}${local}\n${body}\n`};
  const asked = locate(base, stated, proof);
  if (asked !== "") files.Names = `${head}Set Printing Width 10000.\n${asked}`;
  if (definitions !== "") files.Preamble = `${head}${definitions}`;
  const proven = `${library}.Candidate.${proof.name}`;
  if (base !== null) files.Wanted = `${withPreamble}${base.statement.text}\nAdmitted.\n`;
  const same =
    base === null
      ? `Definition checked := @${proven}.\n`
      : `Require ${library}.Wanted.\nDefinition checked := ltac:(let wanted := type of @${library}.Wanted.${base.name} in ` +
        `exact (@${proven} : wanted)).\n`;
  files.Check = `Set Printing Width 10000.\nRequire ${library}.Candidate.\n${same}Print Assumptions checked.\n`;
  return files;
}

function locate(base: CoqStatement | null, stated: CoqStatement | null, proof: CoqProof): string {
  const own =
    base === null ? proof.sentences.filter((one) => definingCommands.has(commandOf(one))).flatMap(namesIn) : [];
  const names = new Set([...(base?.defined ?? []), ...(stated?.defined ?? []), ...own]);
  names.delete("_");
  return [...names].map((name) => `Locate ${name}.\n`).join("");
}

/** Sentences but for the definitions that a statement brings already. */
function withoutGiven(sentences: readonly Sentence[], given: CoqStatement | null): readonly Sentence[] {
  const definitions = new Set(given?.definitions.map(plain));
  return sentences.filter((sentence) => !definitions.has(plain(sentence)));
}

const plain = ({text}: Sentence) => text.replace(/\s+/g, " ").trim();
