import {execFileSync} from "node:child_process";
import {mkdtemp, readdir, rm, writeFile} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join} from "node:path";
import {z} from "zod";
import {openAnswers, type AnswerCache} from "../../lib/endpoints/answerCache.js";
import {endpointFamily} from "../../lib/endpoints/families.js";
import type {LanguageModel, Question} from "../../lib/endpoints/languageModel.js";
import {createModels} from "../../lib/endpoints/models.js";
import {replySchema} from "../../lib/endpoints/replySchema.js";
import {requestKey} from "../../lib/endpoints/requestKey.js";
import {questionAnswer} from "../../lib/generate/questionAnswer.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import {sha256} from "../../lib/io/sha256.js";
import {makeChunk} from "../../lib/run/chunk.js";
import {parseRecipe} from "../../lib/run/recipe.js";
import type {DataCard} from "../../lib/schema/card.js";
import type {Recipe} from "../../lib/schema/recipe.js";
import type {Seed} from "../../lib/schema/seed.js";
import {createRandom, type Random} from "../../lib/text/random.js";
import {criticRelevance} from "../../lib/verify/criticRelevance.js";
import {compiledCommand} from "./peers/compiled.js";
import type {BenchRow} from "./row.js";

/** Each with its facts, one question about them, and three judgements of that. */
const documents = 20_000;
const answersEach = 5;
/** Questions put to one model alone. */
const questions = 20_000;

/** Chunks for which models are asked at once: what a kill finds unfinished. */
const unfinished = 16;

/**
 * A run whose answers are all kept, started again: where a kill left no chunk, the worst case, and where it left all but
 * those under way; and in a new folder, or after a change of the code, where seeds are read anew too.
 */
export async function bench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "ballast-resume-bench-"));
  try {
    const prose = createProse();
    const texts = Array.from({length: documents}, () => prose(createRandom("resume bench", prose.next++), 8));
    await writeFile(join(folder, "notes.jsonl"), texts.map((text) => `${JSON.stringify({text})}\n`).join(""));
    const recipe = parseRecipe(recipeText);
    await writeFile(join(folder, "recipe.yaml"), recipeText);
    const out = join(folder, "out");
    const command = await compiledCommand();
    const kept = await answered(recipe, join(folder, recipe.answers), texts);
    const made = timed(command, folder, out);
    const asked = made.card.models!.asked.reduce((sum, {requests}) => sum + requests, 0);
    if (asked !== documents * answersEach || kept !== asked || made.card.counts.kept < 0.99 * documents)
      throw new RangeError(`expected ${documents * answersEach} answers, got ${asked} of ${kept} kept`);
    const [chunks] = await forget(out);
    const whole = timed(command, folder, out);
    const [lost] = await forget(out, unfinished);
    const resumed = timed(command, folder, out);
    const approximately = Math.round((asked * lost) / chunks / 1000) * 1000;
    const drafts = `${made.card.counts.generated.toLocaleString("en")} drafts by a generator and judged by a panel`;
    return [
      await modelsAlone(join(folder, "alone")),
      {
        name: `Resumed run of ${asked.toLocaleString("en")} kept answers of which no chunk was finished, from its start to the data set`,
        value: whole.seconds,
        unit: "s",
        limit: {value: 10, sense: "<="},
        note: `${drafts}, every answer validated and every draft judged anew; ${availableParallelism()} threads`
      },
      {
        name: "The same where only the chunks under way were not",
        value: resumed.seconds,
        unit: "s",
        note: `${lost} of ${chunks} chunks unfinished: about ${approximately.toLocaleString("en")} answers are used anew`
      },
      {
        name: "The same in a new folder, seeds read anew",
        value: made.seconds,
        unit: "s"
      }
    ];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** `ballast run` in a process of its own, compiled as the published package is. */
function timed(command: string, folder: string, out: string): {card: DataCard; seconds: number} {
  const started = performance.now();
  const args = [command, "run", join(folder, "recipe.yaml"), "--out", out, "--offline", "--json"];
  const stdout = execFileSync(process.execPath, args, {stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 26});
  const seconds = (performance.now() - started) / 1000;
  return {card: (JSON.parse(stdout.toString()) as {card: DataCard}).card, seconds};
}

/** Leaves of a data set what a killed run does: its store, without so many of the chunks; how many of how many they are. */
async function forget(out: string, most = Infinity): Promise<[lost: number, chunks: number]> {
  for (const name of await readdir(out))
    if (name !== ".store") await rm(join(out, name), {recursive: true, force: true});
  const store = join(out, ".store");
  await rm(join(store, "finished"));
  const chunks = (await readdir(store, {recursive: true})).filter((name) =>
    /chunks[/\\][0-9a-f]{64}\.jsonl$/.test(name)
  );
  const lost = chunks.sort().slice(0, most);
  for (const name of lost) await rm(join(store, name));
  return [lost.length, chunks.length];
}

const terms = "output: {train: true, jurisdictions: [EU], terms: apache-2.0}";
const models = ["qwen3-32b", "llama-3.3-70b", "mistral-small", "gemma-3-27b", "phi-4"];

const recipeText = `
name: resumed
license: CC0-1.0
seeds: [{id: notes, source: jsonl, path: notes.jsonl, license: CC0-1.0, kind: human, domain: prose}]
endpoints:
${models.map((model, i) => `  - {id: m${i}, url: "http://127.0.0.1:9/v1", model: ${model}, ${terms}}`).join("\n")}
critics: {judges: [m2, m3, m4]}
generate: [{generator: question-answer, from: notes, teachers: [m0, m1]}]
policy: {question-answer: {promote: [critic-relevance]}}
rules: {anchor: 0}
`;

/** Keeps an answer to each question that the recipe's generator and critic ask about the texts; how many there are. */
async function answered(recipe: Recipe, folder: string, texts: readonly string[]): Promise<number> {
  const cache = await openAnswers(folder);
  const storing: Promise<unknown>[] = [];
  const [a, b, ...judges] = recipe.endpoints.map((endpoint) => {
    const {id, model, weights} = endpoint;
    return {
      ...{id, model, weights, family: endpointFamily(endpoint)},
      write: () => Promise.reject(new Error("expected no plain question")),
      ask: async <T>(question: Question, reply: z.ZodType<T>) => {
        const text = said(question.messages.at(-1)!.content);
        storing.push(keep(cache, {model, weights}, question, {reply, text}));
        return {ok: true as const, value: reply.parse(JSON.parse(text)), took: {requests: 1, input: 0, output: 0}};
      }
    } satisfies LanguageModel;
  });
  const seeds = texts.map((text, i): Seed => ({
    ...{sha256: sha256(text), source: "notes", document: String(i), kind: "human", domain: "prose"},
    ...{license: "CC0-1.0", split: "train", text}
  }));
  const drafts = makeChunk(seeds, {
    ...{recipe, step: recipe.generate[0], label: "question-answer", generator: questionAnswer},
    verifiers: [criticRelevance],
    tokenizer: builtinTokenizer(),
    ...{corpus: () => [], trainingSeed: () => undefined, heldOut: () => null, models: [a, b]},
    verify: {corpus: () => [], judges}
  });
  for await (const {reason, detail} of drafts) {
    if (reason !== "") throw new RangeError(`expected a draft that is kept, got ${reason}: ${detail}`);
    if (storing.length >= 1000) await Promise.all(storing.splice(0));
  }
  await Promise.all(storing);
  await cache.close();
  return cache.size;
}

function keep(
  cache: AnswerCache,
  {model, weights}: Pick<LanguageModel, "model" | "weights">,
  {messages, temperature = 0, maxTokens = 2048, sample = 0, prompt}: Question,
  {reply, text}: {reply: z.ZodType; text: string}
): Promise<boolean> {
  const request = {
    ...{model, weights, messages: [...messages], temperature, topP: null, maxTokens, stop: [], sample},
    schema: {name: prompt.id, json: replySchema(reply)}
  };
  const usage = {input: 300, output: 150, cached: 0};
  const answer = {text, refusal: null, finish: "stop", usage, model, fingerprint: null};
  return cache.put(requestKey(request), request, answer);
}

const replyProse = createProse();

/** What a model that does as it is told says to a prompt of ours. */
function said(prompt: string): string {
  const after = (label: string): unknown =>
    JSON.parse(prompt.slice(prompt.indexOf(label) + label.length).split("\n")[0]);
  if (prompt.startsWith("The document, as one JSON string:")) {
    const quotes = (after("The document, as one JSON string:") as string).split(/(?<=\.)\s+/);
    return JSON.stringify({facts: quotes.map((quote) => ({fact: `It is said that ${quote}`, quote}))});
  }
  if (prompt.startsWith("Facts, as a JSON list:")) {
    const [fact] = after("Facts, as a JSON list:") as string[];
    const draw = createRandom("resume bench", "reply", replyProse.next++);
    const question = `What is said by ${replyProse(draw, 1).slice(0, -1)}?`;
    return JSON.stringify({question, answer: `${fact} ${replyProse(draw, 2)}`});
  }
  const evidence = (after("TEXT:") as string).slice(0, 40);
  return JSON.stringify({verdict: "pass", confidence: 0.9, evidence, reason: "it fits"});
}

/** Sentences of words without sense, the frequent ones far more often, as in texts of people. */
function createProse() {
  const draw = createRandom("resume bench", "words");
  const word = () => Array.from({length: 3 + draw.int(7)}, () => draw.pick([..."abdegiklmnoprstu"])).join("");
  const words = Array.from({length: 4000}, word);
  const sentence = (random: Random) =>
    `${Array.from({length: 10 + random.int(8)}, () => words[Math.floor(words.length ** random()) - 1]).join(" ")}.`;
  return Object.assign(
    (random: Random, sentences: number) => Array.from({length: sentences}, () => sentence(random)).join(" "),
    {next: 0}
  );
}

/** Questions of 1 KB with a schema, answered from the cache through one model: key, lookup, answer, its form, counts. */
async function modelsAlone(folder: string): Promise<BenchRow> {
  const reply = z.strictObject({question: z.string(), answer: z.string()});
  const prose = createProse();
  const asked = Array.from({length: questions}, (_, sample): Question => ({
    messages: [
      {role: "system", content: "You write questions that a document answers."},
      {role: "user", content: prose(createRandom("resume bench", "alone", sample), 12)}
    ],
    ...{sample, prompt: {id: "bench", version: "1"}}
  }));
  const text = JSON.stringify({question: "What is it?", answer: prose(createRandom("resume bench", "answer"), 6)});
  const [endpoint] = parseRecipe(recipeText).endpoints;
  const writer = await openAnswers(folder);
  await Promise.all(asked.map((question) => keep(writer, endpoint, question, {reply, text})));
  await writer.close();
  const open = await createModels([endpoint], {cache: await openAnswers(folder), offline: true, heldOut: () => null});
  const model = open.get(endpoint.id);
  const before = process.cpuUsage();
  for (const question of asked) {
    const answered = await model.ask(question, reply);
    if (!answered.ok) throw new RangeError(`expected an answer, got ${answered.reason}: ${answered.detail}`);
  }
  const {user, system} = process.cpuUsage(before);
  await open.close();
  return {
    name: "Questions answered from the cache through a model: key, lookup, validated object, counts",
    value: (1e6 * questions) / (user + system),
    unit: "answers/s",
    limit: {value: 20_000, sense: ">="},
    note: "by CPU time of one thread; without held-out texts to look for"
  };
}
