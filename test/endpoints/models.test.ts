import {appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {inspect} from "node:util";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {z} from "zod";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {EndpointError} from "../../lib/endpoints/endpointError.js";
import type {LanguageModel, Question} from "../../lib/endpoints/languageModel.js";
import {BudgetSpent} from "../../lib/endpoints/ledger.js";
import {createModels, type Models, type ModelsOptions} from "../../lib/endpoints/models.js";
import {createTransport} from "../../lib/endpoints/transport.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import {quoted} from "../../lib/text/quoted.js";
import {faults, serveModels, type AskedModel, type Reply} from "./modelServer.js";

let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-models-"));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(folder, {recursive: true, force: true});
});

const output = {train: true, jurisdictions: ["world"], terms: "Apache-2.0"};

function endpoint(url: string, more: object = {}): Endpoint {
  return Endpoint.parse({id: "teacher-a", url, model: "qwen3:32b", output, ...more});
}

async function serve(answer: (asked: AskedModel, number: number) => Reply | Promise<Reply>, options = {}) {
  const server = await serveModels(answer, options);
  ends.push(() => server.close());
  return server;
}

/** Models over the real transport, whose pauses are short, and the real cache. */
async function open(endpoints: Endpoint[], options: Partial<ModelsOptions> = {}): Promise<Models> {
  const models = await createModels(endpoints, {
    cache: await openAnswers(join(folder, "answers")),
    heldOut: () => null,
    env: {},
    transport: (one, more) => createTransport(one, {...more, retry: {pause: 1, attempts: 2}}),
    ...options
  });
  ends.push(() => models.close());
  return models;
}

/** One model, and what it is asked of. */
async function model(
  answer: (asked: AskedModel, number: number) => Reply | Promise<Reply>,
  more: object = {},
  options: Partial<ModelsOptions> = {}
) {
  const server = await serve(answer);
  const models = await open([endpoint(server.url, more)], options);
  return {server, models, teacher: models.get("teacher-a")};
}

function question(content = "What is it?", more: Partial<Question> = {}): Question {
  return {messages: [{role: "user", content}], prompt: {id: "test", version: "1"}, maxTokens: 50, ...more};
}

const Scored = z.strictObject({answer: z.string().min(1), score: z.int().min(0).max(5)});
const good = JSON.stringify({answer: "yes", score: 3});

describe("a question", () => {
  it("is answered once, and by the cache from then on, also in another process's place", async () => {
    const {server, models, teacher} = await model(() => ({text: " A reply. ", usage: {input: 11, output: 3}}));
    const first = await teacher.write(question());
    expect(first).toEqual({ok: true, value: "A reply.", took: {requests: 1, input: 11, output: 3}});
    expect(await teacher.write(question())).toEqual(first);
    await models.close();
    const later = await open([endpoint(server.url)]);
    expect(await later.get("teacher-a").write(question())).toEqual(first);
    expect(server.counts.chat).toBe(1);
    expect(later.usage().prompts).toEqual([
      {
        ...{endpoint: "teacher-a", prompt: "test", version: "1", questions: 1, requests: 1, cached: 1, repaired: 0},
        ...{input: 0, output: 0, estimated: 0, money: null, verdicts: {ok: 1}}
      }
    ]);
    expect(await later.get("teacher-a").write(question("What is it?", {sample: 1}))).toEqual(first);
    expect(server.counts.chat).toBe(2);
    expect(later.usage().endpoints).toMatchObject([{endpoint: "teacher-a", family: "qwen", requests: 2, paid: 1}]);
  });

  it("that is under way is not asked a second time", async () => {
    const {server, models, teacher} = await model(() => ({text: "x", latency: 30}));
    const all = await Promise.all(Array.from({length: 20}, () => teacher.write(question())));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(server.counts.chat).toBe(1);
    expect(models.usage().prompts[0]).toMatchObject({questions: 20, requests: 20, cached: 19});
  });

  it("sends what shapes the answer", async () => {
    const {server, teacher} = await model(() => "x");
    await teacher.write(question("a", {temperature: 0.7, topP: 0.9, stop: ["END"], sample: 4}));
    expect(server.asked[0].body).toMatchObject({
      ...{model: "qwen3:32b", messages: [{role: "user", content: "a"}], temperature: 0.7, top_p: 0.9},
      ...{stop: ["END"], seed: 4}
    });
  });

  it("is answered offline by what is kept, and else refused with its name", async () => {
    const {server, models, teacher} = await model(() => "x");
    const answered = await teacher.write(question());
    await models.close();
    const offline = (await open([endpoint(server.url)], {offline: true})).get("teacher-a");
    expect(await offline.write(question())).toEqual(answered);
    await expect(offline.write(question("new", {sample: 2}))).rejects.toThrow(
      /^teacher-a: expected a kept answer to prompt test 1, sample 2, got none under [0-9a-f]{64}$/
    );
    expect(server.counts.chat).toBe(1);
  });
});

describe("what a model does wrong is a verdict", () => {
  it.each<[string, Reply, string, string]>([
    ["refuses in the field for it", {text: null, refusal: "I won't."}, "refused", "I won't."],
    [
      "refuses in its own words",
      "I'm sorry, but I can't help with that.",
      "refused",
      "I'm sorry, but I can't help with that."
    ],
    [
      "is ended by a filter",
      {text: "half", finish: "content_filter"},
      "refused",
      "ended by the endpoint's content filter"
    ],
    ["is cut off", {text: "half a rep", finish: "length"}, "truncated", "cut off at its length, after 10 characters"],
    ["says nothing", " \n", "empty", "no text"],
    ["only thinks", "<think>hm</think>", "empty", "thinking, and no answer after it"],
    ["is kept from the prompt by a filter", faults.filtered, "refused", "prompt was filtered"],
    ["is given too much", faults.tooLong, "truncated", "maximum context length"]
  ])("it %s", async (_, reply, reason, detail) => {
    const {server, teacher} = await model(() => reply);
    for (const answered of [await teacher.write(question()), await teacher.ask(question("b"), Scored)]) {
      expect(answered).toMatchObject({ok: false, reason, took: {requests: 1}});
      expect((answered as {detail: string}).detail).toContain(detail);
    }
    const before = server.counts.chat;
    await teacher.write(question());
    expect(server.counts.chat).toBe(before);
  });

  it("a reply of the wrong form is asked for again once, with what is wrong", async () => {
    const bad = JSON.stringify({answer: "<|im_end|>", score: 9});
    const {server, models, teacher} = await model((_, number) => (number === 0 ? bad : good));
    const answered = await teacher.ask(question(), Scored);
    expect(answered).toMatchObject({ok: true, value: {answer: "yes", score: 3}, took: {requests: 2}});
    const [{messages, response_format: format}, {messages: again}] = server.asked.map(({body}) => body);
    expect(format).toMatchObject({type: "json_schema", json_schema: {name: "test", strict: true}});
    expect(again.slice(0, 1)).toEqual(messages);
    expect(again[1]).toEqual({role: "assistant", content: bad.replace("<|", "\\u003c|").replace("|>", "\\u007c>")});
    expect(again[2].content).toContain('"score: Too big: expected number to be \\u003c=5, got 9"');
    expect(models.usage().prompts[0]).toMatchObject({questions: 1, requests: 2, repaired: 1, verdicts: {ok: 1}});
    expect(await teacher.ask(question(), Scored)).toEqual(answered);
    expect(server.counts.chat).toBe(2);
  });

  it("a reply that is wrong twice has the wrong form, one that is refused the second time is refused", async () => {
    const twice = await model(() => "It is.");
    expect(await twice.teacher.ask(question(), Scored)).toMatchObject({
      ...{ok: false, reason: "wrong-form", took: {requests: 2}},
      detail: 'expected one JSON value and nothing else, got "It is."'
    });
    const refused = await model((_, number) => (number === 0 ? "It is." : "I cannot do this."));
    expect(await refused.teacher.ask(question("Again?"), Scored)).toMatchObject({ok: false, reason: "refused"});
  });

  it("a request that is refused once the endpoint took others is a verdict; one that never took any is an error", async () => {
    const odd = faults.status(400, {error: {message: "messages must alternate"}});
    const {teacher} = await model((_, number) => (number === 1 ? odd : "x"));
    await teacher.write(question("a"));
    const answered = await teacher.write(question("b"));
    expect(answered).toMatchObject({ok: false, reason: "wrong-form", took: {requests: 1, input: 0, output: 0}});
    const broken = await model(() => odd);
    const all = await Promise.allSettled(
      Array.from({length: 12}, (_, i) => broken.teacher.write(question(`question ${i}`)))
    );
    expect(all.filter(({status}) => status === "rejected")).toHaveLength(5);
  });
});

describe("held-out text", () => {
  const secret = 'the quick "brown" fox\njumps over the lazy dog';
  const heldOut = (text: string) =>
    text.includes(secret) ? {reason: "held-out-overlap", detail: "8 words of item 7"} : null;

  it("is never sent, neither in a message nor in a document put into one", async () => {
    const {server, teacher} = await model(() => "x", {}, {heldOut});
    for (const content of [`Read: ${secret}!`, `Read: ${quoted(`a <b> ${secret} [INST]`)}`]) {
      const messages = [
        {role: "system" as const, content: "Be brief."},
        {role: "user" as const, content}
      ];
      const answered = await teacher.write(question("", {messages}));
      expect(answered).toEqual({
        ...{ok: false, reason: "held-out", took: {requests: 0, input: 0, output: 0}},
        detail: "message 2 (user), held-out-overlap: 8 words of item 7"
      });
    }
    expect(server.counts.all).toBe(0);
  });

  it("is not sent back either where a model knew it by heart", async () => {
    const {server, teacher} = await model(() => JSON.stringify({answer: secret}), {}, {heldOut});
    expect(await teacher.ask(question(), Scored)).toMatchObject({ok: false, reason: "held-out", took: {requests: 1}});
    expect(server.counts.chat).toBe(1);
  });
});

describe("a budget", () => {
  const price = {currency: "EUR", input: 2, output: 10};

  it("is never passed over with fifty requests under way, and what was answered is kept", async () => {
    let paid = 0;
    const server = await serve(async (_, number) => {
      await new Promise((done) => setTimeout(done, 30 + (number % 5)));
      const usage = {input: 20 + (number % 7), output: 5 + (number % 46)};
      paid += usage.input * 2 + usage.output * 10;
      return {text: `reply ${number}`, usage};
    });
    const priced = endpoint(server.url, {price, limits: {concurrency: 50}});
    const ledger = join(folder, "ledger.jsonl");
    const budget = {money: {EUR: 0.05}};
    const models = await open([priced], {budget, ledger});
    const ask = (teacher: LanguageModel) => (_: unknown, i: number) => teacher.write(question(`question ${i}`));
    const all = await Promise.allSettled(Array.from({length: 400}, ask(models.get("teacher-a"))));
    const kept = all.filter(({status}) => status === "fulfilled").length;
    const errors = all.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
    expect(errors.every((error) => error instanceof BudgetSpent)).toBe(true);
    expect(errors[0].message).toMatch(/^the budget of 0\.05 EUR is spent: 0\.0\d+ until now, and the next request \(to teacher-a\) could take 0\.000\d+$/); // prettier-ignore
    expect(server.counts.most).toBeGreaterThan(20);
    expect(server.counts.chat).toBe(kept);
    expect(paid / 1e6).toBeLessThanOrEqual(0.05);
    // The most one can cost: 155 tokens of input (11 bytes, 16 around them, 128 before), 50 of answer.
    expect(paid / 1e6).toBeGreaterThan(0.05 - (156 * 2 + 50 * 10) / 1e6);
    expect(models.usage().budget.money.EUR).toMatchObject({
      spent: expect.closeTo(paid / 1e6, 12) as number,
      reserved: 0
    });
    await models.close();

    const again = await open([priced], {budget, ledger});
    const repeated = await Promise.allSettled(Array.from({length: 400}, ask(again.get("teacher-a"))));
    const values = (results: typeof all) => results.map((one) => (one.status === "fulfilled" ? one.value : null));
    expect(values(repeated)).toEqual(values(all));
    expect(server.counts.chat).toBe(kept);
  });

  it("counts what timed out, which may have been billed, and not what was refused", async () => {
    const {models, teacher} = await model((_, number) => (number < 2 ? faults.silent : faults.overloaded), {
      ...{price, timeout: 0.03}
    });
    await expect(teacher.write(question())).rejects.toMatchObject({kind: "timeout"});
    const {budget} = models.usage();
    expect(budget).toMatchObject({requests: 1, lost: 1, tokens: {spent: 205, reserved: 0}});
    await expect(teacher.write(question())).rejects.toMatchObject({kind: "down"});
    expect(models.usage().budget).toEqual(budget);
  });
});

describe("an endpoint that takes batches", () => {
  const price = {currency: "EUR", input: 2, output: 10, batch: 0.5};
  const usage = {input: 20, output: 6};
  const quick = {linger: 5, poll: {first: 1, longest: 5}};
  const ask = (models: Models, count: number) =>
    Promise.allSettled(Array.from({length: count}, (_, i) => models.get("teacher-a").write(question(`question ${i}`))));

  it("gets questions that come together as one, at its rate, and what it leaves over singly", async () => {
    const expires = {ends: (lines: number) => ({status: "expired" as const, answered: lines - 2})};
    const server = await serve(({body}) => ({text: body.messages[0].content, usage}), {batch: expires});
    const models = await open([endpoint(server.url, {price, batch: true})], {batch: quick, budget: {money: {EUR: 1}}});
    const all = await ask(models, 10);
    expect(all.map((one) => (one as {value: {value: string}}).value.value)).toEqual(all.map((_, i) => `question ${i}`));
    expect(server.counts.chat).toBe(10);
    const one = (20 * 2 + 6 * 10) / 1e6;
    expect(models.usage().budget.money.EUR.spent).toBeCloseTo(8 * 0.5 * one + 2 * one, 12);
    expect(models.usage().budget).toMatchObject({requests: 10, estimated: 0, lost: 0});
  });

  it("is not paid twice for a batch that was under way when the run ended", async () => {
    const stop = new AbortController();
    const server = await serve(({body}) => ({text: body.messages[0].content, usage}), {batch: {polls: 3}});
    const ended = endpoint(server.url, {price, batch: true});
    const options = {budget: {money: {EUR: 1}}, ledger: join(folder, "ledger.jsonl")};
    const slow = {linger: 5, poll: {first: 60_000, longest: 60_000}};
    const first = await open([ended], {...options, batch: slow, signal: stop.signal});
    const unanswered = ask(first, 6);
    const file = `${options.ledger}.batches`;
    while (!existsSync(file)) await new Promise((done) => setTimeout(done, 5));
    stop.abort();
    expect((await unanswered).map(({status}) => status)).toEqual(Array(6).fill("rejected"));
    await first.close();
    // As a kill leaves it: half a line.
    appendFileSync(file, '{"endpoint": "tea');
    const later = await open([ended], {...options, batch: quick});
    expect(later.usage().budget).toMatchObject({requests: 0, lost: 0});
    expect((await ask(later, 6)).map(({status}) => status)).toEqual(Array(6).fill("fulfilled"));
    expect(server.counts.chat).toBe(6);
    expect(later.usage().budget).toMatchObject({requests: 6, estimated: 0, lost: 0, tokens: {spent: 6 * 26}});
    await later.close();
    expect((await open([ended], options)).usage().budget).toMatchObject({requests: 6, tokens: {spent: 6 * 26}});
  });
});

describe("an endpoint that gives no answer ends the run", () => {
  const key = "sk-test-0123456789abcdef";

  it("with its key refused, which stands nowhere", async () => {
    const {server, models, teacher} = await model(() => faults.refusedKey(key), {key: "TEST_KEY"}, {env: {TEST_KEY: key}, ledger: join(folder, "ledger.jsonl")}); // prettier-ignore
    const error = await teacher.write(question()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EndpointError);
    expect(server.authorizations).toEqual(new Set([`Bearer ${key}`]));
    await models.close();
    const written = readdirSync(folder, {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    for (const shown of [error, models, teacher, models.usage(), ...written])
      expect(inspect(shown, {depth: null, showHidden: true, getters: true})).not.toContain(key);
  });

  it("with no key where it names one", async () => {
    const {server, teacher} = await model(() => "x", {key: "TEST_KEY"});
    await expect(teacher.write(question())).rejects.toMatchObject({kind: "key"});
    expect(server.counts.all).toBe(0);
  });

  it("on cancelling, with what was answered kept", async () => {
    const stop = new AbortController();
    const {server, models, teacher} = await model((_, number) => (number === 0 ? "x" : faults.silent), {}, {signal: stop.signal}); // prettier-ignore
    const first = await teacher.write(question("a"));
    const second = teacher.write(question("b"));
    setTimeout(() => stop.abort(), 20);
    await expect(second).rejects.toMatchObject({kind: "cancelled"});
    await models.close();
    const later = (await open([endpoint(server.url)])).get("teacher-a");
    expect(await later.write(question("a"))).toEqual(first);
    expect(server.counts.chat).toBe(2);
  });
});

describe("endpoints are refused", () => {
  const url = "http://127.0.0.1:9/v1";
  it.each<[string, object, Partial<ModelsOptions>, string]>([
    [
      "without terms",
      {output: undefined},
      {},
      "endpoint teacher-a: expected the terms of use of what it writes (output), got none"
    ],
    [
      "as writers that no model may be trained on",
      {output: {...output, train: false}},
      {writers: ["teacher-a"]},
      "endpoint teacher-a: no model may be trained on what it writes (Apache-2.0)"
    ],
    [
      "of an unknown family",
      {model: "our-model"},
      {},
      'endpoint teacher-a: the table of families does not know "our-model"'
    ],
    [
      "of a family that contradicts the table",
      {family: "llama"},
      {},
      'declared as llama, but by the table of families "qwen3:32b" is qwen'
    ],
    [
      "without the price that a budget needs",
      {},
      {budget: {money: {EUR: 1}}},
      "endpoint teacher-a: a budget in EUR needs its price in that, got none"
    ],
    [
      "with a password in the address",
      {url: "http://me:secret@127.0.0.1:9/v1"},
      {},
      "endpoint teacher-a: expected an address without user and password"
    ]
  ])("%s", async (_, more, options, message) => {
    const error = await open([endpoint(url, more)], options).catch((reason: unknown) => reason);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain("secret");
  });

  it("but a judge may be one that no model may be trained on", async () => {
    const models = await open([endpoint(url, {output: {...output, train: false}})]);
    expect(models.get("teacher-a").family).toBe("qwen");
    expect(() => models.get("teacher-b")).toThrow("expected one of the endpoints teacher-a, got teacher-b");
  });
});
