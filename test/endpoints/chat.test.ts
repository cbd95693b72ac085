import {expect, test} from "vitest";
import {createChat, type ChatEndpoint} from "../../lib/endpoints/chat.js";
import {serveChat, type ChatAnswer} from "./chatServer.js";

const messages = [{role: "user" as const, content: "well?"}];

async function withServer(
  answers: readonly ChatAnswer[],
  use: (endpoint: ChatEndpoint, server: Awaited<ReturnType<typeof serveChat>>) => Promise<void>
): Promise<void> {
  const server = await serveChat((_, number) => answers[Math.min(number, answers.length - 1)]);
  try {
    await use({url: `${server.url}/`, model: "m", pause: 1, timeout: 1000}, server);
  } finally {
    server.close();
  }
}

test("statuses of now, cut and silent connections and replies of no form are asked again", async () => {
  const failures: ChatAnswer[] = [
    {status: 429, headers: {"retry-after": "0"}},
    {status: 500, body: "no"},
    (response) => response.destroy(),
    (response) => response.writeHead(200, {"content-length": "100"}).write("{", () => response.destroy()),
    () => {},
    {status: 200, body: "<html>"},
    {status: 200, body: '{"choices": [{"message": {"content": null}}]}'}
  ];
  await withServer([...failures, "yes"], async (endpoint, {asked}) => {
    expect(await createChat({...endpoint, attempts: 12, key: "secret"})(messages)).toBe("yes");
    expect(asked.length).toBe(failures.length + 1);
    for (const {model, headers, messages: sent} of asked)
      expect([model, headers.authorization, sent]).toEqual(["m", "Bearer secret", messages]);
  });
});

test("what is refused for good, too often, or is never of the form is told with its reason and without the key", async () => {
  const cut = JSON.stringify({choices: [{message: {content: "ye"}, finish_reason: "length"}]});
  const cases: [ChatAnswer, RegExp, number][] = [
    [{status: 401, body: "who are you"}, /^expected a reply, got status 401: who are you$/, 1],
    [{status: 503, body: "full"}, /got status 503: full$/, 6],
    [{status: 200, body: "{}"}, /^choices: /, 3],
    [{status: 200, body: cut}, /one cut off at its length/, 3],
    [(response) => response.end("x".repeat(2 ** 22 + 1)), /expected at most 4194304 bytes/, 1]
  ];
  for (const [answer, message, times] of cases)
    await withServer([answer], async (endpoint, {asked}) => {
      await expect(createChat({...endpoint, timeout: 5000, key: "secret"})(messages)).rejects.toThrow(message);
      expect(asked.length).toBe(times);
    });
});

test("few requests are under way at once, and a dead endpoint is soon asked only once a request", async () => {
  await withServer(["yes"], async (endpoint, {most}) => {
    const chat = createChat({...endpoint, concurrency: 3});
    await Promise.all(Array.from({length: 20}, () => chat(messages)));
    expect(most()).toBeLessThanOrEqual(3);
  });
  const dead: ChatAnswer[] = Array.from({length: 8 * 2 + 5}, () => ({status: 503}));
  await withServer([...dead, "yes", ...dead.slice(0, 1), "yes"], async (endpoint, {asked}) => {
    const chat = createChat({...endpoint, attempts: 2, concurrency: 1});
    const first = await Promise.allSettled(Array.from({length: 13}, () => chat(messages)));
    expect([first.every(({status}) => status === "rejected"), asked.length]).toEqual([true, 8 * 2 + 5]);
    // It is back: the next failure is asked again, as before.
    expect([await chat(messages), await chat(messages), asked.length]).toEqual(["yes", "yes", 8 * 2 + 5 + 3]);
  });
});
