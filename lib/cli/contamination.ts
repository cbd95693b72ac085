import {readFile} from "node:fs/promises";
import {leastCosine} from "../curate/contamination/benchmarkIndex.js";
import {gramSizes} from "../curate/contamination/ngramIndex.js";
import {createPairJudge} from "../curate/contamination/pairJudge.js";
import {createChat} from "../endpoints/chat.js";
import {progress} from "../io/progress.js";
import {contamination, type Contamination} from "../run/contamination.js";
import {registerBenchmark} from "../run/contaminationHashes.js";
import {integer, Misuse, parse, type Command} from "./command.js";
import {table} from "./table.js";

/** `ballast contamination`: what of benchmarks is in data. */
export const command: Command = {
  usage:
    "IN… --against FILE [--against FILE…] [--text COLUMN] [--against-text COLUMN] [--against-answer COLUMN] [--against-id COLUMN] [--ngrams 13,10,8] [--cosine 0.38] [--idf 0.8] [--judge URL --model NAME] [--block METHOD[,METHOD]] [--key FILE] [--workers N] [--out DIR] [--json] | --register OUT.jsonl --against FILE… [--key FILE]",
  summary:
    "Finds benchmark items in data (Parquet or JSONL, .gz too): copies by n-grams, questions too short for these as a whole text, line or sentence, altered copies by weighted words, and nominates rephrases by TF-IDF. --judge puts what idf and tfidf nominate to a model over an OpenAI-compatible endpoint (key in JUDGE_API_KEY; passages and items are sent there); --block takes out documents with a trace by these methods, of idf and tfidf not those that the judge calls different, but those it could not judge. --register writes a benchmark as hashes only.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        against: {type: "string", multiple: true},
        text: {type: "string", default: "text"},
        "against-text": {type: "string"},
        "against-answer": {type: "string"},
        "against-id": {type: "string"},
        ngrams: {type: "string", default: gramSizes.join(",")},
        cosine: {type: "string", default: String(leastCosine)},
        idf: {type: "string", default: "0.8"},
        judge: {type: "string"},
        model: {type: "string"},
        block: {type: "string", default: ""},
        workers: {type: "string"},
        key: {type: "string"},
        register: {type: "string"},
        out: {type: "string"},
        json: {type: "boolean", default: false}
      },
      {least: 0, most: Infinity}
    );
    if (values.against === undefined) throw new Misuse("--against: expected a file of held-out texts, got nothing");
    const sizes = values.ngrams.split(",").map((size) => integer("--ngrams", size, {min: 3, max: 1000}));
    const key = values.key === undefined ? "" : (await readFile(values.key, "utf8")).trim();
    if (values.key !== undefined && key === "") throw new Misuse(`--key: expected a file with a key, got an empty one`);
    const {judge, model} = values;
    if ((judge === undefined) !== (model === undefined))
      throw new Misuse("expected --judge and --model together, got one of them");
    if (judge !== undefined && !/^https?:\/\//.test(judge))
      throw new Misuse(`--judge: expected an http(s) address, got ${JSON.stringify(judge)}`);
    const columns = {
      question: values["against-text"],
      answer: values["against-answer"],
      id: values["against-id"]
    };
    if (values.register !== undefined) {
      if (positionals.length > 0) throw new Misuse("--register: expected no data beside --against, got some");
      const written = await registerBenchmark(values.against, values.register, {sizes, key, columns});
      process.stdout.write(
        values.json
          ? `${JSON.stringify(written)}\n`
          : `${written.items} items as hashes of ${sizes.join(", ")} words${key === "" ? ", without a key: who guesses a text can confirm it" : ", keyed"}; ` +
              `${written.tooShort} are shorter than all of these and cannot be found\n`
      );
      return 0;
    }
    if (positionals.length === 0) throw new Misuse("expected at least 1 argument, got 0");
    const bar = progress("contamination: documents", null);
    const found = await contamination(positionals, values.against, {
      ...{text: values.text, columns, key, sizes, out: values.out ?? null},
      cosine: share("--cosine", values.cosine),
      idf: {threshold: share("--idf", values.idf)},
      workers: values.workers === undefined ? undefined : integer("--workers", values.workers, {min: 1, max: 256}),
      judge:
        judge === undefined
          ? null
          : createPairJudge(createChat({url: judge, model: model!, key: process.env.JUDGE_API_KEY})),
      block: values.block.split(",").filter((method) => method !== ""),
      progress: (documents) => bar.update(documents)
    });
    bar.end();
    if (found.sealed > 0)
      process.stderr.write(
        `${found.sealed} of ${found.items} items are known by their hashes alone: copies of them are looked for, altered copies (idf) and rephrases (tfidf) cannot be\n`
      );
    process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : inWords(found, values.out));
    return 0;
  }
};

function share(flag: string, value: string): number {
  const number = Number(value);
  if (value.trim() !== "" && number > 0 && number <= 1) return number;
  throw new Misuse(`${flag}: expected a number in (0, 1], got ${JSON.stringify(value)}`);
}

function judgedInWords({pairs, same, different, notJudged}: NonNullable<Contamination["judged"]>): string {
  const left = Object.entries(notJudged).map(([reason, n]) => `${n} not judged: ${reason}\n`);
  return `the judge calls ${same} of ${pairs} nominated pairs the same, ${different} different\n${left.join("")}`;
}

function inWords(
  {benchmarks, documents, contaminated, blocked, tooShort, judged}: Contamination,
  out?: string
): string {
  const percent = (value: number | null): string => (value === null ? "–" : `${(100 * value).toPrecision(3)} %`);
  const rows = benchmarks.flatMap(({benchmark, methods}) =>
    methods.map(({method, items, of, questions, documents: hit, share, interval}) => [
      benchmark,
      method,
      of === 0 ? "not looked for" : `${items} of ${of}`,
      String(questions),
      String(hit),
      percent(share),
      interval === null ? "–" : `${percent(interval[0])} to ${percent(interval[1])}`
    ])
  );
  const short = Object.entries(tooShort).filter(([, n]) => n > 0);
  return (
    table([["benchmark", "method", "items", "their questions", "documents", "share", "95 %"], ...rows]) +
    `${contaminated} of ${documents} documents hold a copy, altered or not${blocked === null ? "" : `; ${blocked} taken out`}\n` +
    (judged === null ? "" : judgedInWords(judged)) +
    (short.length === 0 ? "" : `too short to be found: ${short.map(([m, n]) => `${n} items by ${m}`).join(", ")}\n`) +
    (out === undefined ? "" : `see ${out}\n`)
  );
}
