import {setMaxListeners} from "node:events";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {createAdmission, type Ended, type Place} from "../../lib/endpoints/admission.js";
import {createBreaker} from "../../lib/endpoints/breaker.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;
setMaxListeners(0, never);

function admission(limits: {requests?: number; tokens?: number; concurrency?: number}) {
  return createAdmission(
    {concurrency: 100, ...limits},
    {breaker: createBreaker(() => 1), down: (detail) => new Error(`down: ${detail}`), now: () => Date.now()}
  );
}

/** When each of many requests was let in, each of which takes some milliseconds and tokens. */
async function times(
  {enter}: ReturnType<typeof admission>,
  count: number,
  {thought = 0, ms = 0, ended = {alive: true}}: {thought?: number; ms?: number; ended?: Ended} = {}
): Promise<number[]> {
  const started = Date.now();
  const at: number[] = [];
  const all = Array.from({length: count}, async () => {
    const place = await enter(thought, {again: false, signal: never});
    at.push(Date.now() - started);
    await new Promise((done) => setTimeout(done, ms));
    place.leave(ended);
  });
  await vi.runAllTimersAsync();
  await Promise.all(all);
  return at;
}

/** The most that lies in any span of 60 s, the end not counted. */
function mostInAMinute(at: readonly number[]): number {
  return Math.max(...at.map((from, i) => at.slice(i).filter((time) => time < from + 60_000).length));
}

test("no span of a minute sees more requests than are allowed, and the allowance is used", async () => {
  for (const requests of [1, 3, 60, 240]) {
    const at = await times(admission({requests}), 3 * requests);
    expect(mostInAMinute(at), String(requests)).toBeLessThanOrEqual(requests);
    // The rate falls short of the limit by what the bucket holds, a 60th; timers have whole milliseconds.
    expect(at.at(-1)!, String(requests)).toBeLessThanOrEqual(3 * 60_000 * (60 / 59) * 1.02);
  }
});

test("tokens a minute: what was thought is paid at first, what was not needed is given back", async () => {
  const tokens = 6000;
  // 100 tokens a second are allowed and each takes 100: one a second, though each is thought to take 500.
  const at = await times(admission({tokens}), 300, {thought: 500, ms: 2000, ended: {alive: true, tokens: 100}});
  expect(mostInAMinute(at.slice(60))).toBeLessThanOrEqual(60 + 5);
  expect(at.at(-1)! - at[150]).toBeLessThan(150 * 1100);
  // More than was thought is a debt, paid back at 100 a second; the bucket held as much to begin with.
  const dear = await times(admission({tokens, concurrency: 1}), 10, {ms: 1, ended: {alive: true, tokens: 600}});
  expect(dear.at(-1)).toBeGreaterThanOrEqual(9 * 6000 - 1000);
});

test("first come, first served; what is asked again goes before what is new; who is cancelled is passed over", async () => {
  const {enter} = admission({concurrency: 1});
  const order: string[] = [];
  const stop = new AbortController();
  const first = await enter(0, {again: false, signal: never});
  const ask = async (name: string, again = false, signal = never) => {
    const place = await enter(0, {again, signal});
    order.push(name);
    place.leave({alive: true});
  };
  const all = [ask("a"), ask("b"), ask("x", false, stop.signal).catch(() => order.push("x is cancelled")), ask("c")];
  all.push(ask("again", true), ask("again too", true));
  stop.abort();
  await Promise.resolve();
  first.leave({alive: true});
  await Promise.all(all);
  expect(order).toEqual(["x is cancelled", "again", "again too", "a", "b", "c"]);
});

test("too much to do halves what may be under way once a round, answers add a 32nd of the most", async () => {
  const {enter, concurrency} = admission({concurrency: 64});
  const round = () => Promise.all(Array.from({length: concurrency()}, () => enter(0, {again: false, signal: never})));
  const leave = (places: Place[], ended: Ended) => places.forEach((place) => place.leave(ended));
  leave(await round(), {alive: true, busy: true});
  expect(concurrency()).toBe(32);
  for (let i = 1; i <= 16; i++) {
    leave(await round(), {alive: true});
    expect(concurrency()).toBe(32 + 2 * i);
  }
  leave(await round(), {alive: true});
  expect(concurrency()).toBe(64);
  for (let i = 0; i < 10; i++) leave(await round(), {alive: true, busy: true});
  expect(concurrency()).toBe(1);
});

test("a hold is for everybody, and ends", async () => {
  const gate = admission({});
  (await gate.enter(0, {again: false, signal: never})).leave({alive: true, busy: true, hold: 5000});
  const at = await times(gate, 10);
  expect(new Set(at)).toEqual(new Set([5000]));
});

test("an endpoint that answers nothing is looked at by one request at a time, in pauses that grow, and given up", async () => {
  const gate = admission({});
  const at: number[] = [];
  const started = Date.now();
  const all = Array.from({length: 200}, async () => {
    const place = await gate.enter(0, {again: false, signal: never});
    at.push(Date.now() - started);
    return place.leave({alive: false, answered: true, detail: "status 500"});
  });
  await vi.advanceTimersByTimeAsync(100);
  // All 100 were let in at once; the eighth that failed opened it.
  expect(at.length).toBe(100 + 7);
  const settled = Promise.allSettled(all);
  await vi.runAllTimersAsync();
  const after = at.slice(107);
  expect(after.map((time, i) => time - (after[i - 1] ?? 0))).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((s) => 1000 * s));
  const ends = await settled;
  expect(ends.filter((end) => end.status === "fulfilled" && end.value).length).toBe(1);
  expect(ends.filter((end) => end.status === "rejected").length).toBe(200 - 107 - 8);
  // Whoever paused meanwhile gets no other look; whoever is new does, and what it finds is for all.
  await expect(gate.enter(0, {again: true, signal: never})).rejects.toThrow("down: status 500");
  const place = await gate.enter(0, {again: false, signal: never});
  const waiting = times(gate, 5);
  place.leave({alive: true});
  expect(await waiting).toEqual([0, 0, 0, 0, 0]);
});
