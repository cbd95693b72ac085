import type {Sample} from "../schema/sample.js";
import type {Seed} from "../schema/seed.js";
import {tiers} from "../schema/tier.js";

/** Why a sample is refused: a slug and words for a person. */
export interface Refusal {
  reason: string;
  detail: string;
}

/**
 * What is wrong with the copied spans of a sample, or null. Every span must be a true copy of its seed's text; spans of a
 * T0 or T1 ceiling must come from people (no simulator's state), and a T0 ceiling needs one span over the whole text.
 *
 * @param seed the training seed of a sha256, undefined where there is none
 */
export function checkSpans(
  {text, spans, ceiling}: Pick<Sample, "text" | "spans" | "ceiling">,
  seed: (sha256: string) => Pick<Seed, "text" | "kind"> | undefined
): Refusal | null {
  let last = 0;
  for (const [i, {start, end, seed: sha256, from}] of spans.entries()) {
    const no = (detail: string): Refusal => ({reason: "span-mismatch", detail: `spans[${i}]: ${detail}`});
    if (!(start >= last && end > start && end <= text.length))
      return no(`expected a range in order within [0, ${text.length}], got [${start}, ${end}) after ${last}`);
    last = end;
    const source = seed(sha256);
    if (source === undefined) return no(`expected a training seed, got unknown ${sha256}`);
    if (tiers.indexOf(ceiling) <= 1 && source.kind === "simulator")
      return no(`expected a seed written by people under ceiling ${ceiling}, got kind simulator`);
    const length = end - start;
    if (from < 0 || from + length > source.text.length || !equalAt(text, start, source.text, from, length))
      return no(`expected a copy of the seed from ${from}: ${excerpt(source.text, from)}, got ${excerpt(text, start)}`);
  }
  if (ceiling === "T0" && !(spans.length === 1 && spans[0].start === 0 && spans[0].end === text.length))
    return {reason: "span-mismatch", detail: "expected one span over the whole text under ceiling T0"};
  return null;
}

function equalAt(a: string, i: number, b: string, j: number, length: number): boolean {
  return a.slice(i, i + length) === b.slice(j, j + length);
}

function excerpt(text: string, from: number): string {
  return JSON.stringify(text.slice(from, from + 40));
}
