import {clopperPearson} from "../stats/proportion.js";
import {createClusteredProportion, type ClusteredProportion} from "../stats/clusteredProportion.js";
import type {Usage} from "../verify/sandbox/program.js";
import {addUsage} from "./verifierUsage.js";
import type {VerifiedRow} from "./verifySamples.js";

/** How a verifier's word stands to labels of somebody who knows. */
export interface Agreement {
  /** labelled samples */
  of: number;
  agree: number;
  /** labelled right and accepted; share and 95 % Clopper–Pearson interval */
  sensitivity: {of: number; n: number; interval: [number, number] | null};
  /** labelled wrong and refused */
  specificity: {of: number; n: number; interval: [number, number] | null};
  /** the first samples on which they differ, at most 20 */
  differ: string[];
}

/** What one verifier said, in counts. */
export interface VerifierTally {
  ok: number;
  no: number;
  reasons: Record<string, number>;
  /** samples by the sandbox they ran in */
  sandboxes: Record<string, number>;
  generators: Record<string, {ok: number; no: number}>;
  labels: Agreement | null;
  /** share of mutants that tests killed: of all, and by operator; 95 % intervals over samples as clusters */
  mutants: {all: ClusteredProportion; operators: Record<string, ClusteredProportion>; equivalent: number} | null;
  usage: Usage | null;
}

/** Counts verdicts sample by sample; memory grows with verifiers, reasons and generators, not with samples. */
export function createVerifyTally(): {add(found: VerifiedRow): void; result(): Record<string, VerifierTally>} {
  const tallies = new Map<string, Open>();
  const open = (id: string) => {
    if (!tallies.has(id)) tallies.set(id, empty());
    return tallies.get(id)!;
  };
  return {
    add({verdicts, observations, usage}) {
      for (const {verifier, ok, reason, sandbox, generator, label, name, at} of verdicts) {
        const tally = open(verifier);
        tally[ok ? "ok" : "no"]++;
        if (!ok) count(tally.reasons, reason);
        if (sandbox !== "") count(tally.sandboxes, sandbox);
        const of = (tally.generators[generator] ??= {ok: 0, no: 0});
        of[ok ? "ok" : "no"]++;
        if (label === null) continue;
        tally.labels[label ? (ok ? "rightAccepted" : "rightRefused") : ok ? "wrongAccepted" : "wrongRefused"]++;
        if (label !== ok && tally.differ.length < 20) tally.differ.push(name === "" ? at : name);
      }
      for (const [id, more] of Object.entries(usage)) open(id).usage = addUsage(open(id).usage ?? undefined, more);
      for (const {verifier, mutants} of observations) {
        const tally = open(verifier);
        if (mutants === undefined) continue;
        const counted = mutants.filter(({state}) => state !== "equivalent" && state !== "error");
        tally.equivalent += mutants.filter(({state}) => state === "equivalent").length;
        const killed = counted.filter(({state}) => state !== "survived");
        tally.mutants.add(killed.length, counted.length);
        for (const operator of new Set(counted.map((one) => one.operator))) {
          if (!tally.operators.has(operator)) tally.operators.set(operator, createClusteredProportion());
          const of = (list: typeof counted) => list.filter((one) => one.operator === operator).length;
          tally.operators.get(operator)!.add(of(killed), of(counted));
        }
      }
    },
    result() {
      return Object.fromEntries([...tallies].map(([id, tally]) => [id, closed(tally)]));
    }
  };
}

interface Open extends Pick<VerifierTally, "ok" | "no" | "reasons" | "sandboxes" | "generators" | "usage"> {
  labels: Record<"rightAccepted" | "rightRefused" | "wrongAccepted" | "wrongRefused", number>;
  differ: string[];
  mutants: ReturnType<typeof createClusteredProportion>;
  operators: Map<string, ReturnType<typeof createClusteredProportion>>;
  equivalent: number;
}

function empty(): Open {
  return {
    ok: 0,
    no: 0,
    reasons: {},
    sandboxes: {},
    generators: {},
    usage: null,
    labels: {rightAccepted: 0, rightRefused: 0, wrongAccepted: 0, wrongRefused: 0},
    differ: [],
    mutants: createClusteredProportion(),
    operators: new Map(),
    equivalent: 0
  };
}

function closed({labels, differ, mutants, operators, equivalent, ...rest}: Open): VerifierTally {
  const right = labels.rightAccepted + labels.rightRefused;
  const wrong = labels.wrongAccepted + labels.wrongRefused;
  const share = (n: number, of: number) => ({of, n, interval: of === 0 ? null : clopperPearson(n, of)});
  const all = mutants.result();
  return {
    ...rest,
    labels:
      right + wrong === 0
        ? null
        : {
            of: right + wrong,
            agree: labels.rightAccepted + labels.wrongRefused,
            sensitivity: share(labels.rightAccepted, right),
            specificity: share(labels.wrongRefused, wrong),
            differ
          },
    mutants:
      all.trials + equivalent === 0
        ? null
        : {
            all,
            operators: Object.fromEntries([...operators].map(([name, one]) => [name, one.result()]).sort()),
            equivalent
          }
  };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
