import {expect, test} from "vitest";
import type {BatchOptions} from "../../lib/endpoints/batch.js";
import {createTransport, type Transport} from "../../lib/endpoints/transport.js";
import type {ChatRequest} from "../../lib/schema/chat.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import type {BatchBehaviour} from "./batchRoutes.js";
import {faults, serveModels, type Reply} from "./modelServer.js";

const poll = {first: 1, longest: 2};

function request(content: string): ChatRequest {
  return {
    ...{model: "m", weights: "none-api", messages: [{role: "user", content}], temperature: 0, topP: null},
    ...{maxTokens: 100, stop: [], schema: null, sample: 0}
  };
}

async function withBatches(
  behaviour: BatchBehaviour,
  use: (transport: () => Transport, server: Awaited<ReturnType<typeof serveModels>>) => Promise<void>,
  answer: (content: string) => Reply = (content) => `to ${content}`
): Promise<void> {
  const server = await serveModels(({body}) => answer(body.messages[0].content), {batch: behaviour});
  const made: Transport[] = [];
  try {
    await use(() => {
      const endpoint = Endpoint.parse({id: "e", url: server.url, model: "m", timeout: 5});
      made.push(createTransport(endpoint, {retry: {pause: 1}, key: () => "sk-batch-key-1"}));
      return made.at(-1)!;
    }, server);
  } finally {
    for (const transport of made) transport.close();
    server.close();
  }
}

/** Pending batches, in memory, as whoever keeps answers writes them down. */
function pendingBatches() {
  const saved: {id: string; keys: readonly string[]}[] = [];
  return {
    saved,
    load: () => Promise.resolve(saved),
    save: (id: string, keys: readonly string[]) => Promise.resolve(void saved.push({id, keys}))
  };
}

const texts = (answers: Awaited<ReturnType<Transport["batch"]>>) =>
  answers.map((answer) => (answer instanceof Error ? answer.message : answer.text));

test("answers come back in the order of the requests, whatever order the file has; equal requests are sent once", async () => {
  await withBatches({polls: 3}, async (transport, {asked, counts, authorizations}) => {
    const requests = ["a", "b", "a", "c"].map(request);
    expect(texts(await transport().batch(requests, {poll}))).toEqual(["to a", "to b", "to a", "to c"]);
    expect(asked.map(({body}) => body.messages[0].content)).toEqual(["a", "b", "c"]);
    // Looking for one of before, uploading, creating, four looks, downloading.
    expect(counts.all).toBe(3 + 4 + 1);
    expect([...authorizations]).toEqual(["Bearer sk-batch-key-1"]);
    expect(await transport().batch([], {poll})).toEqual([]);
  });
});

test("lines that an ended batch did answer are used, the others say why they are none", async () => {
  for (const status of ["expired", "cancelled", "failed"] as const)
    await withBatches({ends: () => ({status, answered: status === "failed" ? 0 : 2})}, async (transport) => {
      const answers = texts(await transport().batch(["a", "b", "c"].map(request), {poll}));
      expect(answers.slice(0, 2)).toEqual(
        status === "failed" ? [expect.stringMatching(/line 1 is not valid/), expect.anything()] : ["to a", "to b"]
      );
      expect(answers[2]).toMatch(
        {expired: /not in time/, cancelled: /which is cancelled/, failed: /which is failed: line 1 is not valid/}[
          status
        ]
      );
    });
  const answer = (content: string): Reply =>
    content === "a" ? faults.filtered : content === "b" ? faults.otherShape : content === "c" ? faults.broken : "yes";
  await withBatches(
    {},
    async (transport) => {
      const [a, b, c, d] = texts(await transport().batch(["a", "b", "c", "d"].map(request), {poll}));
      expect([a, c]).toEqual([expect.stringContaining("status 400"), expect.stringContaining("status 500")]);
      expect([b, d]).toEqual([expect.stringContaining("another shape: choices"), "yes"]);
    },
    answer
  );
  // A file that was cut, with a line of someone else's.
  await withBatches(
    {order: (lines) => [lines[1].replace(/"custom_id":"\w/, '"custom_id":"x'), lines[0], lines[2].slice(0, 50)]},
    async (transport) => {
      const answers = texts(await transport().batch(["a", "b", "c"].map(request), {poll}));
      expect(answers).toEqual([
        "to a",
        expect.stringMatching(/none in batch batch-0/),
        expect.stringMatching(/none in/)
      ]);
    }
  );
});

test("a batch whose process was killed is found again, saved or not, and no request is sent twice", async () => {
  for (const saved of [true, false])
    await withBatches({polls: 5}, async (transport, {counts, asked}) => {
      const pending = pendingBatches();
      const stop = new AbortController();
      const options: BatchOptions = {
        pending: saved ? pending : {load: pending.load, save: () => new Promise(() => {})},
        signal: stop.signal,
        poll
      };
      const requests = ["a", "b"].map(request);
      const cut = transport()
        .batch(requests, options)
        .catch((error: unknown) => error);
      while (counts.all < 3) await new Promise((done) => setTimeout(done, 1));
      await new Promise((done) => setTimeout(done, saved ? 10 : 30));
      stop.abort();
      if (saved) expect(await cut).toMatchObject({kind: "cancelled"});
      expect(pending.saved.length).toBe(saved ? 1 : 0);
      // More is asked than before: only what is new goes into a new batch, where the old one was written down.
      const more = saved ? [request("c"), ...requests] : requests;
      const answers = await transport().batch(more, {pending, poll});
      expect(texts(answers)).toEqual(saved ? ["to c", "to a", "to b"] : ["to a", "to b"]);
      expect(asked.map(({body}) => body.messages[0].content).sort()).toEqual(saved ? ["a", "b", "c"] : ["a", "b"]);
      // Once more, with its answers lost: it is read, not run.
      expect(texts(await transport().batch(requests, {pending, poll}))).toEqual(["to a", "to b"]);
      expect(asked.length).toBe(saved ? 3 : 2);
    });
});

test("a batch of which the endpoint knows nothing any more is an error for each of its requests", async () => {
  await withBatches({}, async (transport) => {
    const other = pendingBatches();
    await transport().batch(["a"].map(request), {pending: other, poll});
    other.saved[0] = {...other.saved[0], id: "batch-of-before"};
    const [answer] = await transport().batch(["a"].map(request), {pending: other, poll});
    expect(answer).toMatchObject({kind: "bad-request", message: expect.stringContaining("which is gone") as string});
  });
});
