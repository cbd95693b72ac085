import {traceDocuments, type ContaminationFigures} from "../../lib/run/leakageContamination.js";
import {readBenchmarks} from "../../lib/run/contaminationItems.js";
import {readPlacedTexts} from "../../lib/run/privacyTexts.js";
import {publicPath} from "./publicPath.js";

/** A public set looked through for a benchmark. */
interface MeasuredPair extends ContaminationFigures {
  set: string;
  against: string;
  /** pairs by line of both files, those that share most first: no text */
  pairs: {document: string; item: string; method: string; grams: number; score: number}[];
  pairsOf: number;
}

const pairs = [
  {
    ...{set: "GSM8K train", documents: ["gsm8k", "train.jsonl", "question"]},
    ...{against: "GSM8K test", items: ["gsm8k", "test.jsonl"]}
  },
  {
    ...{set: "MBPP", documents: ["mbpp", "mbpp.jsonl", "text"]},
    ...{against: "HumanEval", items: ["humaneval", "HumanEval.jsonl.gz"]}
  },
  {
    ...{set: "GSM8K train", documents: ["gsm8k", "train.jsonl", "question"]},
    ...{against: "MMLU test, 1 of 6 parts", items: ["mmlu", "mmlu_test-1.jsonl.gz"]}
  }
];

/** Pairs of lines that are told. */
const told = 40;

/** How much of public benchmarks is in public training sets. */
export async function measureContamination(): Promise<MeasuredPair[]> {
  const measured: MeasuredPair[] = [];
  for (const {set, documents, against, items: of} of pairs) {
    const {items: read} = await readBenchmarks([publicPath(of[0], of[1])]);
    const items = read.map((item) => ({...item, benchmark: against}));
    const found: MeasuredPair["pairs"] = [];
    const figures = await traceDocuments(
      items,
      readPlacedTexts([publicPath(documents[0], documents[1])], documents[2]),
      ({at, number, traces: [{method, grams, score}]}) =>
        found.push({document: line(at), item: line(items[number].id), method, grams, score})
    );
    const order = ["ngram-13", "ngram-10", "ngram-8", "whole", "idf", "tfidf"];
    found.sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method) || b.grams - a.grams || b.score - a.score);
    measured.push({set, against, ...figures, pairs: found.slice(0, told), pairsOf: found.length});
    process.stderr.write(`${set} against ${against}: ${figures.contaminated} of ${figures.documents}\n`);
  }
  return measured;
}

/** A file and line without the folder it lies in here. */
function line(at: string): string {
  return at.slice(at.lastIndexOf("/") + 1);
}
