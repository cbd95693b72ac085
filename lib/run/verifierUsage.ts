import type {Usage} from "../verify/sandbox/program.js";
import type {Verifier} from "../verify/verifier.js";

/** What verifiers took, by id; volatile, so never part of a data set. */
export type VerifierUsage = Record<string, Usage>;

/** Two usages together: times and programs add up, memory is the larger. */
export function addUsage(a: Usage | undefined, b: Usage): Usage {
  if (a === undefined) return b;
  return {
    wall: a.wall + b.wall,
    cpu: a.cpu + b.cpu,
    memory: Math.max(a.memory, b.memory),
    programs: a.programs + b.programs
  };
}

/** Adds what a part of the work took to the whole. */
export function addUsages(whole: VerifierUsage, part: VerifierUsage): void {
  for (const [id, usage] of Object.entries(part)) whole[id] = addUsage(whole[id], usage);
}

/**
 * The same verifier, which also tells what it took: what it observed of the programs it ran, or, where it ran none, the
 * time of the call as one program.
 *
 * @param now milliseconds, from anywhere
 */
export function metered(verifier: Verifier, now: () => number, add: (id: string, usage: Usage) => void): Verifier {
  return {
    ...verifier,
    async verify(sample, context) {
      let told = false;
      const start = now();
      const word = await verifier.verify(sample, {
        ...context,
        observe(observation) {
          if (observation.usage !== undefined) {
            told = true;
            add(verifier.id, observation.usage);
          }
          context.observe?.(observation);
        }
      });
      if (!told) add(verifier.id, {wall: now() - start, cpu: 0, memory: 0, programs: 1});
      return word;
    }
  };
}
