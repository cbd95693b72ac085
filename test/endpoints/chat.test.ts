import {expect, test} from "vitest";
import {createChat, type ChatEndpoint} from "../../lib/endpoints/chat.js";
import {faults, serveModels, type Reply} from "./modelServer.js";

const messages = [{role: "user" as const, content: "well?"}];

async function withServer(
  answer: (number: number) => Reply,
  use: (endpoint: ChatEndpoint, server: Awaited<ReturnType<typeof serveModels>>) => Promise<void>
): Promise<void> {
  const server = await serveModels((_, number) => answer(number));
  try {
    await use({url: `${server.url}/`, model: "m", pause: 1}, server);
  } finally {
    server.close();
  }
}

test("messages go at temperature 0 with the key, what passes is asked again, few are under way at once", async () => {
  await withServer(
    (number) => (number === 0 ? faults.busy(0) : number === 1 ? faults.cut : {text: "yes", latency: 5}),
    async (endpoint, {asked, authorizations, counts}) => {
      const chat = createChat({...endpoint, key: "secret", concurrency: 3});
      expect(await chat(messages)).toBe("yes");
      expect(await Promise.all(Array.from({length: 20}, () => chat(messages)))).toEqual(Array(20).fill("yes"));
      expect(asked.length).toBe(3 + 20);
      expect([...authorizations]).toEqual(["Bearer secret"]);
      for (const {body} of asked)
        expect(body).toMatchObject({model: "m", messages, temperature: 0, max_tokens: 2048, stream: false});
      expect(counts.most).toBeLessThanOrEqual(3);
    }
  );
});

test("errors say what came, the same words for the same reason, and never the key", async () => {
  const cases: [Reply, string][] = [
    [faults.refusedKey("a-secret-key"), "expected an answer, got status 401: Incorrect API key provided: [key]"],
    [faults.overloaded, "expected an answer, got status 503: upstream overloaded"],
    [{text: "ye", finish: "length"}, "expected a whole answer, got one cut off at its length"]
  ];
  for (const [reply, message] of cases)
    await withServer(
      () => reply,
      async (endpoint) => {
        const chat = createChat({...endpoint, key: "a-secret-key", attempts: 2});
        const said = await Promise.all([1, 2].map(() => chat(messages).catch((error: Error) => error.message)));
        expect(said).toEqual([message, message]);
      }
    );
});
