import {expect, test} from "vitest";
import {embed, type EmbeddingsEndpoint} from "../../lib/endpoints/embeddings.js";
import {letters, serveEmbeddings, type Answer} from "./embeddingsServer.js";

const texts = Array.from({length: 23}, (_, i) => `text ${"abcdefghijklmnopqrstuvw".slice(0, i)}`);

async function withServer(
  answer: (number: number) => Answer,
  use: (endpoint: EmbeddingsEndpoint, server: Awaited<ReturnType<typeof serveEmbeddings>>) => Promise<void>
): Promise<void> {
  const server = await serveEmbeddings(answer);
  try {
    await use({url: server.url, model: "m", batch: 5, concurrency: 3, pause: 1}, server);
  } finally {
    server.close();
  }
}

test("vectors come in the order of the texts, in batches, with few requests under way", async () => {
  await withServer(
    () => ({}),
    async (endpoint, {asked, most}) => {
      const vectors = await embed(texts, {...endpoint, key: "secret"});
      expect(vectors.map((vector) => [...vector])).toEqual(texts.map(letters));
      expect(asked.map(({input}) => input.length).sort()).toEqual([3, 5, 5, 5, 5]);
      expect(asked.every(({model, headers}) => model === "m" && headers.authorization === "Bearer secret")).toBe(true);
      expect(most()).toBeGreaterThan(1);
      expect(most()).toBeLessThanOrEqual(3);
      expect(await embed([], endpoint)).toEqual([]);
    }
  );
});

test("what is refused for now is asked again, and the server says when", async () => {
  const answers: Answer[] = [{status: 429, headers: {"retry-after": "0"}}, {status: 503}, {status: 500, body: "no"}];
  await withServer(
    (number) => answers[number] ?? {},
    async (endpoint, {asked}) => {
      const vectors = await embed(texts, endpoint);
      expect(vectors.map((vector) => [...vector])).toEqual(texts.map(letters));
      expect(asked.length).toBe(5 + 3);
    }
  );
  await withServer(
    () => ({status: 503, body: "full"}),
    async (endpoint) => {
      await expect(embed(["a"], {...endpoint, attempts: 3})).rejects.toThrow(/texts 0 to 0: expected vectors, got status 503: full \(3 attempts\)/); // prettier-ignore
    }
  );
});

test("what is refused for good, or is no answer, ends it with place and reason", async () => {
  const cases: [Answer, RegExp][] = [
    [{status: 401, body: "who are you"}, /got status 401: who are you$/],
    [{body: "<html>"}, /expected JSON, got "<html>"/],
    [{body: {data: [{index: 0, embedding: ["x"]}]}}, /data\.0\.embedding\.0/],
    [{body: {data: [{index: 0, embedding: [1]}]}}, /expected 2 vectors, one for each text, got 1/]
  ];
  for (const [answer, message] of cases)
    await withServer(
      () => answer,
      async (endpoint, {asked}) => {
        await expect(embed(["a", "b"], {...endpoint, key: "secret"})).rejects.toThrow(message);
        await expect(embed(["a", "b"], {...endpoint, key: "secret"})).rejects.not.toThrow("secret");
        expect(asked.length).toBe(2);
      }
    );
  await withServer(
    (number) => (number === 0 ? {body: {data: [{index: 0, embedding: [1, 2]}]}} : {}),
    async (endpoint) => {
      await expect(embed(["a", "b"], {...endpoint, batch: 1, concurrency: 1})).rejects.toThrow("text 1: expected 2 numbers, got 26"); // prettier-ignore
    }
  );
  await expect(embed(["a"], {url: "http://127.0.0.1:9", model: "m", attempts: 2, pause: 1})).rejects.toThrow("2 attempts"); // prettier-ignore
});
