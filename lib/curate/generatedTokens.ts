import type {Span} from "../schema/sample.js";
import type {Tokenizer} from "../text/tokenizer.js";

/** Shortest copied run that counts, in UTF-16 code units: words picked one by one from a seed make new text, no copy. */
export const shortestCopy = 16;

/**
 * The tokens of a text, and those of them that a generator wrote: every token that does not lie wholly inside one copied
 * span of at least `shortestCopy` code units. A span over the whole text counts however short it is.
 *
 * @param spans in order, not overlapping, offsets in UTF-16 code units; that they are true copies is checkSpans' business
 * @throws RangeError if a span is empty, out of order or outside the text
 */
export function generatedTokens(
  text: string,
  spans: readonly Span[],
  tokenizer: Tokenizer
): {tokens: number; generated: number} {
  const tokens = tokenizer.encode(text);
  const copies = byteRanges(text, spans);
  let generated = 0;
  let start = 0;
  let next = 0;
  for (let i = 0; i < tokens.length; i++) {
    const end = start + tokenizer.byteLength(tokens[i]);
    while (next < copies.length && copies[next][1] < end) next++;
    if (next === copies.length || start < copies[next][0]) generated++;
    start = end;
  }
  return {tokens: tokens.length, generated};
}

/** Spans as ranges of UTF-8 bytes; half a surrogate pair at either end is left outside. */
function byteRanges(text: string, spans: readonly Span[]): [number, number][] {
  const ranges: [number, number][] = [];
  let unit = 0;
  let byte = 0;
  const advance = (to: number) => {
    while (unit < to) {
      const code = text.codePointAt(unit)!;
      const units = code > 0xffff ? 2 : 1;
      if (unit + units > to) break;
      byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      unit += units;
    }
  };
  let last = 0;
  for (const {start, end} of spans) {
    if (!(start >= last && end > start && end <= text.length))
      throw new RangeError(`expected spans in order within [0, ${text.length}], got [${start}, ${end}) after ${last}`);
    last = end;
    advance(start);
    // Where the span starts inside a surrogate pair, `advance` stopped before the pair.
    if (unit < start) advance(start + 1);
    const from = byte;
    advance(end);
    const whole = start === 0 && end === text.length;
    if (byte > from && (whole || end - start >= shortestCopy)) ranges.push([from, byte]);
  }
  return ranges;
}
