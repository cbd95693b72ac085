import {createWriteStream} from "node:fs";
import {mkdtemp, rm} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join} from "node:path";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {contamination} from "../../lib/run/contamination.js";
import {readBenchmarks} from "../../lib/run/contaminationItems.js";
import {SeedSource} from "../../lib/schema/recipe.js";
import {sotu} from "../../lib/seeds/sotu.js";
import {createRandom} from "../../lib/text/random.js";
import {hasPublicData, publicFile} from "../publicData.js";
import type {BenchRow} from "./row.js";

const documents = 1_000_000;
const bytes = 500;
/** One document in so many holds a question, so that finding is paid for, and seen. */
const every = 1000;

/** Cuts of 500 bytes at random places of the addresses on the state of the union, as JSONL. */
async function* lines(planted: readonly string[]): AsyncGenerator<string> {
  const spec = SeedSource.parse({id: "sotu", source: "sotu", license: "CC0-1.0", kind: "human", domain: "prose"});
  let prose = "";
  for await (const {text} of sotu.read(spec, {folder: ".", seed: 1})) prose += `${text}\n`;
  const random = createRandom("contamination bench");
  for (let i = 0; i < documents; i++) {
    const at = random.int(prose.length - bytes);
    const text = prose.slice(at, at + bytes);
    const question = i % every === 0 ? `${text.slice(0, bytes / 2)} ${random.pick(planted)}` : text;
    yield `${JSON.stringify({text: question})}\n`;
  }
}

export async function bench(): Promise<BenchRow[]> {
  if (!hasPublicData) return [];
  const against = [1, 2, 3, 4, 5, 6].map((part) => publicFile("mmlu", `mmlu_test-${part}.jsonl.gz`));
  const {items, rows} = await readBenchmarks(against);
  const long = items.map(({question}) => question).filter((question) => question.split(/\s+/).length >= 20);
  const folder = await mkdtemp(join(tmpdir(), "ballast-contamination-"));
  try {
    const path = join(folder, "documents.jsonl");
    await pipeline(Readable.from(lines(long)), createWriteStream(path));
    let peak = 0;
    const before = process.cpuUsage();
    const start = performance.now();
    const found = await contamination([path], against, {
      progress: (done) => {
        if (done % 10_000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
      }
    });
    const seconds = (performance.now() - start) / 1000;
    // Of all threads, as the memory is.
    const {user, system} = process.cpuUsage(before);
    const cpu = (user + system) / 1e6;
    return [
      {
        name: `Contamination: ${documents.toLocaleString("en-US")} documents of ${bytes} bytes against MMLU's ${rows.toLocaleString("en-US")} rows`,
        value: seconds,
        unit: "s",
        note: `${availableParallelism()} cores, ${cpu.toFixed(0)} s of CPU; n-grams, short questions whole, weighted words and nearest item; JSONL in; ${found.contaminated} documents hold a copy, ${documents / every} of them planted, the others quote what MMLU quotes`
      },
      {
        name: "Contamination: a document",
        value: (seconds * 1e6) / documents,
        unit: "µs",
        note: `${((cpu * 1e6) / documents).toFixed(0)} of CPU, reading and the index included; decon's authors report 34 on their own data, by n-grams alone`
      },
      {name: "Contamination: peak memory", value: peak / 2 ** 20, unit: "MB", limit: {value: 2048, sense: "<="}}
    ];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
