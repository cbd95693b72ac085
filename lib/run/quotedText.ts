import {findQuote, quotable} from "../text/findQuote.js";
import {whole} from "./leakageExcerpt.js";

/** A stretch of a text with the numbers of the quotes that hold it, or how many UTF-16 units are left out here. */
export type QuotedPart = {text: string; quotes: number[]} | {left: number};

/** UTF-16 units of a text that are shown whole, of its beginning else, and of a quote and what stands on either side. */
const short = 2400;
const opening = 400;
const longest = 600;
const around = 200;

/**
 * A text in stretches, each with the quotes that it belongs to: whole where it is short, else its opening and what stands
 * around each quote. A quote is marked where it first stands; one that is not there marks nothing.
 */
export function quotedText(raw: string, quotes: readonly string[]): QuotedPart[] {
  const within = quotable(raw);
  const {text} = within;
  const places = quotes.map((quote): [number, number] | null => {
    const found = findQuote(within, quote, {least: 1});
    return "quote" in found ? [found.start, found.end] : null;
  });
  const windows =
    text.length <= short
      ? [[0, text.length]]
      : [
          [0, opening],
          ...places.flatMap((place) => (place === null ? [] : [[place[0] - around, shownEnd(place) + around]]))
        ];
  const parts: QuotedPart[] = [];
  let at = 0;
  for (const [from, to] of merged(
    windows.map(([from, to]) => [whole(text, Math.max(0, from)), whole(text, Math.min(text.length, to))])
  )) {
    if (from > at) parts.push({left: from - at});
    const ends = places.flatMap((place) => (place === null ? [] : place)).filter((end) => end > from && end < to);
    const cuts = [...new Set([from, ...ends, to])].sort((a, b) => a - b);
    for (const [i, cut] of cuts.slice(1).entries())
      parts.push({
        text: text.slice(cuts[i], cut),
        quotes: places.flatMap((place, k) => (place !== null && place[0] <= cuts[i] && cut <= place[1] ? [k] : []))
      });
    at = to;
  }
  return at < text.length ? [...parts, {left: text.length - at}] : parts;
}

function shownEnd([start, end]: readonly [number, number]): number {
  return Math.min(end, start + longest);
}

/** Stretches in order, those that touch made one. */
function merged(windows: readonly (readonly number[])[]): [number, number][] {
  const out: [number, number][] = [];
  for (const [from, to] of windows.toSorted(([a], [b]) => a - b)) {
    const last = out.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
