import {sentenceEnds} from "../../text/sentences.js";

/** Where a line begins something new, rather than going on with the sentence above: a bullet, a number, "Plan:". */
const freshLine = /\n(?=[ \t]*(?:[-*•#|>]|\d+[.)]\s|\p{Lu}[^\n:.?!]{0,40}:\s))/u;

/**
 * The sentences of a text one by one, each a claim to be judged: without surrounding white space, inner runs of it folded
 * to one space. List items and labelled lines count as sentences; what holds neither letter nor digit is left out.
 */
export function claimsOf(text: string): string[] {
  return text.split(freshLine).flatMap((part) => {
    let start = 0;
    return sentenceEnds(part).flatMap((end) => {
      const claim = part.slice(start, end).replace(/\s+/g, " ").trim();
      start = end;
      return /[\p{L}\p{N}]/u.test(claim) ? [claim] : [];
    });
  });
}
