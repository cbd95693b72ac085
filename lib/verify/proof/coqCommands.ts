import type {Sentence} from "./coqSentences.js";

/** Why a sentence is refused. */
export interface Refusal {
  /** slug */
  reason: string;
  detail: string;
}

const words = (text: string) => new Set(text.split(" "));

/** Commands that state something which a proof follows. */
export const theoremCommands = words("Theorem Lemma Example Corollary Fact Remark Proposition Property");
/** Commands that define names. */
export const definingCommands = words(
  "Definition Fixpoint CoFixpoint Function Inductive CoInductive Variant Record Structure Class Instance Let"
);
/** Commands that say how what follows is read; they do not outlive their file, so each file gets them. */
export const settingCommands = words("Require From Import Export Open Close Set Unset Generalizable Implicit");
const assumptions = words(
  "Axiom Axioms Parameter Parameters Conjecture Conjectures Hypothesis Hypotheses Variable Variables Context Primitive Register Symbol"
);
const inSections = words("Hypothesis Hypotheses Variable Variables Context");
const unfinished = words("Admitted Abort admit give_up Admit");
const notation = words(
  "Notation Infix Reserved Tactic Coercion Canonical Identity Bind Delimit Undelimit Declare Numeral Number String Disable Enable Abbreviation"
);
const machinery = words(
  "Load Extraction Redirect Cd Pwd Add Remove Separate Recursive Drop Quit Extract Dump Inspect Back BackTo Reset Restart Undo Write State"
);
const others = words(
  "Section End Proof Qed Defined Next Obligation Obligations Ltac Ltac2 Hint Create Arguments Existing Opaque Transparent " +
    "Strategy Scheme Functional Combined Check Print Compute Eval Search SearchPattern SearchRewrite About Locate Show Goal " +
    "Unshelve Typeclasses Solve Derive Focus Unfocus Guarded"
);
const prefixes = words(
  "Local Global Polymorphic Monomorphic Cumulative NonCumulative Private Program Time Fail Succeed"
);
const attributes = words(
  "local global export program refine universes polymorphic canonical no yes # [ ] ( ) = , deprecated"
);
const harmless = new Set([
  "Implicit Arguments",
  "Strict Implicit",
  "Contextual Implicit",
  "Maximal Implicit Insertion",
  "Reversible Pattern Implicit",
  "Printing Implicit Defensive",
  "Asymmetric Patterns",
  "Bullet Behavior",
  "Default Goal Selector",
  "Default Proof Using",
  "Universe Polymorphism",
  "Primitive Projections",
  "Program Mode",
  "Automatic Introduction",
  "Intuition Negation Unfolding",
  "Elimination Schemes",
  "Warnings"
]);

/** The sentence's command, behind attributes and prefixes such as Local; "" where it has no words. */
export function commandOf({tokens}: Sentence): string {
  return tokens[commandAt(tokens)] ?? "";
}

/** The names that a sentence defines, constructors and fields included; more names than that where it is unclear. */
export function namesIn(sentence: Sentence): string[] {
  const {tokens} = sentence;
  const at = commandAt(tokens);
  const command = tokens[at];
  if (!definingCommands.has(command) && !theoremCommands.has(command)) return [];
  const names: string[] = [];
  let matches = 0;
  for (let i = at + 1; i < tokens.length; i++) {
    if (tokens[i] === "match") matches++;
    if (tokens[i] === "end") matches--;
    // `with` and `|` of a match bind nothing that outlives it.
    if (matches > 0 || !isName(tokens[i])) continue;
    if (i === at + 1 || tokens[i - 1] === "with" || isConstructor(command, tokens, i)) names.push(tokens[i]);
  }
  return [...new Set(names)];
}

/**
 * Why a proof may not hold the sentence; null where it may. Commands are allowed by name, so one that nobody thought of is
 * refused: assumptions outside a section, proofs left open, notations and coercions (what a reader takes `+` for must be
 * `+`), flags that switch checks off, files and plugins.
 *
 * @param depth sections that are open
 */
export function refusalOf(sentence: Sentence, depth: number): Refusal | null {
  const {tokens} = sentence;
  const refuse = (reason: string) => ({reason, detail: sentence.text.trim().replace(/\s+/g, " ").slice(0, 120)});
  if (tokens.length === 0) return null;
  if (tokens.some((word) => unfinished.has(word))) return refuse("unfinished");
  if (tokens.some((word) => word === "native_compute" || word === "native_cast_no_check")) return refuse("native-code");
  const at = commandAt(tokens);
  if (tokens.slice(0, at).some((word) => !prefixes.has(word) && !attributes.has(word))) return refuse("unsafe-flag");
  const command = tokens[at] ?? "";
  if (!/^\p{Lu}/u.test(command)) return at > 0 && command !== "" && isName(command) ? refuse("command") : null;
  if (assumptions.has(command)) return inSections.has(command) && depth > 0 ? null : refuse("axiom");
  if (command === "Declare" && tokens[at + 1] === "ML") return refuse("machinery");
  if (notation.has(command) || (command === "Implicit" && tokens[at + 1] === "Notation")) return refuse("notation");
  if (machinery.has(command)) return refuse("machinery");
  if (command === "Set" || command === "Unset") {
    const flag = tokens
      .slice(at + 1, -1)
      .join(" ")
      .replace(/ (?:" "|\d+)$/, "");
    return harmless.has(flag) && !tokens.slice(0, at).includes("Global") ? null : refuse("unsafe-flag");
  }
  if (tokens.includes("where") && definingCommands.has(command) && tokens.includes('"')) return refuse("notation");
  const known =
    theoremCommands.has(command) ||
    definingCommands.has(command) ||
    settingCommands.has(command) ||
    others.has(command);
  return known ? null : refuse("command");
}

function commandAt(tokens: readonly string[]): number {
  let i = 0;
  for (;;) {
    if (tokens[i] === "#" && tokens[i + 1] === "[") {
      const end = tokens.indexOf("]", i);
      if (end < 0) return i;
      i = end + 1;
    } else if (tokens[i] === "Timeout" && /^\d+$/.test(tokens[i + 1] ?? "")) i += 2;
    else if (prefixes.has(tokens[i])) i++;
    else return i;
  }
}

const inductive = words("Inductive CoInductive Variant");
const records = words("Record Structure Class");

function isConstructor(command: string, tokens: readonly string[], i: number): boolean {
  if (inductive.has(command)) return tokens[i - 1] === "|" || (tokens[i - 1] === "=" && tokens[i - 2] === ":");
  return records.has(command) && (["{", ";"].includes(tokens[i - 1]) || tokens[i + 1] === "{");
}

function isName(word: string): boolean {
  return /^[\p{L}_]/u.test(word);
}
