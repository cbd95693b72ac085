import type {SpanPieces} from "../dedup/spanPieces.js";
import type {SpanTokens} from "../dedup/spanReader.js";
import type {SpanDocuments} from "./spanRepeats.js";

/** A stretch of a document that equals another, token by token. Places are UTF-16 code units of the texts. */
export interface ProvedSpan {
  document: number;
  /** where its first token begins and where it ends, with the punctuation that follows it */
  start: number;
  end: number;
  tokens: number;
  /** tokens of the shared run that it was found in */
  run: number;
  /** the document and place that it repeats */
  root: number;
  rootStart: number;
  rootEnd: number;
  /** false where the hashes agree and the tokens do not: then it repeats nothing */
  proved: boolean;
}

/** Pieces and tokens that are compared at a time: memory. */
const mostPieces = 65_536;
const mostTokens = 4_000_000;

/**
 * Compares every piece with what it repeats, token by token, and gives both places in characters, in the order of pieces.
 * Texts are read again in batches: each once in a batch, however many pieces lead to it.
 */
export async function* spanProofs(
  documents: SpanDocuments,
  read: (text: string) => SpanTokens,
  {pieces, starts}: {pieces: SpanPieces; starts: Float64Array}
): AsyncGenerator<ProvedSpan[]> {
  for (let from = 0; from < pieces.count;) {
    let to = from;
    for (let held = 0; to < pieces.count && to - from < mostPieces && held < mostTokens; to++)
      held += pieces.tokens[to];
    const spans: ProvedSpan[] = [];
    for (let i = from; i < to; i++) {
      spans.push({
        document: holder(starts, pieces.from[i]),
        start: 0,
        end: 0,
        tokens: pieces.tokens[i],
        run: pieces.run[i],
        root: holder(starts, pieces.root[i]),
        rootStart: 0,
        rootEnd: 0,
        proved: false
      });
    }
    const content = createContent();
    const offsets: number[] = [];
    let next = 0;
    for await (const {position, text} of documents.read([...new Set(spans.map(({document}) => document))])) {
      const tokens = read(text);
      for (; next < spans.length && spans[next].document === position; next++) {
        const first = pieces.from[from + next] - starts[position];
        [spans[next].start, spans[next].end] = placeOf(text, tokens, first, spans[next].tokens);
        offsets.push(content.add(tokens, first, spans[next].tokens));
      }
    }
    const byRoot = spans.map((_, i) => i).sort((a, b) => pieces.root[from + a] - pieces.root[from + b] || a - b);
    next = 0;
    for await (const {position, text} of documents.read([...new Set(byRoot.map((i) => spans[i].root))])) {
      const tokens = read(text);
      for (; next < byRoot.length && spans[byRoot[next]].root === position; next++) {
        const span = spans[byRoot[next]];
        const first = pieces.root[from + byRoot[next]] - starts[position];
        [span.rootStart, span.rootEnd] = placeOf(text, tokens, first, span.tokens);
        span.proved = content.equals(offsets[byRoot[next]], tokens, first, span.tokens);
      }
    }
    yield spans;
    from = to;
  }
}

/** The document that holds a place; empty ones hold none. */
function holder(starts: Float64Array, place: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle] <= place) low = middle;
    else high = middle;
  }
  return low;
}

function placeOf(text: string, tokens: SpanTokens, first: number, count: number): [number, number] {
  const last = first + count - 1;
  const limit = last + 1 < tokens.count ? tokens.starts[last + 1] : text.length;
  let end = Math.max(tokens.starts[first], tokens.ends[last]);
  while (!tokens.tiling && end < limit && !/\s/.test(text[end])) end++;
  return [tokens.starts[first], end];
}

/** Tokens of several stretches, one after another. */
function createContent() {
  let units = new Uint16Array(65_536);
  let ends = new Int32Array(8192);
  let count = 0;
  let filled = 0;
  return {
    add({at, units: own}: SpanTokens, first: number, tokens: number): number {
      const length = at[first + tokens] - at[first];
      if (filled + length > units.length) {
        const larger = new Uint16Array(2 * (filled + length));
        larger.set(units);
        units = larger;
      }
      if (count + tokens >= ends.length) {
        const larger = new Int32Array(2 * (count + tokens) + 2);
        larger.set(ends);
        ends = larger;
      }
      units.set(own.subarray(at[first], at[first + tokens]), filled);
      for (let i = 1; i <= tokens; i++) ends[count + i] = filled + at[first + i] - at[first];
      filled += length;
      count += tokens;
      return count - tokens;
    },
    equals(begin: number, {at, units: other}: SpanTokens, first: number, tokens: number): boolean {
      const shift = ends[begin] - at[first];
      for (let i = 1; i <= tokens; i++) if (ends[begin + i] !== at[first + i] + shift) return false;
      for (let k = at[first]; k < at[first + tokens]; k++) if (units[k + shift] !== other[k]) return false;
      return true;
    }
  };
}
