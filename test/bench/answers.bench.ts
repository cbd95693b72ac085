import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {answerKey} from "../../lib/endpoints/answerRecord.js";
import {createRandom} from "../../lib/text/random.js";
import type {ChatAnswer, ChatRequest} from "../../lib/schema/chat.js";
import type {BenchRow} from "./row.js";

const answers = 100_000;
/** Puts under way at once, as of a run with many requests in flight. */
const together = 1000;

/** A request of about 1 KB and an answer of 1 to 4 KB, cut from a long text. */
function made(n: number, prose: string): {request: ChatRequest; answer: ChatAnswer} {
  const text = (bytes: number, at: number) =>
    prose.slice(at % (prose.length - bytes), bytes + (at % (prose.length - bytes)));
  return {
    request: {
      ...{model: "stand-in", weights: "none-api", temperature: 0, topP: null, maxTokens: 1024, stop: [], sample: n},
      messages: [
        {role: "system", content: "You write questions that a document answers."},
        {role: "user", content: text(1000, 31 * n)}
      ],
      schema: null
    },
    answer: {
      ...{text: text(1000 + ((n * 7919) % 3000), 17 * n), refusal: null, finish: "stop", model: "stand-in"},
      ...{fingerprint: null, usage: {input: 300, output: 900, cached: 0}}
    }
  };
}

export async function bench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "ballast-answers-bench-"));
  const prose = Array.from({length: 20_000}, (_, i) => ((i * 7919) % 20_011).toString(36)).join(" ");
  const keys: string[] = [];
  try {
    const writer = await openAnswers(folder);
    let putting = 0;
    for (let n = 0; n < answers; n += together) {
      const some = Array.from({length: together}, (_, i) => made(n + i, prose));
      for (const {request} of some) keys.push(answerKey(request));
      const start = performance.now();
      await Promise.all(some.map(({request, answer}, i) => writer.put(keys[n + i], request, answer)));
      putting += performance.now() - start;
    }
    await writer.close();

    const start = performance.now();
    const cache = await openAnswers(folder);
    const opening = performance.now() - start;
    let found = 0;
    for (const key of keys) if (cache.get(key) !== null) found++;
    const all = performance.now() - start;
    if (found !== answers) throw new RangeError(`expected ${answers} answers, got ${found}`);
    const order = createRandom("answers bench", "order");
    const lookups = process.cpuUsage();
    for (let i = 0; i < answers; i++) cache.get(keys[order.int(answers)]);
    const {user, system} = process.cpuUsage(lookups);
    await cache.close();
    return [
      {
        name: "Answers: lookups in random order among 100,000 of 1 to 4 KB, each checked against its checksum and shape",
        value: (1e6 * answers) / (user + system),
        unit: "answers/s",
        limit: {value: 20_000, sense: ">="},
        note: "by CPU time, of reads from the disk's cache too"
      },
      {
        name: "Answers: opening a folder of 100,000 and looking all of them up",
        value: all / 1000,
        unit: "s",
        limit: {value: 10, sense: "<="},
        note: `${(opening / 1000).toPrecision(2)} s of it to open: every checksum is verified`
      },
      {
        name: "Answers: stored, 1,000 at once",
        value: (1000 * answers) / putting,
        unit: "answers/s",
        note: "a put resolves when it would outlive kill −9"
      }
    ];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
