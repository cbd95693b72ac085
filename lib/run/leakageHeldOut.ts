import type {BenchmarkItem} from "../curate/contamination/benchmarkItem.js";
import {placedWords} from "../curate/contamination/placedWords.js";
import {bestOf} from "./bestOf.js";
import {traceDocuments, type ContaminationFigures, type TracedPair} from "./leakageContamination.js";
import {excerptOf, type Excerpt} from "./leakageExcerpt.js";
import {openTexts, type Looked} from "./leakageTexts.js";

/** A sample beside a held-out text that it has something of. */
export interface ShownPair {
  sample: string;
  generator: string;
  tier: string;
  benchmark: string;
  item: string;
  methods: {method: string; grams: number; score: number}[];
  /** null where text may not be published */
  text: Excerpt | null;
  heldOut: Excerpt | null;
}

/** What a data set's samples have of its own held-out texts. */
export interface HeldOutTraces extends ContaminationFigures {
  heldOut: Looked;
  pairs: ShownPair[];
  /** pairs that were found */
  pairsOf: number;
}

/** Characters of held-out texts that are indexed: about 100 bytes of memory each. */
const mostHeldOut = 10_000_000;

/** Pairs that a page holds at most: the surest first. */
const mostPairs = 120;

/** Looks for a data set's held-out texts in its samples; the held-out texts of one source are one benchmark. */
export async function heldOutTraces(
  path: string,
  samples: () => AsyncIterable<{at: string; text: string; generator: string; tier: string}>,
  {text: published}: {text: boolean}
): Promise<HeldOutTraces> {
  const heldOut = await openTexts([path], {
    ...{columns: "sha256, source, split", key: "sha256", most: mostHeldOut},
    where: "kind <> 'simulator'"
  });
  try {
    const items: BenchmarkItem[] = [];
    for await (const {sha256, source, split, text} of heldOut.rows() as AsyncGenerator<Record<string, string>>)
      items.push({benchmark: `${source}, ${split}`, id: sha256.slice(0, 16), question: text, answers: [], passage: ""});
    let current = {generator: "", tier: ""};
    async function* documents() {
      for await (const sample of samples()) {
        current = sample;
        yield sample;
      }
    }
    const best = bestOf<ShownPair>(mostPairs, surest);
    let pairsOf = 0;
    const figures = await traceDocuments(items, documents(), (pair) => {
      pairsOf++;
      best.add(shown(pair, items[pair.number], current, published));
    });
    const {of, looked} = heldOut;
    return {...figures, heldOut: {of, looked}, pairs: best.list(), pairsOf};
  } finally {
    heldOut.close();
  }
}

function shown(
  {at, text, traces}: TracedPair,
  {benchmark, id, question}: BenchmarkItem,
  {generator, tier}: {generator: string; tier: string},
  published: boolean
): ShownPair {
  const [{start, end}] = traces;
  return {
    ...{sample: at, generator, tier, benchmark, item: id},
    methods: traces.map(({method, grams, score}) => ({method, grams, score})),
    text: published ? excerptOf(text, start, end) : null,
    heldOut: published ? excerptOf(question, ...placeOf(text.slice(start, end), question)) : null
  };
}

/** Where in a text the words of a stretch stand, or the beginning of it where no four of them do in a row. */
function placeOf(stretch: string, text: string): [number, number] {
  const asked = placedWords(stretch).words;
  const {words, starts, ends} = placedWords(text);
  const size = Math.min(4, asked.length);
  const key = (list: readonly string[], at: number) => list.slice(at, at + size).join(" ");
  const known = new Map<string, number>();
  for (let i = words.length - size; i >= 0; i--) known.set(key(words, i), i);
  for (let i = 0; i + size <= asked.length && size > 0; i++) {
    const at = known.get(key(asked, i));
    if (at !== undefined) return [starts[at], ends[Math.min(words.length, at + asked.length - i) - 1]];
  }
  return [0, Math.min(text.length, 400)];
}

/** Methods by how sure they are: longer runs of words, a short question as a whole, weighted words, a nomination. */
const others = ["whole", "idf", "tfidf"];
const order = (method: string) => (method.startsWith("ngram-") ? -Number(method.slice(6)) : others.indexOf(method));

function surest(a: ShownPair, b: ShownPair): number {
  const [x, y] = [a.methods[0], b.methods[0]];
  return order(x.method) - order(y.method) || y.grams - x.grams || y.score - x.score;
}
