import {createClusteredProportion} from "../../stats/clusteredProportion.js";
import {findPii} from "./findPii.js";
import {piiTypes, type PiiSpan, type PiiType} from "./piiSpan.js";

/** What a person marked in a text; "PLACE" is a city or a country, which may be part of an address. */
export interface TruthSpan {
  start: number;
  end: number;
  type: PiiType | "PLACE";
}

export interface MarkedText {
  text: string;
  spans: readonly TruthSpan[];
  /** texts that go together (made from one template): their errors are not independent; each text on its own without it */
  cluster?: string;
}

/** A share with its interval; null where there was nothing to take it of. */
export interface Measured {
  value: number | null;
  interval: [number, number] | null;
}

export interface PiiMeasure {
  type: PiiType;
  /** marked spans, and how many of them were found */
  marked: number;
  recalled: number;
  /** finds, and how many of them are right */
  found: number;
  right: number;
  precision: Measured;
  recall: Measured;
  f1: Measured;
}

/**
 * Precision, recall and F1 of finding personal data, by type, on texts that people marked.
 *
 * @param options.match "half": a marked span is found where finds of its type cover half of it, a find is right where
 *   marked spans of its type do (one address that is marked in pieces, or pieces that are marked as one, count; places
 *   within an address count as it); "exact": both ends must agree
 * @param options.level of the intervals, in (0, 1)
 * @throws RangeError where a marked span is not within its text
 * Intervals: see clusteredProportion; F1 is (recalled + right) / (marked + found), a ratio of sums over clusters too. Where
 * all is right in every cluster, the interval is the one for as many trials as there are clusters.
 */
export function measurePii(
  texts: Iterable<MarkedText>,
  {
    match = "half",
    level = 0.95,
    find = findPii
  }: {match?: "half" | "exact"; level?: number; find?: (text: string) => readonly PiiSpan[]} = {}
): PiiMeasure[] {
  const clusters = new Map<string, Map<PiiType, Counts>>();
  let number = 0;
  for (const {text, spans, cluster} of texts) {
    for (const {start, end} of spans)
      if (!(start >= 0 && end > start && end <= text.length))
        throw new RangeError(`text ${number}: expected a span within [0, ${text.length}], got [${start}, ${end})`);
    const name = cluster === undefined ? `text ${number}` : `cluster ${cluster}`;
    let counts = clusters.get(name);
    if (counts === undefined) clusters.set(name, (counts = new Map()));
    count(counts, spans, find(text), match);
    number++;
  }
  return piiTypes.map((type) => {
    const total = {marked: 0, recalled: 0, found: 0, right: 0};
    const shares = {
      precision: createClusteredProportion(level),
      recall: createClusteredProportion(level),
      f1: createClusteredProportion(level)
    };
    for (const counts of clusters.values()) {
      const c = counts.get(type);
      if (c === undefined) continue;
      for (const key of ["marked", "recalled", "found", "right"] as const) total[key] += c[key];
      shares.precision.add(c.right, c.found);
      shares.recall.add(c.recalled, c.marked);
      shares.f1.add(c.recalled + c.right, c.marked + c.found);
    }
    const measured = (share: ReturnType<typeof createClusteredProportion>): Measured => {
      const {proportion, interval} = share.result();
      return {value: proportion, interval};
    };
    return {
      ...{type, ...total},
      precision: measured(shares.precision),
      recall: measured(shares.recall),
      f1: measured(shares.f1)
    };
  });
}

type Counts = Record<"marked" | "recalled" | "found" | "right", number>;

function count(
  counts: Map<PiiType, Counts>,
  marked: readonly TruthSpan[],
  found: readonly PiiSpan[],
  match: "half" | "exact"
): void {
  const of = (type: PiiType) => {
    let c = counts.get(type);
    if (c === undefined) counts.set(type, (c = {marked: 0, recalled: 0, found: 0, right: 0}));
    return c;
  };
  const hit = (span: Extent, others: readonly Extent[]) =>
    match === "exact"
      ? others.some(({start, end}) => start === span.start && end === span.end)
      : 2 * covered(span, others) >= span.end - span.start;
  for (const span of marked) {
    if (span.type === "PLACE") continue;
    const c = of(span.type);
    c.marked++;
    if (
      hit(
        span,
        found.filter(({type}) => type === span.type)
      )
    )
      c.recalled++;
  }
  for (const span of found) {
    const c = of(span.type);
    c.found++;
    const same = marked.filter(
      ({type}) => type === span.type || (match === "half" && type === "PLACE" && span.type === "ADDRESS")
    );
    if (hit(span, same)) c.right++;
  }
}

interface Extent {
  start: number;
  end: number;
}

/** Units of a span that others cover, each counted once. */
function covered(span: Extent, others: readonly Extent[]): number {
  let [units, last] = [0, span.start];
  for (const {start, end} of [...others].sort((a, b) => a.start - b.start)) {
    const [from, to] = [Math.max(start, last), Math.min(end, span.end)];
    if (to > from) {
      units += to - from;
      last = to;
    }
  }
  return units;
}
