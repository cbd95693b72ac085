import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {z} from "zod";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {exportAnswers} from "../../lib/endpoints/answerExport.js";
import {importAnswers} from "../../lib/endpoints/answerImport.js";
import type {Drawing} from "../../lib/endpoints/languageModel.js";
import {BudgetSpent} from "../../lib/endpoints/ledger.js";
import {createModels, type ModelsOptions} from "../../lib/endpoints/models.js";
import {createTransport} from "../../lib/endpoints/transport.js";
import {readPicture} from "../../lib/io/readPicture.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import type {Picture} from "../../lib/schema/media.js";
import {drawn, drawPng} from "./drawPng.js";
import {faults, serveModels, type Reply} from "./modelServer.js";

let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-drawing-"));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(folder, {recursive: true, force: true});
});

const by = {id: "captioned-image", version: "1"};
const boat: Drawing = {prompt: "a boat", size: "8x8", sample: 0, by};
const pictureOf = (prompt: string) => readPicture(drawPng(prompt)) as Picture;
const faithful = (body: Record<string, unknown>) => drawn(drawPng(body.prompt as string));

async function serve(
  image: (body: Record<string, unknown>, number: number) => Reply | {json: unknown},
  chat: Parameters<typeof serveModels>[0] = () => ""
) {
  const server = await serveModels(chat, {image});
  ends.push(() => server.close());
  return server;
}

async function open(url: string, {price, ...options}: Partial<ModelsOptions> & {price?: object} = {}) {
  const endpoint = Endpoint.parse({
    ...{id: "painter", url, model: "our-painter", family: "painter", price},
    output: {train: true, jurisdictions: ["world"], terms: "CC0-1.0"}
  });
  const models = await createModels([endpoint], {
    cache: await openAnswers(join(folder, "answers")),
    heldOut: (text) => (text.includes("exam") ? {reason: "benchmark", detail: "exam"} : null),
    transport: (one, more) => createTransport(one, {...more, retry: {pause: 1, attempts: 2}}),
    ...options
  });
  ends.push(() => models.close());
  return {models, painter: models.get("painter")};
}

test("a picture is drawn once, whoever asks when, and comes from the kept answers offline", async () => {
  const server = await serve(faithful);
  const first = await open(server.url);
  const value = pictureOf("a boat");
  const took = {requests: 1, input: 0, output: 0};
  const asked = await Promise.all([first.painter.draw(boat), first.painter.draw(boat)]);
  expect(asked).toEqual([1, 2].map(() => ({ok: true, value, took})));
  await first.models.close();
  expect(readFileSync(join(folder, "answers", `media/${value.sha256.slice(0, 2)}/${value.sha256}.png`))).toEqual(
    drawPng("a boat")
  );
  server.close();
  const {models, painter} = await open(server.url, {offline: true});
  expect(await painter.draw(boat)).toEqual({ok: true, value, took});
  expect(server.counts.images).toBe(1);
  expect(models.usage().prompts[0]).toMatchObject({requests: 1, cached: 1, verdicts: {ok: 1}});
  await expect(painter.draw({...boat, sample: 1})).rejects.toThrow(
    /^painter: expected a kept picture for prompt captioned-image 1, sample 1, got none under/
  );
});

test("what a model will not or cannot draw is a verdict, kept as such; held-out words do not leave", async () => {
  const replies = [faults.filtered, faults.tooLong, drawn(Buffer.from("<html>")), drawn(drawPng("a").subarray(0, -1))];
  const server = await serve((_, number) => replies[number]);
  for (let round = 0; round < 2; round++) {
    const {models, painter} = await open(server.url);
    const reasons = [];
    for (let sample = 0; sample < 4; sample++) {
      const answered = await painter.draw({...boat, sample});
      reasons.push(answered.ok ? "" : answered.reason);
    }
    expect(reasons).toEqual(["refused", "truncated", "wrong-form", "wrong-form"]);
    expect(await painter.draw({...boat, prompt: "an exam"})).toMatchObject({ok: false, reason: "held-out"});
    await models.close();
  }
  expect(server.counts.images).toBe(4);
});

test("an endpoint that refuses every form, gives addresses, or breaks off for ever ends the run", async () => {
  const wrong = faults.status(400, {error: {message: "size must be one of 256x256"}});
  const refusing = await open((await serve(() => wrong)).url);
  const all = Array.from({length: 12}, (_, sample) => refusing.painter.draw({...boat, sample}));
  const ended = await Promise.allSettled(all);
  expect(ended.filter(({status}) => status === "rejected").length).toBe(5);
  await refusing.models.close();
  const elsewhere = await open((await serve(() => ({json: {data: [{url: "http://127.0.0.1:9/a.png"}]}}))).url);
  await expect(elsewhere.painter.draw(boat)).rejects.toThrow(/expected an image's bytes \(b64_json\), got an address/);
  const cut = await open((await serve(() => faults.cutBody)).url);
  await expect(cut.painter.draw(boat)).rejects.toThrow(/broken connection/);
});

test("pictures are paid by the piece, never beyond the budget, and not for one that was refused", async () => {
  const price = {currency: "EUR", input: 1, output: 1, image: 0.04};
  const server = await serve((body, number) => (number === 0 ? faults.filtered : faithful(body)));
  const ledger = join(folder, "spent.jsonl");
  const {models, painter} = await open(server.url, {price, ledger, budget: {money: {EUR: 0.1}}});
  const draw = (sample: number) => painter.draw({...boat, prompt: `boat ${sample}`, sample});
  expect((await draw(0)).ok).toBe(false);
  expect([(await draw(1)).ok, (await draw(2)).ok]).toEqual([true, true]);
  await expect(draw(3)).rejects.toThrow(BudgetSpent);
  expect(models.usage().budget).toMatchObject({money: {EUR: {spent: 0.08, reserved: 0}}, requests: 2, estimated: 0});
  expect(models.usage().prompts[0].money).toEqual({currency: "EUR", amount: 0.08});
  await models.close();
  // As if killed between an answer and its end: what was paid is known from the answer.
  const lines = readFileSync(ledger, "utf8").split("\n");
  writeFileSync(ledger, lines.filter((_, i) => i !== lines.findLastIndex((one) => one.includes('"end"'))).join("\n"));
  const again = await open(server.url, {price, ledger, budget: {money: {EUR: 0.1}}});
  expect(again.models.usage().budget).toMatchObject({money: {EUR: {spent: 0.08}}, requests: 2, lost: 0});
  await again.models.close();
  const unpriced = await open(server.url, {
    ...{price: {currency: "EUR", input: 1, output: 1}, budget: {money: {EUR: 1}}}
  });
  await expect(unpriced.painter.draw({...boat, sample: 9})).rejects.toThrow(/needs the price of a picture/);
});

test("answers go elsewhere with their pictures, and none that were changed on the way", async () => {
  const server = await serve(faithful);
  const {models, painter} = await open(server.url);
  for (const prompt of ["a boat", "a horse"]) await painter.draw({...boat, prompt});
  await models.close();
  const [from, to] = await Promise.all(["answers", "elsewhere"].map((name) => openAnswers(join(folder, name))));
  const file = join(folder, "answers.jsonl.gz");
  expect((await exportAnswers(from, file)).answers).toBe(2);
  expect(await importAnswers(file, to)).toEqual({answers: 2, added: 2});
  for (const prompt of ["a boat", "a horse"]) expect(to.pictures.read(pictureOf(prompt))).toEqual(drawPng(prompt));
  const plain = join(folder, "answers.jsonl");
  await exportAnswers(from, plain);
  const other = readFileSync(plain, "utf8").replace(/"bytes":"[^"]+"/, `"bytes":"${drawPng("x").toString("base64")}"`);
  writeFileSync(plain, other);
  await expect(importAnswers(plain, to)).rejects.toThrow(/answers\.jsonl:1: bytes: expected those of [0-9a-f]{64}/);
  // A picture that was taken away is drawn anew, and its answer is not exported.
  rmSync(from.pictures.path(pictureOf("a boat")));
  expect((await exportAnswers(from, plain)).answers).toBe(1);
  await Promise.all([from.close(), to.close()]);
  const later = await open(server.url);
  expect((await later.painter.draw(boat)).ok).toBe(true);
  expect(server.counts.images).toBe(3);
});

test("a picture is shown as its bytes; a model that takes none gives the verdict unseen, and the run goes on", async () => {
  const refusals = [
    faults.status(400, {error: {message: "This model does not support image input"}}),
    faults.status(500, {error: {message: "image input is not supported - hint: mmproj"}}),
    faults.status(400, {error: {message: "unknown variant `image_url`, expected `text`"}})
  ];
  const server = await serve(faithful, ({body}, number) => {
    const [shown, text] = body.messages[0].content as unknown as {image_url: {url: string}; text: string}[];
    expect(shown.image_url.url).toBe(`data:image/png;base64,${drawPng("a boat").toString("base64")}`);
    return refusals[number] ?? JSON.stringify({seen: text.text});
  });
  const {painter} = await open(server.url);
  await painter.draw(boat);
  const pictures = [pictureOf("a boat")];
  const ask = (sample: number) =>
    painter.ask(
      {messages: [{role: "user", content: "What is it?", pictures}], prompt: {id: "look", version: "1"}, sample},
      z.strictObject({seen: z.string()})
    );
  for (let sample = 0; sample < 12; sample++)
    expect(await ask(sample)).toMatchObject(
      sample < 3 ? {ok: false, reason: "unseen"} : {ok: true, value: {seen: "What is it?"}}
    );
  expect(server.counts.chat).toBe(12);
});
