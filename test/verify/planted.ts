import type {Evidence, Verifier, VerifyContext} from "../../lib/verify/verifier.js";

/** Clean samples, and errors planted, for a verifier whose samples take long to make: all of them at night. */
export const samples = process.env.BALLAST_NIGHTLY === "1" ? 1000 : 300;

/** What became of clean samples and of the same with an error planted in each. */
export interface Planted {
  /** clean samples refused, as "reason: detail" */
  refused: string[];
  /** texts with a planted error that passed */
  missed: string[];
  caught: number;
  planted: number;
}

/**
 * Asks a verifier about clean samples, and about each with an error planted.
 *
 * @param cases clean samples with what `plant` made of them; null where nothing could be planted
 */
export async function plantErrors(
  verifier: Verifier,
  cases: Iterable<{clean: Evidence; corrupt: Evidence | null}>,
  {context = {corpus: () => []}, lanes = 1}: {context?: VerifyContext; lanes?: number} = {}
): Promise<Planted> {
  const result: Planted = {refused: [], missed: [], caught: 0, planted: 0};
  const left = cases[Symbol.iterator]();
  const lane = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const {clean, corrupt} = next.value;
      const {ok, reason, detail} = await verifier.verify(clean, context);
      if (!ok) result.refused.push(`${reason}: ${detail}`);
      if (corrupt === null) continue;
      result.planted++;
      if ((await verifier.verify(corrupt, context)).ok) result.missed.push(corrupt.text);
      else result.caught++;
    }
  };
  await Promise.all(Array.from({length: lanes}, lane));
  return result;
}
