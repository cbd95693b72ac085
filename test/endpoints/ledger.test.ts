import {appendFileSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {BudgetSpent, openLedger} from "../../lib/endpoints/ledger.js";
import {mostTokens} from "../../lib/endpoints/requestTokens.js";
import type {ChatAnswer, ChatRequest} from "../../lib/schema/chat.js";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-ledger-"));
  path = join(folder, "ledger.jsonl");
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const request: ChatRequest = {
  model: "m",
  weights: "none-api",
  messages: [{role: "user", content: "naïve"}],
  temperature: 0,
  topP: null,
  maxTokens: 100,
  stop: [],
  schema: null,
  sample: 0
};

/** Tokens of the request at most: 6 bytes in UTF-8, 16 around the message, 128 before it, 100 of answer. */
const most = 250;

function answer(input: number, output: number, cached = 0): ChatAnswer {
  return {text: "x", refusal: null, finish: "stop", usage: {input, output, cached}, model: "m", fingerprint: null};
}

const price = {currency: "EUR", input: 2, output: 10, cached: 0.5, batch: 0.5};
const priced = [{id: "a", price}];
const free = [{id: "a", price: undefined}];

describe("a budget", () => {
  it("counts what requests took, by price, in whole billionths", async () => {
    const ledger = await openLedger(null, priced, {money: {EUR: 1}, tokens: 10_000});
    const one = await ledger.reserve("a", "k1", request);
    expect(ledger.figures().tokens).toEqual({spent: 0, reserved: most, budget: 10_000});
    expect(ledger.figures().money.EUR.reserved).toBe((150 * 2 + 100 * 10) / 1e6);
    one.settle(answer(40, 7, 10));
    const batched = await ledger.reserve("a", "k2", request, {batch: true});
    batched.settle(answer(40, 7, 10));
    // 30 × 2 + 10 × 0.5 + 7 × 10 = 135 millionths, and half of that.
    expect(ledger.figures()).toEqual({
      money: {EUR: {spent: 0.0002025, reserved: 0, budget: 1}},
      tokens: {spent: 94, reserved: 0, budget: 10_000},
      requests: 2,
      estimated: 0,
      lost: 0
    });
    expect(() => one.settle(answer(1, 1))).toThrow("expected one end of the reservation of k1, got two");
  });

  it("stops what could pass over it, saying so, and everything after it", async () => {
    const ledger = await openLedger(null, free, {tokens: most + 10});
    (await ledger.reserve("a", "k1", request)).settle(answer(10, 1));
    const error = await ledger.reserve("a", "k2", request).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BudgetSpent);
    expect((error as BudgetSpent).message).toBe(
      "the budget of 260 tokens is spent: 11 until now, and the next request (to a) could take 250"
    );
    await expect(ledger.reserve("a", "k3", {...request, maxTokens: 1})).rejects.toBe(error);
  });

  it("lets a request wait while those under way may cost less than they can, in order", async () => {
    const ledger = await openLedger(null, free, {tokens: 2 * most});
    const first = await ledger.reserve("a", "k1", request);
    const second = await ledger.reserve("a", "k2", request);
    const order: string[] = [];
    const third = ledger.reserve("a", "k3", request).then((reservation) => (order.push("k3"), reservation));
    const fourth = ledger.reserve("a", "k4", {...request, maxTokens: 1}).then((reservation) => (order.push("k4"), reservation)); // prettier-ignore
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    first.release();
    await third;
    second.settle(answer(50, 20));
    await fourth;
    expect(order).toEqual(["k3", "k4"]);
  });

  it("stops those that wait once nothing is under way that could cost less", async () => {
    const ledger = await openLedger(null, free, {tokens: most + 100});
    const first = await ledger.reserve("a", "k1", request);
    const waiting = ledger.reserve("a", "k2", request);
    first.settle(answer(150, 100));
    await expect(waiting).rejects.toBeInstanceOf(BudgetSpent);
  });

  it("lets go of who waits on cancelling, and of nobody else", async () => {
    const ledger = await openLedger(null, free, {tokens: most + 100});
    const first = await ledger.reserve("a", "k1", request);
    const stop = new AbortController();
    const cancelled = ledger.reserve("a", "k2", request, {signal: stop.signal});
    const small = ledger.reserve("a", "k3", {...request, maxTokens: 1, messages: [{role: "user", content: ""}]});
    stop.abort(new Error("enough"));
    await expect(cancelled).rejects.toThrow("enough");
    first.settle(answer(10, 10));
    await small;
  });

  it("needs a price in its currency of every endpoint", async () => {
    const needs = "a budget in EUR needs its price in that";
    await expect(openLedger(null, free, {money: {EUR: 1}})).rejects.toThrow(`endpoint a: ${needs}, got none`);
    const dollars = [{id: "b", price: {...price, currency: "USD"}}];
    await expect(openLedger(null, dollars, {money: {EUR: 1}})).rejects.toThrow(`endpoint b: ${needs}, got one in USD`);
    await openLedger(null, free, {tokens: 1});
  });

  it("counts the most a request can take where the endpoint counts none, and tells it", async () => {
    const ledger = await openLedger(null, priced, {});
    (await ledger.reserve("a", "k1", request)).settle({...answer(0, 0), usage: null});
    expect(ledger.figures()).toMatchObject({tokens: {spent: most, budget: null}, requests: 1, estimated: 1});
  });

  it("learns from answers that were longer than asked for", async () => {
    const ledger = await openLedger(null, free, {tokens: 10_000});
    (await ledger.reserve("a", "k1", request)).settle(answer(10, 400));
    await ledger.reserve("a", "k2", request);
    expect(ledger.figures().tokens.reserved).toBe(most + 300);
  });
});

describe("what a request takes at most", () => {
  it("counts bytes, messages, schema and the bound of its answer", () => {
    expect(mostTokens(request)).toEqual({input: 150, cached: 0, output: 100, estimated: true});
    const schema = {name: "x", json: {type: "object"}};
    expect(mostTokens({...request, schema}).input).toBe(150 + JSON.stringify(schema).length);
  });
});

describe("the file of a ledger", () => {
  it("goes on from what was spent, of requests under way as far as their answers are kept", async () => {
    const budget = {money: {EUR: 1}};
    const before = await openLedger(path, priced, budget);
    (await before.reserve("a", "settled", request)).settle(answer(40, 7));
    (await before.reserve("a", "released", request)).release();
    await before.reserve("a", "answered", request);
    await before.reserve("a", "uncounted", request);
    await before.reserve("a", "unknown", request);
    // A kill leaves the last line cut off.
    appendFileSync(path, '{"ask":"never-sen');
    const kept = new Map([
      ["answered", answer(20, 5)],
      ["uncounted", {...answer(0, 0), usage: null}]
    ]);
    const after = await openLedger(path, priced, budget, {answered: (key) => kept.get(key) ?? null});
    const [paid, bound] = [150e-6 + 90e-6, 1300e-6];
    expect(after.figures()).toEqual({
      money: {EUR: {spent: expect.closeTo(paid + 2 * bound, 12) as number, reserved: 0, budget: 1}},
      tokens: {spent: 47 + 25 + 2 * most, reserved: 0, budget: null},
      requests: 4,
      estimated: 2,
      lost: 1
    });
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(2);
    after.close();
    expect((await openLedger(path, priced, budget)).figures()).toEqual(after.figures());
  });

  it("is refused where a line is none of its own", async () => {
    appendFileSync(path, '{"spent": 7}\n');
    await expect(openLedger(path, priced, {})).rejects.toThrow(
      `${path}:1: expected a line of a ledger, got "{\\"spent\\": 7}"`
    );
  });
});
