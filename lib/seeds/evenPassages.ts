import {sentenceEnds} from "../text/sentences.js";

/**
 * Cuts a document into passages of about equal length at the ends of sentences, without loss but for white space between
 * passages. Each cut is the sentence end nearest to an even share of what remains; where no sentence ends within half a
 * passage of it (tables, lists), the cut is at the last space before it.
 *
 * @param options.target length aimed at, in UTF-16 code units; most passages come out within a fifth of it
 */
export function evenPassages(text: string, {target = 1500} = {}): string[] {
  if (!(target >= 1)) throw new RangeError(`expected a target length of at least 1, got ${target}`);
  const ends = sentenceEnds(text);
  const out: string[] = [];
  let start = 0;
  let next = 0;
  while (start < text.length) {
    const remaining = text.length - start;
    const parts = Math.max(1, Math.round(remaining / target));
    let cut = text.length;
    if (parts > 1) {
      const aim = start + remaining / parts;
      while (next + 1 < ends.length && Math.abs(ends[next + 1] - aim) <= Math.abs(ends[next] - aim)) next++;
      cut = Math.abs(ends[next] - aim) <= target / 2 && ends[next] > start ? ends[next] : spaceBefore(text, start, aim);
    }
    const passage = text.slice(start, cut).trim();
    if (passage !== "") out.push(passage);
    start = cut;
  }
  return out;
}

function spaceBefore(text: string, start: number, aim: number): number {
  const space = text.lastIndexOf(" ", Math.floor(aim));
  return space > start ? space : Math.floor(aim);
}
