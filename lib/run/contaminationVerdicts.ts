import type {BenchmarkItem} from "../curate/contamination/benchmarkItem.js";
import type {Trace} from "../curate/contamination/benchmarkScan.js";
import type {Judge, Judgement} from "../curate/contamination/pairJudge.js";
import type {ScannedRow} from "./contaminationScan.js";

/** Pairs that were put to a judge, and what became of them; the counts add up to `pairs`. */
export interface VerdictCount {
  pairs: number;
  same: number;
  different: number;
  /** by reason */
  notJudged: Record<string, number>;
}

/** Methods that nominate, and do not prove. */
const nominating = ["idf", "tfidf"];
/** UTF-16 units of a document around what was found that a judge gets to read. */
const around = 500;
/** Different reasons that are listed. */
const reasons = 20;

/** Puts the nominated pairs of documents to a judge, each pair of a document and an item once, and counts. */
export function createVerdicts(
  judge: Judge,
  items: readonly BenchmarkItem[]
): {
  /** by row and trace, only of methods that nominate */
  ofRows(rows: readonly ScannedRow[]): Promise<Map<Trace, Judgement>[]>;
  count(): VerdictCount;
} {
  const count: VerdictCount = {pairs: 0, same: 0, different: 0, notJudged: {}};

  async function ofRow({text, traces}: ScannedRow): Promise<Map<Trace, Judgement>> {
    const out = new Map<Trace, Judgement>();
    const asked = new Map<number, Trace[]>();
    for (const trace of traces) {
      if (!nominating.includes(trace.method)) continue;
      const same = asked.get(trace.number);
      if (same === undefined) asked.set(trace.number, [trace]);
      else same.push(trace);
    }
    for (const [number, own] of asked) {
      const start = Math.max(0, Math.min(...own.map((trace) => trace.start)) - around);
      const end = Math.max(...own.map((trace) => trace.end)) + around;
      const judgement = await judge({text: text.slice(start, end), item: items[number]});
      count.pairs++;
      if (judgement.verdict === "not judged") {
        const listed = judgement.detail in count.notJudged || Object.keys(count.notJudged).length < reasons;
        const reason = listed ? judgement.detail : "another reason, see the pair's row";
        count.notJudged[reason] = (count.notJudged[reason] ?? 0) + 1;
      } else count[judgement.verdict]++;
      for (const trace of own) out.set(trace, judgement);
    }
    return out;
  }

  return {
    ofRows: (rows) => Promise.all(rows.map(ofRow)),
    count: () => ({
      ...count,
      notJudged: Object.fromEntries(Object.entries(count.notJudged).sort(([a], [b]) => (a < b ? -1 : 1)))
    })
  };
}
