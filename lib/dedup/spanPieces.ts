/** Stretches of a corpus that repeat earlier ones, disjoint and in order; places count its tokens. */
export interface SpanPieces {
  count: number;
  /** where each begins, and how many tokens it has */
  from: Float64Array;
  tokens: Int32Array;
  /** where the tokens stand that it repeats, which are repeats of nothing */
  root: Float64Array;
  /** tokens of the shared run that it was found in */
  run: Int32Array;
  /**
   * Adds what a document repeats. Documents come in order.
   *
   * @param start the document's place
   * @param sources by window of the document: the place of the first window equal to it, −1 where none lies before it
   *   without overlapping it
   */
  add(start: number, sources: Float64Array): void;
}

/**
 * No pieces, for windows of `size` tokens. Where a repeated stretch itself repeats
 * something, a piece is split so that each part names what is kept: no piece leads to another.
 */
export function createSpanPieces(size: number): SpanPieces {
  const pieces: SpanPieces = {
    count: 0,
    from: new Float64Array(64),
    tokens: new Int32Array(64),
    root: new Float64Array(64),
    run: new Int32Array(64),
    add(start, sources) {
      const repeated = (window: number) => window < sources.length && sources[window] >= 0;
      let covered = 0;
      for (let window = 0; window < sources.length;) {
        if (!repeated(window)) {
          window++;
          continue;
        }
        let last = window;
        while (repeated(last + 1) && sources[last + 1] === sources[last] + 1) last++;
        const begin = Math.max(window, covered);
        covered = last + size;
        push(start + begin, start + covered, sources[window] + begin - window, covered - window);
        // The window that goes furthest without leaving a gap: those between would add less.
        let next = covered;
        while (next > last && !repeated(next)) next--;
        window = next > last ? next : covered + 1;
      }
    }
  };

  /** Adds from…to, equal to what stands at `source`, in parts that name roots. */
  function push(from: number, to: number, source: number, run: number): void {
    while (from < to) {
      const at = after(source) - 1;
      const inside = at >= 0 && source < pieces.from[at] + pieces.tokens[at];
      const until = inside
        ? pieces.from[at] + pieces.tokens[at]
        : at + 1 < pieces.count
          ? Math.min(from, pieces.from[at + 1])
          : from;
      const tokens = Math.min(to - from, until - source);
      append(from, tokens, inside ? pieces.root[at] + source - pieces.from[at] : source, run);
      from += tokens;
      source += tokens;
    }
  }

  function append(from: number, tokens: number, root: number, run: number): void {
    if (pieces.count === pieces.from.length) {
      const length = 2 * pieces.count;
      pieces.from = copied(pieces.from, new Float64Array(length));
      pieces.tokens = copied(pieces.tokens, new Int32Array(length));
      pieces.root = copied(pieces.root, new Float64Array(length));
      pieces.run = copied(pieces.run, new Int32Array(length));
    }
    pieces.from[pieces.count] = from;
    pieces.tokens[pieces.count] = tokens;
    pieces.root[pieces.count] = root;
    pieces.run[pieces.count++] = run;
  }

  /** How many pieces begin at or before a place. */
  function after(place: number): number {
    let low = 0;
    let high = pieces.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (pieces.from[middle] <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return pieces;
}

function copied<T extends Float64Array | Int32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
