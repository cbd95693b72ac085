import type {Refusal} from "./coqCommands.js";
import type {LeanCommand} from "./leanCommands.js";

const set = (text: string) => new Set(text.split(" "));

const refused: readonly (readonly [reason: string, words: ReadonlySet<string>])[] = [
  ["unfinished", set("sorry admit sorryAx stop proof_wanted")],
  ["axiom", set("axiom constant opaque postulate")],
  [
    "native-code",
    set("native_decide ofReduceBool reduceBool reduceNat trustCompiler implemented_by extern export csimp")
  ],
  ["unsafe-flag", set("unsafe partial unsafeCast unsafeIO skipKernelTC debug.skipKernelTC")],
  [
    "notation",
    set(
      "notation notation3 infix infixl infixr prefix postfix macro macro_rules syntax declare_syntax_cat unif_hint coe"
    )
  ],
  [
    "machinery",
    set(
      "elab elab_rules by_elab run_cmd run_tac run_meta run_elab #eval #eval! #exit #reduce initialize builtin_initialize " +
        "include_str dbg_trace IO simproc builtin_simproc eval% meta deriving_handler"
    )
  ]
];
const commands = set(
  "import open universe universes variable section end namespace theorem lemma example def abbrev inductive structure " +
    "class instance set_option noncomputable private protected mutual omit include where termination_by decreasing_by"
);
const options = set("autoImplicit relaxedAutoImplicit maxRecDepth maxHeartbeats linter.all pp.all");
const libraries = /^(?:Mathlib|Std|Batteries|Aesop|Init)(?:\.|$)/;

/**
 * Why a proof may not hold the command; null where it may. Commands are allowed by name; words that end a proof early,
 * switch the kernel's checks off, trust the compiler, or let code run while Lean reads the file are refused wherever they
 * stand, as any part of a dotted name. Attributes are refused but for simp and those that only help automation.
 */
export function leanRefusal({text, words}: LeanCommand): Refusal | null {
  const detail = text.trim().replace(/\s+/g, " ").slice(0, 120);
  const parts = words.flatMap((one) => [one, ...one.replaceAll(/[«»@]/g, "").split(".")]);
  for (const [reason, some] of refused) if (parts.some((part) => some.has(part))) return {reason, detail};
  if (words.some((one) => /^@?Lean(?:\.|$)/.test(one))) return {reason: "machinery", detail};
  const attributes = [...text.matchAll(/@\[([^\]]*)\]/g)].flatMap(([, inside]) => inside.split(","));
  if (attributes.some((one) => !/^\s*(?:simp|ext|refl|symm|trans|aesop[^\]]*)\s*$/.test(one)))
    return {reason: "unsafe-flag", detail};
  const command = words.find((one) => one !== "@") ?? "";
  const [first] = text.startsWith("@[") ? [words.find((one) => commands.has(one)) ?? ""] : [command];
  // A script for a statement that stands elsewhere starts with := or |.
  if (/^(?::=|\||by\b)/.test(text)) return null;
  if (!commands.has(first)) return {reason: "command", detail};
  if (first === "import") {
    const modules = text.trim().split(/\s+/).slice(1);
    return modules.every((name) => libraries.test(name)) ? null : {reason: "machinery", detail};
  }
  for (const [i, one] of words.entries())
    if (one === "set_option" && !options.has(words[i + 1])) return {reason: "unsafe-flag", detail};
  return null;
}
