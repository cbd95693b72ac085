import {createServer, type IncomingMessage} from "node:http";
import type {AddressInfo} from "node:net";
import {pathToFileURL} from "node:url";
import {z} from "zod";
import type {LocalModel} from "./localModelFolder.js";

/** What of node-llama-cpp is used. */
interface Runtime {
  getLlama(options: object): Promise<Llama>;
  LlamaChatSession: new (options: {contextSequence: Sequence}) => Session;
}

interface Llama {
  loadModel(options: object): Promise<{createContext(options: object): Promise<{getSequence(): Sequence}>}>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
  dispose(): Promise<void>;
}

interface Sequence {
  clearHistory(): Promise<void>;
  tokenMeter: {getState(): {usedInputTokens: number; usedOutputTokens: number}};
}

interface Session {
  setChatHistory(history: readonly object[]): void;
  promptWithMeta(prompt: string, options: object): Promise<{responseText: string; stopReason: string}>;
  dispose(options?: {disposeSequence: boolean}): void;
}

/** What of a request is understood; the rest is passed over, as such servers do. */
const Asked = z.object({
  messages: z.array(z.object({role: z.enum(["system", "user", "assistant"]), content: z.string()})).min(1),
  temperature: z.number().min(0).default(0),
  top_p: z.number().optional(),
  max_tokens: z.int().min(1).default(256),
  stop: z.array(z.string()).optional(),
  seed: z.int().default(0),
  response_format: z
    .object({type: z.string(), json_schema: z.object({schema: z.record(z.string(), z.unknown())}).optional()})
    .optional()
});

/** Tokens of a request and its answer. */
const context = 4096;

/**
 * Serves a model on this machine as an OpenAI-compatible endpoint: /v1/models and /v1/chat/completions, without streaming,
 * one request at a time. A JSON Schema given as response_format binds what the model can write, as a grammar does.
 *
 * Each request starts from nothing, so that its answer at temperature 0 does not depend on those before it; it may on the
 * processor. One thread: a second is lost where other programs are at work on the same cores.
 *
 * Meant for trying things: it has no key, no queue that tells how long it is, and listens on loopback alone.
 */
export async function serveLocalModel(
  {runtime, path, file}: LocalModel,
  {port = 0, threads = 1}: {port?: number; threads?: number} = {}
): Promise<{url: string; close(): Promise<void>}> {
  const {getLlama, LlamaChatSession} = (await import(pathToFileURL(runtime).href)) as Runtime;
  const llama = await getLlama({gpu: false, build: "never", maxThreads: threads, logLevel: "error"});
  const model = await llama.loadModel({modelPath: path, gpuLayers: 0});
  const sequence = (await model.createContext({contextSize: context, threads, sequences: 1})).getSequence();

  async function complete(asked: z.infer<typeof Asked>): Promise<object> {
    const {messages, temperature, top_p: topP, max_tokens: maxTokens, stop, seed, response_format: format} = asked;
    const last = messages.at(-1)!;
    if (last.role !== "user") throw new TypeError("messages: expected a user's message at the end");
    const schema = format?.json_schema?.schema;
    const grammar = schema === undefined ? undefined : await llama.createGrammarForJsonSchema(schema);
    await sequence.clearHistory();
    const before = sequence.tokenMeter.getState();
    const session = new LlamaChatSession({contextSequence: sequence});
    try {
      session.setChatHistory(
        messages
          .slice(0, -1)
          .map(({role, content}) =>
            role === "assistant" ? {type: "model", response: [content]} : {type: role, text: content}
          )
      );
      const options = {temperature, topP, seed, maxTokens, grammar, customStopTriggers: stop};
      const {responseText, stopReason} = await session.promptWithMeta(last.content, options);
      const after = sequence.tokenMeter.getState();
      const input = after.usedInputTokens - before.usedInputTokens;
      const output = after.usedOutputTokens - before.usedOutputTokens;
      const finish = stopReason === "maxTokens" ? "length" : "stop";
      return {
        ...{id: "local", object: "chat.completion", created: 0, model: file},
        choices: [{index: 0, message: {role: "assistant", content: responseText}, finish_reason: finish}],
        usage: {prompt_tokens: input, completion_tokens: output, total_tokens: input + output}
      };
    } finally {
      session.dispose({disposeSequence: false});
    }
  }

  let turn: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, {"content-type": "application/json"}).end(JSON.stringify(body));
    const refuse = (status: number, message: string) => send(status, {error: {message}});
    const route = `${request.method} ${request.url}`;
    if (route === "GET /v1/models") return void send(200, {object: "list", data: [{id: file, object: "model"}]});
    if (route !== "POST /v1/chat/completions") return void refuse(404, `expected a known route, got ${route}`);
    void (async () => {
      try {
        const asked = Asked.parse(JSON.parse(await bodyOf(request)));
        const mine = turn.then(() => (response.destroyed ? {} : complete(asked)));
        turn = mine.catch(() => {});
        send(200, await mine);
      } catch (error) {
        refuse(400, (error as Error).message);
      }
    })();
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async close() {
      server.closeAllConnections();
      server.close();
      await turn;
      await llama.dispose();
    }
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
