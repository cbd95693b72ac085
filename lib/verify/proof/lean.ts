import {execFile} from "node:child_process";
import {promisify} from "node:util";
import type {Bubblewrap} from "../sandbox/bubblewrap.js";
import type {Limits} from "../sandbox/program.js";
import {leanFiles, leanModules, readLeanStatement} from "./leanFiles.js";
import {outOfTime, type Prover, type Proven} from "./prover.js";

// Lean maps its libraries into memory, so the limit of address space has to be wide; what is resident is watched.
const limits: Partial<Limits> = {
  wall: 120_000,
  cpu: 60,
  memory: 2 ** 33,
  processes: 64,
  files: 2 ** 26,
  output: 2 ** 18
};
const standard = new Set(["propext", "Classical.choice", "Quot.sound"]);
const script = `
cd /tmp
for name in ${leanModules.join(" ")}; do
  test -e /job/$name.lean || continue
  echo "@$name" >&3
  out=2
  test $name = Check && out=3
  LEAN_PATH=/tmp:/lean/lib/lean /lean/bin/lean -j1 -o /tmp/$name.olean /job/$name.lean >&$out 2>&2 || exit $?
done
echo "@end" >&3
`;

/**
 * Lean 4 in bubblewrap, where `lean` is on the PATH: its own folder (`lean --print-prefix`) is bound, with the libraries
 * that come with it; one line where it is absent. Proofs may rest on propext, Classical.choice and Quot.sound.
 *
 * No Lean could be had where this was written: the reading of files is tested, the run itself is not. It does not guard
 * against declarations that reach Lean's environment without its kernel; the words that do so are refused.
 */
export async function createLean(bubblewrap: Bubblewrap): Promise<Prover | string> {
  const found = await promisify(execFile)("lean", ["--print-prefix"], {timeout: 10_000}).catch(() => null);
  if (found === null) return "lean is absent: elan installs it";
  const folders = {"/lean": found.stdout.trim()};
  const asked = await bubblewrap.run({argv: ["/lean/bin/lean", "--version"], folders, limits});
  const [, version] = /version (\d+\.\d+\.\d+)/.exec(asked.stdout) ?? [];
  if (version === undefined) return `lean does not start: ${asked.stderr.trim().split("\n").at(-1)}`;
  return {
    id: `bubblewrap/lean-${version}`,
    async check({theorem, proof}, reference) {
      const stated = theorem === null ? null : readLeanStatement(theorem);
      if (stated !== null && "reason" in stated) return stated;
      const wanted = reference === null ? null : readLeanStatement(reference);
      if (wanted !== null && "reason" in wanted)
        return {reason: "unreadable-reference", detail: `${wanted.reason}: ${wanted.detail}`};
      const made = leanFiles(proof, stated, wanted);
      if ("reason" in made) return made;
      const files = Object.fromEntries(Object.entries(made.files).map(([name, text]) => [`${name}.lean`, text]));
      const run = await bubblewrap.run({argv: ["/bin/sh", "-c", script], files, folders, limits});
      const {usage} = run;
      if (run.outcome !== "done") return {reason: run.outcome, detail: "", usage};
      if (run.code === outOfTime) return {reason: "timeout", detail: "more processor time than it may take", usage};
      return {...readLeanReport(run.channel, run.stderr), usage};
    }
  };
}

/** What Lean's answers mean: which module failed, or the axioms that the theorem rests on. */
export function readLeanReport(channel: string, errors: string): Proven {
  const stage = [...channel.matchAll(/^@(\w+)$/gm)].at(-1)?.[1];
  if (stage !== "end") {
    const reason = stage === "Candidate" ? "not-proven" : stage === "Check" ? "other-theorem" : "unreadable";
    // Lean writes its errors to stdout, which for Check is the channel.
    const text = `${errors} ${stage === "Check" ? channel : ""}`;
    return {
      reason,
      detail: text
        .slice(text.indexOf("error:") + 6)
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, 300)
    };
  }
  if (/'ballastChecked' does not depend on any axioms/.test(channel)) return {reason: "", detail: "no axioms"};
  const [, listed] = /'ballastChecked' depends on axioms: \[([^\]]*)\]/.exec(channel) ?? [];
  if (listed === undefined) return {reason: "unreadable", detail: "lean listed no axioms"};
  const names = listed.split(",").map((name) => name.trim());
  const foreign = names.filter((name) => !standard.has(name));
  if (foreign.length > 0) return {reason: "axiom", detail: foreign.join(", ").slice(0, 300)};
  return {reason: "", detail: `axioms: ${names.sort().join(", ")}`};
}
