import type {Mix} from "./mixes.js";

/** Mixes that candidates are compared on, of too many. */
const compared = 2000;

/** Every so many of the mixes, which are sorted. */
export function thinned(mixes: readonly Mix[], notes: string[]): readonly Mix[] {
  const step = Math.ceil(mixes.length / compared);
  const kept = mixes.filter((_, g) => g % step === 0);
  notes.push(
    `${mixes.length} distinct points: the laws were compared on ${kept.length} of them, evenly spread, and the chosen one was fitted to all`
  );
  return kept;
}
