import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import {setTimeout as wait} from "node:timers/promises";
import {createBatchRoutes, type BatchBehaviour} from "./batchRoutes.js";
import {listen} from "./listen.js";

/** A request as it came; `body` is its parsed JSON, as the client wrote it. */
export interface AskedModel {
  /** path after /v1, e.g. "/chat/completions" */
  path: string;
  method: string;
  headers: IncomingMessage["headers"];
  body: ChatBody;
}

export interface ChatBody {
  model: string;
  messages: {role: string; content: string}[];
  [parameter: string]: unknown;
}

/** What a model says; a plain string is its text. */
export interface Said {
  text?: string | null;
  refusal?: string | null;
  /** thinking, as servers give it beside the text */
  reasoning?: string;
  finish?: string;
  /** counted from characters where it is not given; null where the endpoint counts none */
  usage?: {input: number; output: number; cached?: number} | null;
  model?: string;
  fingerprint?: string;
  /** milliseconds before the first byte */
  latency?: number;
  headers?: Record<string, string>;
}

/** An answer with a status, or anything that is done to the connection. */
export interface Fault {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  latency?: number;
  /** takes the connection over */
  does?: (response: ServerResponse) => void;
}

export type Reply = string | Said | {fault: Fault};

function status(status: number, body: unknown, headers?: Record<string, string>): {fault: Fault} {
  return {fault: {status, body, headers}};
}

/** What goes wrong with endpoints, each a reply to give. */
export const faults = {
  status,
  /** a key that is refused, with the key in the message, as careless servers have it */
  refusedKey: (key: string) => status(401, {error: {message: `Incorrect API key provided: ${key}`}}),
  unknownModel: {fault: {status: 404, body: {error: {message: "The model does not exist", code: "model_not_found"}}}},
  /** too many requests; seconds, or a date, at which to come back; nothing where it names no time */
  busy: (after?: number | Date) =>
    status(
      429,
      {error: {message: "Rate limit reached", type: "requests"}},
      after === undefined ? {} : {"retry-after": typeof after === "number" ? String(after) : after.toUTCString()}
    ),
  noQuota: {fault: {status: 429, body: {error: {message: "You exceeded your quota", code: "insufficient_quota"}}}},
  overloaded: {fault: {status: 503, body: "upstream overloaded"}},
  broken: {fault: {status: 500, body: {error: {message: "internal error"}}}},
  tooLong: {fault: {status: 400, body: {error: {message: "maximum context length", code: "context_length_exceeded"}}}},
  filtered: {fault: {status: 400, body: {error: {message: "prompt was filtered", code: "content_filter"}}}},
  /** answers nothing and holds the connection open */
  silent: {fault: {does: () => {}}},
  /** closes the connection without an answer */
  cut: {fault: {does: (response: ServerResponse) => void response.destroy()}},
  /** closes the connection within the answer */
  cutBody: {
    fault: {
      does: (response: ServerResponse) =>
        void response.writeHead(200, {"content-length": "100"}).write('{"choices": [', () => response.destroy())
    }
  },
  /** sends its head and then nothing */
  stalled: {
    fault: {does: (response: ServerResponse) => void response.writeHead(200, {"content-length": "100"}).write("{")}
  },
  halfJson: {fault: {body: '{"choices": [{"message": {"content": "ye'}},
  page: {fault: {headers: {"content-type": "text/html"}, body: "<html>please sign in</html>"}},
  otherShape: {fault: {body: {object: "list", data: []}}},
  moved: (to: string) => status(307, "", {location: to}),
  /** more bytes than anybody wants */
  endless: (bytes: number) => ({fault: {body: "x".repeat(bytes)}})
} satisfies Record<string, Reply | ((...args: never[]) => Reply)>;

/**
 * An OpenAI-compatible endpoint on this machine: chat completions with programmatic content and every fault, images,
 * files and batches. It counts what comes in; for the rest it has no state.
 *
 * @param answer what to say to a request, the lines of batches included (number: requests of this kind before it)
 * @param options.keep requests kept in `asked`; 0 where there are very many
 * @param options.image what /images/generations answers as JSON
 */
export async function serveModels(
  answer: (asked: AskedModel, number: number) => Reply | Promise<Reply>,
  {
    latency = 0,
    keep = 10_000,
    image,
    batch = {}
  }: {
    latency?: number;
    keep?: number;
    image?: (body: Record<string, unknown>, number: number) => Reply | {json: unknown};
    batch?: BatchBehaviour;
  } = {}
) {
  const asked: AskedModel[] = [];
  const authorizations = new Set<string | undefined>();
  const counts = {chat: 0, images: 0, all: 0, underWay: 0, most: 0};
  const answered = async (body: ChatBody, headers: IncomingMessage["headers"]) => {
    const number = counts.chat++;
    const each = {path: "/chat/completions", method: "POST", headers, body};
    if (asked.length < keep) asked.push(each);
    return completion(body, await answer(each, number), number);
  };
  const batches = createBatchRoutes(answered, batch);
  const server = createServer((request, response) => {
    counts.all++;
    counts.most = Math.max(counts.most, ++counts.underWay);
    response.on("close", () => counts.underWay--);
    authorizations.add(request.headers.authorization);
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      void (async () => {
        const path = new URL(request.url!, "http://localhost").pathname.replace(/^\/v1/, "");
        const bytes = Buffer.concat(parts);
        let given: Fault;
        if (path === "/chat/completions")
          given = await answered(JSON.parse(bytes.toString()) as ChatBody, request.headers);
        else if (path === "/images/generations" && image !== undefined) {
          const drawn = image(JSON.parse(bytes.toString()) as Record<string, unknown>, counts.images++);
          given = typeof drawn === "object" && "json" in drawn ? {body: drawn.json} : (drawn as {fault: Fault}).fault;
        } else given = await batches(request.method!, path, bytes, request.headers);
        const pause = given.latency ?? latency;
        if (pause > 0) await wait(pause);
        send(response, given);
      })();
    });
  });
  server.keepAliveTimeout = 60_000;
  return {...(await listen(server)), asked, authorizations, counts};
}

function send(response: ServerResponse, {status = 200, headers, body, does}: Fault): void {
  if (does !== undefined) return does(response);
  const text = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  response.writeHead(status, {"content-type": "application/json", ...headers}).end(text);
}

function completion(body: ChatBody, reply: Reply, number: number): Fault {
  if (typeof reply === "object" && "fault" in reply) return reply.fault;
  const said: Said = typeof reply === "string" ? {text: reply} : reply;
  const {text = "", refusal = null, finish = "stop", usage} = said;
  const input = Math.ceil(body.messages.reduce((sum, {content}) => sum + content.length, 0) / 4);
  const counted = usage === undefined ? {input, output: Math.ceil((text ?? "").length / 4)} : usage;
  return {
    latency: said.latency,
    headers: said.headers,
    body: {
      id: `chatcmpl-${number}`,
      object: "chat.completion",
      created: 0,
      model: said.model ?? body.model,
      system_fingerprint: said.fingerprint,
      choices: [
        {
          index: 0,
          message: {role: "assistant", content: text, refusal, reasoning_content: said.reasoning},
          logprobs: null,
          finish_reason: finish
        }
      ],
      usage: counted && {
        prompt_tokens: counted.input,
        completion_tokens: counted.output,
        total_tokens: counted.input + counted.output,
        prompt_tokens_details: {cached_tokens: "cached" in counted ? (counted.cached ?? 0) : 0}
      }
    }
  };
}
