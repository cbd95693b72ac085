import {existsSync, readFileSync} from "node:fs";
import type {Bubblewrap} from "../sandbox/bubblewrap.js";
import type {Limits} from "../sandbox/program.js";
import {coqFiles, readCoqProof, readStatement, stages, wordsOf, type CoqStatement} from "./coqFiles.js";
import {outOfTime, type Prover, type Proven} from "./prover.js";

const coqc = "/usr/bin/coqc";
const limits: Partial<Limits> = {
  wall: 60_000,
  cpu: 30,
  memory: 2 ** 31,
  processes: 16,
  files: 2 ** 26,
  output: 2 ** 18
};
const script = `
cd /tmp
for name in ${stages.join(" ")}; do
  test -e /job/$name.v || continue
  echo "@$name" >&3
  out=2
  case $name in Names | Check) out=3 ;; esac
  ${coqc} -q -w none -R /tmp Ballast -o /tmp/$name.vo /job/$name.v >&$out || exit $?
done
echo "@end" >&3
`;

/**
 * Axioms that a proof in Coq may rest on, as `Print Assumptions` names them: classical logic, extensionality of functions
 * and propositions, irrelevance of proofs, choice, Streicher's K, and the two on which the real numbers of the standard
 * library rest. All are consistent together.
 */
const standardCoqAxioms: ReadonlySet<string> = new Set([
  "FunctionalExtensionality.functional_extensionality_dep",
  "PropExtensionality.propositional_extensionality",
  "Classical_Prop.classic",
  "ProofIrrelevance.proof_irrelevance",
  "Eqdep.Eq_rect_eq.eq_rect_eq",
  "JMeq.JMeq_eq",
  "ClassicalDedekindReals.sig_forall_dec",
  "ClassicalDedekindReals.sig_not_dec",
  "IndefiniteDescription.constructive_indefinite_description",
  "Description.constructive_definite_description",
  "ClassicalEpsilon.constructive_indefinite_description",
  "ClassicalUniqueChoice.dependent_unique_choice",
  "RelationalChoice.relational_choice"
]);

/** Coq in bubblewrap; one line where Coq is absent. */
export async function createCoq(bubblewrap: Bubblewrap): Promise<Prover | string> {
  if (!existsSync(coqc)) return "coqc is absent: npm run setup:native";
  const settings = "/etc/ocamlfind.conf";
  const ocaml = existsSync(settings) ? readFileSync(settings, "utf8") : "";
  const env = ["/usr/bin/env", "OCAMLFIND_CONF=/job/ocamlfind.conf"];
  const asked = await bubblewrap.run({
    argv: [...env, coqc, "-print-version"],
    files: {"ocamlfind.conf": ocaml},
    limits
  });
  const [version] = asked.stdout.split(" ");
  if (!/^\d/.test(version)) return `coqc does not start: ${asked.stderr.trim().split("\n").at(-1)}`;
  return {
    id: `bubblewrap/coq-${version}`,
    async check({theorem, proof}, reference) {
      const read = (source: string | null) => (source === null ? null : readStatement(source));
      const stated = read(theorem);
      if (stated !== null && "reason" in stated) return stated;
      const wanted = read(reference);
      if (wanted !== null && "reason" in wanted)
        return {reason: "unreadable-reference", detail: `${wanted.reason}: ${wanted.detail}`};
      const base = wanted ?? stated;
      const taken = new Set([stated, wanted].flatMap((one) => (one === null ? [] : [...wordsOf(one)])));
      for (const one of [stated, wanted]) if (one !== null) taken.delete(one.name);
      const candidate = readCoqProof(proof, (stated ?? (isFile(proof) ? null : wanted))?.name ?? null, base, taken);
      if ("reason" in candidate) return candidate;
      const files = coqFiles(candidate, stated, wanted);
      const run = await bubblewrap.run({
        argv: [...env, "/bin/sh", "-c", script],
        files: {
          "ocamlfind.conf": ocaml,
          ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.v`, text]))
        },
        limits
      });
      const {usage} = run;
      if (run.outcome !== "done") return {reason: run.outcome, detail: "", usage};
      if (run.code === outOfTime) return {reason: "timeout", detail: "more processor time than it may take", usage};
      return {...judge(run.channel, run.stderr, base), usage};
    }
  };
}

const isFile = (proof: string) =>
  /^\s*(?:Theorem|Lemma|Example|Corollary|Fact|Remark|Proposition|Property)\s/m.test(proof);

function judge(channel: string, errors: string, base: CoqStatement | null): Proven {
  const parts = channel.split(/^@(\w+)\n/m);
  const said = new Map<string, string>();
  for (let i = 1; i < parts.length; i += 2) said.set(parts[i], parts[i + 1]);
  const shadowed = (said.get("Names") ?? "")
    .split("\n")
    .find((line) => /^(?:Constant|Inductive|Constructor|Notation) /.test(line) && !line.includes("(shorter name"));
  if (shadowed !== undefined) return {reason: "redefinition", detail: `${shadowed.trim()} has its meaning already`};
  if (!said.has("end")) {
    const stage = parts.at(-2) ?? "";
    const detail = errorIn(errors);
    if (/stack overflow/i.test(detail)) return {reason: "stack-overflow", detail};
    if (/out of memory/i.test(detail)) return {reason: "out-of-memory", detail};
    if (stage === "Check" && base !== null) return {reason: "other-theorem", detail};
    return {reason: stage === "Candidate" ? "not-proven" : "unreadable", detail};
  }
  const report = (said.get("Check") ?? "").trim();
  if (report === "Closed under the global context") return {reason: "", detail: "no axioms"};
  const axioms =
    /^Axioms:\n([^]*)$/
      .exec(report)?.[1]
      .split("\n")
      .filter((line) => /^\S/.test(line)) ?? null;
  if (axioms === null) return {reason: "axiom", detail: report.slice(0, 300)};
  const names = axioms.map((line) => /^[\p{L}\p{N}_.']+/u.exec(line)?.[0] ?? line);
  const foreign = axioms.filter((line, i) => !standardCoqAxioms.has(names[i]) || !/^\S+(?: :|$)/.test(line));
  if (foreign.length > 0) return {reason: "axiom", detail: foreign.join("; ").slice(0, 300)};
  return {reason: "", detail: `axioms: ${names.sort().join(", ")}`.slice(0, 300)};
}

/** The first error, without the place in a file that the sample does not have. */
function errorIn(errors: string): string {
  const at = errors.lastIndexOf("Error:");
  const text = at < 0 ? errors : errors.slice(at + 6);
  return text.replace(/\s+/g, " ").trim().slice(0, 300);
}
