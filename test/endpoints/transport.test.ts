import {inspect} from "node:util";
import {expect, test} from "vitest";
import {EndpointError} from "../../lib/endpoints/endpointError.js";
import {createTransport, type Transport, type TransportOptions} from "../../lib/endpoints/transport.js";
import type {ChatRequest} from "../../lib/schema/chat.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import {createRandom} from "../../lib/text/random.js";
import {faults, serveModels, type Reply} from "./modelServer.js";

type Server = Awaited<ReturnType<typeof serveModels>>;

const key = "sk-test-3f9a5cdd0b7e";

function request(content: string, other: Partial<ChatRequest> = {}): ChatRequest {
  return {
    ...{model: "m", weights: "none-api", messages: [{role: "user", content}], temperature: 0, topP: null},
    ...{maxTokens: 100, stop: [], schema: null, sample: 0},
    ...other
  };
}

const schema = {name: "answer", json: {type: "object", properties: {a: {type: "string"}}}};

/** A server that answers the n-th request with the n-th reply, the last one for ever, and a transport to it. */
async function withEndpoint(
  replies: readonly Reply[] | ((content: string, number: number) => Reply | Promise<Reply>),
  use: (transport: Transport, server: Server) => Promise<void>,
  {endpoint = {}, ...options}: TransportOptions & {endpoint?: object} = {}
): Promise<void> {
  const server = await serveModels(({body}, number) =>
    typeof replies === "function"
      ? replies(body.messages[0].content, number)
      : replies[Math.min(number, replies.length - 1)]
  );
  const transport = createTransport(Endpoint.parse({id: "e", url: server.url, model: "m", timeout: 0.3, ...endpoint}), {
    key: () => key,
    random: createRandom("transport"),
    ...options,
    retry: {pause: 2, longestPause: 4, ...options.retry},
    breaker: {pause: 5, ...options.breaker}
  });
  try {
    await use(transport, server);
  } finally {
    transport.close();
    server.close();
  }
}

/** What a promise is rejected with. */
async function errorOf(promise: Promise<unknown>): Promise<EndpointError> {
  const error: unknown = await promise.then(
    () => expect.unreachable(),
    (error: unknown) => error
  );
  expect(error).toBeInstanceOf(EndpointError);
  return error as EndpointError;
}

test("what passes is asked again: broken, silent and stalled connections, 408, 409, 425, 429, 5xx, replies of no form", async () => {
  const failures: Reply[] = [
    ...[408, 409, 425, 500, 502, 504].map((status) => faults.status(status, "no")),
    ...[faults.busy(0), faults.busy(new Date(0)), faults.busy(), faults.overloaded, faults.broken],
    ...[faults.cut, faults.cutBody, faults.silent, faults.stalled, faults.halfJson, faults.page]
  ];
  await withEndpoint(
    [...failures, "yes"],
    async (transport, {asked, authorizations}) => {
      expect((await transport.chat(request("well?"))).text).toBe("yes");
      expect(asked.length).toBe(failures.length + 1);
      expect([...authorizations]).toEqual([`Bearer ${key}`]);
      const {requests, retries, refused429, errors, latency} = transport.counts();
      expect([requests, retries, refused429, errors]).toEqual([failures.length + 1, failures.length, 3, 0]);
      expect(latency!.p50).toBeGreaterThan(0);
    },
    {retry: {attempts: 100}, breaker: {failures: 100}, endpoint: {timeout: 0.1}}
  );
});

test("what does not pass ends at once, what passes too often, and each error says what came", async () => {
  const cases: [Reply, EndpointError["kind"], number, RegExp][] = [
    [faults.status(400, {error: {message: "no"}}), "bad-request", 1, /^e: expected an answer, got status 400: no$/],
    [faults.tooLong, "bad-request", 1, /context_length_exceeded/],
    [faults.filtered, "bad-request", 1, /content_filter/],
    [faults.status(422, {detail: "field"}), "bad-request", 1, /status 422: field/],
    [faults.status(401, {error: {message: "who are you"}}), "key", 1, /status 401: who are you/],
    [faults.status(402, "pay"), "key", 1, /status 402/],
    [faults.status(403, {}), "key", 1, /status 403/],
    [faults.noQuota, "key", 1, /insufficient_quota/],
    [faults.unknownModel, "not-found", 1, /status 404: The model does not exist \(model_not_found\)/],
    [faults.moved("http://127.0.0.1:9/"), "not-found", 1, /status 307/],
    [faults.overloaded, "down", 4, /status 503: upstream overloaded \(4 attempts in /],
    [faults.busy(), "down", 4, /status 429: Rate limit reached \(4 attempts/],
    [faults.cut, "down", 4, /a broken connection: socket hang up \(4 attempts/],
    [faults.silent, "timeout", 4, /no whole answer within 0.03 s/],
    [faults.halfJson, "down", 3, /no JSON: "{\\"choices/],
    [faults.otherShape, "down", 3, /another shape: choices/],
    [faults.status(200, {error: {message: "upstream failed"}}), "down", 3, /an error in place of an answer: upstream/],
    [faults.endless(2 ** 24 + 1), "down", 3, /more than 16777216 bytes/],
    [faults.busy(3600), "down", 1, /asks for 3600 s of pause; given up after 600 s/],
    [faults.busy(new Date(Date.now() + 7.2e6)), "down", 1, /asks for 7\d\d\d s of pause/]
  ];
  for (const [reply, kind, times, message] of cases)
    await withEndpoint(
      [reply],
      async (transport, {asked}) => {
        const error = await errorOf(transport.chat(request("well?")));
        expect([error.kind, error.attempts, asked.length, error.endpoint], error.message).toEqual([kind, times, times, "e"]); // prettier-ignore
        expect(error.message).toMatch(message);
        expect(transport.counts().errors).toBe(1);
      },
      {retry: {attempts: 4}, endpoint: {timeout: reply === faults.silent ? 0.03 : 5}}
    );
});

test("the first byte has a time of its own, and a request a total time", async () => {
  await withEndpoint(
    [{text: "late", latency: 300}, "yes"],
    async (transport) => expect((await transport.chat(request("well?"))).text).toBe("yes"),
    {firstByte: 40, endpoint: {timeout: 5}}
  );
  await withEndpoint(
    [faults.broken],
    async (transport, {asked}) => {
      expect((await errorOf(transport.chat(request("well?")))).message).toMatch(/given up after 0.05 s \(\d+ attempts/);
      expect(asked.length).toBeGreaterThan(1);
    },
    {retry: {attempts: 1000, patience: 50, pause: 10}, breaker: {failures: 1000}}
  );
});

test("an answer has text, refusal, finish and usage; thinking is no text", async () => {
  const usage = {input: 7, output: 3, cached: 5};
  const replies: Reply[] = [
    {text: "yes", reasoning: "hm", usage, model: "m-2", fingerprint: "f"},
    {text: null, refusal: "I cannot", usage: null},
    {text: "ye", finish: "length"},
    {text: "", finish: "content_filter"},
    faults.status(200, {choices: [{message: {content: [{type: "thinking", thinking: []}, {type: "text", text: "yes\ud800"}]}}]}) // prettier-ignore
  ];
  const answers: unknown[] = [];
  await withEndpoint(replies, async (transport, {asked}) => {
    for (let sample = 0; sample < replies.length; sample++)
      answers.push(await transport.chat(request("well?", {sample, stop: sample === 0 ? [] : ["."], topP: 0.5})));
    const {messages, max_tokens, temperature, top_p, stop, seed, response_format} = asked[1].body;
    expect({messages, max_tokens, temperature, top_p, stop, seed, response_format}).toEqual({
      ...{messages: [{role: "user", content: "well?"}], max_tokens: 100, temperature: 0, top_p: 0.5, stop: ["."]},
      ...{seed: 1, response_format: undefined}
    });
    expect(asked[0].body).not.toHaveProperty("stop");
  });
  const plain = {refusal: null, finish: "stop", usage: {input: 2, output: 1, cached: 0}, model: "m", fingerprint: null};
  expect(answers).toEqual([
    {...plain, text: "yes", usage, model: "m-2", fingerprint: "f"},
    {...plain, text: "", refusal: "I cannot", usage: null},
    {...plain, text: "ye", finish: "length"},
    {...plain, text: "", finish: "content_filter", usage: {input: 2, output: 0, cached: 0}},
    {...plain, text: "yes\ufffd", finish: "unknown", usage: null}
  ]);
});

test("an endpoint that does not know a form of asking is asked in another one from then on", async () => {
  const refuses = (body: Record<string, unknown>): string | null => {
    const format = body.response_format as {type: string} | undefined;
    if (format?.type === "json_schema") return "response_format json_schema is not supported";
    if (format !== undefined) return "unknown field";
    if ("max_tokens" in body) return "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    if ("seed" in body) return "seed: extra inputs are not permitted";
    return null;
  };
  const server = await serveModels(({body}) => {
    const refused = refuses(body);
    return refused === null ? "{}" : faults.status(422, {detail: refused});
  });
  const transport = createTransport(Endpoint.parse({id: "e", url: server.url, model: "m"}));
  try {
    expect((await transport.chat(request("well?", {schema}))).text).toBe("{}");
    expect(server.asked.length).toBe(5);
    expect([...server.authorizations]).toEqual([undefined]);
    await transport.chat(request("well?", {schema}));
    await transport.chat(request("plain"));
    expect(server.asked.length).toBe(7);
    const [{body}, plain] = server.asked.slice(-2);
    expect(body.messages[0].content).toBe(
      `well?\n\nAnswer with one JSON object that this JSON Schema describes, and with nothing else:\n${JSON.stringify(schema.json)}`
    );
    expect([body.max_completion_tokens, plain.body.messages[0].content]).toEqual([100, "plain"]);
    expect(server.asked[0].body.response_format).toEqual({
      type: "json_schema",
      json_schema: {name: "answer", schema: schema.json, strict: true}
    });
    expect(transport.counts()).toMatchObject({requests: 7, errors: 0});
  } finally {
    transport.close();
    server.close();
  }
  // What is refused in every form is a bad request, and nothing is learned from it.
  await withEndpoint(
    (_, number) => (number < 3 ? faults.tooLong : "{}"),
    async (transport, {asked}) => {
      expect((await errorOf(transport.chat(request("long", {schema})))).kind).toBe("bad-request");
      await transport.chat(request("well?", {schema}));
      expect(asked.map(({body}) => (body.response_format as {type: string} | undefined)?.type)).toEqual([
        "json_schema",
        "json_object",
        undefined,
        "json_schema"
      ]);
    }
  );
});

test("a model that takes its own temperature alone is asked without one from then on, and usage says so", async () => {
  const refuses = (body: Record<string, unknown>): string | null => {
    if (body.temperature !== undefined && body.temperature !== 1)
      return "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.";
    if ("top_p" in body) return "Unsupported parameter: 'top_p' is not supported with this model.";
    return null;
  };
  const server = await serveModels(({body}) => {
    const refused = refuses(body);
    return refused === null ? "{}" : faults.status(400, {error: {message: refused, code: "unsupported_value"}});
  });
  const transport = createTransport(Endpoint.parse({id: "e", url: server.url, model: "m"}));
  try {
    expect(transport.counts().leftOut).toEqual([]);
    expect((await transport.chat(request("well?", {schema, topP: 0.5}))).text).toBe("{}");
    expect(transport.counts().leftOut).toEqual(["temperature", "top_p"]);
    await transport.chat(request("well?", {schema, topP: 0.5, temperature: 0.7}));
    // The form of asking for JSON was not given up for it.
    const sent = server.asked.map(({body}) => [body.temperature, body.top_p, body.response_format !== undefined]);
    expect(sent).toEqual([
      [0, 0.5, true],
      [undefined, 0.5, true],
      ...Array.from({length: 2}, () => [undefined, undefined, true])
    ]);
  } finally {
    transport.close();
    server.close();
  }
  // A value out of bounds is no such model: what was asked for is not quietly made something else.
  const bounds = faults.status(400, {error: {message: "temperature: values above 1 are not allowed, got 1.5"}});
  await withEndpoint([bounds], async (other) => {
    expect((await errorOf(other.chat(request("well?", {temperature: 1.5})))).kind).toBe("bad-request");
    expect(other.counts().leftOut).toEqual([]);
  });
});

test("cancelling ends what waits, what is under way and what pauses, and lets no further request out", async () => {
  for (const whose of ["call", "transport", "close"]) {
    const stop = new AbortController();
    await withEndpoint(
      (content) => (content === "0" ? faults.broken : faults.silent),
      async (transport, server) => {
        const answers = Array.from({length: 30}, (_, i) =>
          transport
            .chat(request(String(i)), whose === "call" ? {signal: stop.signal} : {})
            .catch((error: unknown) => error)
        );
        while (server.counts.chat < 4) await new Promise((done) => setTimeout(done, 1));
        if (whose === "close") transport.close();
        else stop.abort();
        const errors = (await Promise.all(answers)) as EndpointError[];
        expect(new Set(errors.map(({kind}) => kind))).toEqual(new Set(["cancelled"]));
        await new Promise((done) => setTimeout(done, 20));
        // The server has seen the connections close, and nothing came after.
        expect([server.counts.underWay, server.counts.chat, transport.counts().errors]).toEqual([0, 4, 0]);
        expect((await errorOf(transport.chat(request("after"), {signal: stop.signal}))).kind).toBe("cancelled");
        expect(server.counts.chat).toBe(4);
      },
      {
        ...(whose === "transport" ? {signal: stop.signal} : {}),
        retry: {pause: 100_000, longestPause: 100_000},
        random: () => 0.9,
        endpoint: {limits: {concurrency: 3}, timeout: 20}
      }
    );
  }
});

test("Retry-After holds back all requests of the endpoint, and 429 halves what is under way", async () => {
  let refusedAt = NaN;
  let first = true;
  const seen: number[] = [];
  await withEndpoint(
    async () => {
      if (!first) {
        seen.push(performance.now());
        await new Promise((done) => setTimeout(done, 5));
        return "yes";
      }
      first = false;
      refusedAt = performance.now();
      return faults.busy(0.15);
    },
    async (transport, {counts}) => {
      await transport.chat(request("0"));
      await Promise.all(Array.from({length: 20}, (_, i) => transport.chat(request(String(i)))));
      expect(Math.min(...seen) - refusedAt).toBeGreaterThanOrEqual(149);
      // Halved to 4, and one more for each round.
      expect(counts.most).toBeLessThan(8);
      expect(transport.counts().concurrency).toBeGreaterThan(4);
    },
    {endpoint: {limits: {concurrency: 8}, timeout: 5}, retry: {pause: 1}}
  );
});

test("an answer that leaves no further request is heeded before one is refused", async () => {
  const seen: number[] = [];
  const spent = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "120ms"};
  await withEndpoint(
    () => ({text: "yes", headers: seen.push(performance.now()) === 1 ? spent : {}}),
    async (transport) => {
      for (let i = 0; i < 3; i++) await transport.chat(request(String(i)));
      // The server saw the first one before the client had its answer.
      expect(seen[1] - seen[0]).toBeGreaterThanOrEqual(119);
      expect(transport.counts().refused429).toBe(0);
    },
    {endpoint: {timeout: 5}}
  );
});

test("an endpoint that stays down ends all that wait, soon, and one request finds out that it is back", async () => {
  let back = false;
  await withEndpoint(
    () => (back ? {text: "yes", latency: 20} : faults.broken),
    async (transport, {counts}) => {
      const answers = await Promise.allSettled(Array.from({length: 300}, (_, i) => transport.chat(request(String(i)))));
      expect(new Set(answers.map((each) => (each.status === "rejected" ? (each.reason as EndpointError).kind : "")))).toEqual(new Set(["down"])); // prettier-ignore
      // Those under way, seven more let in before the eighth failure opened it, and one for each look.
      const seen = counts.chat;
      expect(seen).toBeLessThanOrEqual(16 + 7 + 5);
      expect((await errorOf(transport.chat(request("still?")))).message).toMatch(/status 500/);
      expect(counts.chat).toBe(seen + 1);
      back = true;
      expect((await transport.chat(request("now?"))).text).toBe("yes");
      await Promise.all(Array.from({length: 50}, (_, i) => transport.chat(request(String(i)))));
      expect(counts.most).toBe(16);
    },
    {endpoint: {limits: {concurrency: 16}, timeout: 5}, breaker: {probes: 5, pause: 1, longest: 4}}
  );
  const nobody = createTransport(Endpoint.parse({id: "e", url: "http://127.0.0.1:9/v1", model: "m"}), {
    ...{breaker: {pause: 1}, retry: {pause: 1}}
  });
  const errors = await Promise.all(Array.from({length: 100}, () => errorOf(nobody.chat(request("there?")))));
  expect(new Set(errors.map(({kind}) => kind))).toEqual(new Set(["down"]));
  for (const {message} of errors) expect(message).toContain("ECONNREFUSED");
  nobody.close();
});

test("the key is in no error, no answer, nothing printed, and nothing of the environment is sent", async () => {
  const names = ["OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL", "OPENAI_ADMIN_KEY"];
  const before = {...process.env};
  const written: string[] = [];
  const writes = [process.stdout, process.stderr].map((stream) => [stream, stream.write] as const);
  for (const [stream] of writes) stream.write = (chunk) => written.push(String(chunk)) > 0;
  Object.assign(process.env, Object.fromEntries(names.map((name) => [name, "from-the-environment"])), {
    ...{OPENAI_CUSTOM_HEADERS: "x-of-env: from-the-environment", OPENAI_LOG: "debug", MY_KEY: `${key}\n`}
  });
  try {
    const echo = `you sent ${key}, did you?`;
    const replies: Reply[] = [
      ...[400, 401, 403, 404, 408, 429, 500, 503].map((status) => faults.status(status, {error: {message: echo, code: key}})), // prettier-ignore
      ...[faults.status(200, `<p>${echo}`), faults.status(200, {error: {message: echo}}), faults.refusedKey(key)],
      ...[faults.cut, faults.silent, faults.status(500, echo.repeat(99)), faults.status(400, "x".repeat(265) + key)]
    ];
    for (const reply of replies)
      await withEndpoint(
        [reply],
        async (transport, {asked}) => {
          const error = await errorOf(transport.chat(request("well?")));
          const shown =
            inspect([error, transport], {depth: null, showHidden: true}) + JSON.stringify(error) + error.stack;
          expect(shown).not.toContain(key.slice(0, 12));
          for (const {headers} of asked) {
            expect(headers.authorization).toBe(`Bearer ${key}`);
            expect(JSON.stringify(headers)).not.toContain("from-the-environment");
          }
        },
        {key: undefined, endpoint: {key: "MY_KEY", timeout: 0.05}, retry: {attempts: 2}}
      );
    await withEndpoint([{text: echo, refusal: echo, model: key, fingerprint: key, finish: key}], async (transport) => {
      const answer = await transport.chat(request("well?"));
      expect(answer.text).toBe("you sent [key], did you?");
      expect(JSON.stringify(answer)).not.toContain(key);
    });
    // No key is named: none is sent, whatever the environment holds. One is named that is not there: nothing is sent.
    await withEndpoint(["yes"], async (transport) => void (await transport.chat(request("well?"))), {key: undefined});
    await withEndpoint(
      ["yes"],
      async (transport, {asked}) => {
        const error = await errorOf(transport.chat(request("well?")));
        expect([error.kind, error.message, asked.length]).toEqual([
          "key",
          "e: expected a key in NO_SUCH_KEY, got none",
          0
        ]);
      },
      {key: undefined, endpoint: {key: "NO_SUCH_KEY"}}
    );
    await withEndpoint(
      ["yes"],
      async (transport) => {
        const error = await errorOf(transport.chat(request("well?")));
        expect([error.kind, inspect(error).includes("sk-")]).toEqual(["key", false]);
      },
      {key: () => "sk-two\nlines"}
    );
  } finally {
    for (const [stream, write] of writes) stream.write = write;
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
  expect(written.join("")).toBe("");
});
