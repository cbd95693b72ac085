import {setTimeout as wait} from "node:timers/promises";
import {z} from "zod";
import {post, Refused, type PostOptions} from "./post.js";

/** An OpenAI-compatible endpoint for chat completions, and how it is asked. */
export interface ChatEndpoint extends Omit<PostOptions, "signal" | "longest"> {
  /** what `/chat/completions` is appended to, e.g. "http://127.0.0.1:8000/v1" */
  url: string;
  model: string;
  /** requests under way at once */
  concurrency?: number;
  /** tokens of a reply at most, those of a model's thinking included */
  tokens?: number;
}

export interface ChatMessage {
  role: "system" | "user";
  content: string;
}

const Reply = z.object({
  choices: z.array(z.object({message: z.object({content: z.string()}), finish_reason: z.string().nullish()})).min(1)
});

/** Requests that fail in a row after all their attempts, beyond which an endpoint counts as down. */
const down = 8;
/** How often a reply of another shape is asked for again, if at all: some proxies answer with a page and status 200. */
const replies = 3;
/** Bytes of the longest reply. */
const longest = 2 ** 22;

/**
 * A function that sends messages to a chat endpoint and returns the text of its reply, asked for at temperature 0, without
 * tools. At most `concurrency` requests are under way, the others wait their turn; what is refused for now is asked again
 * as `post` says. Once eight in a row got no reply the endpoint counts as down, and each further request is made only once,
 * until one succeeds: a dead endpoint does not hold up a whole run.
 *
 * Replies are as the server gives them: temperature 0 promises no equal replies.
 *
 * @throws Error saying what came: a status, a broken connection, a reply of another shape, cut off, or none
 */
export function createChat({
  url,
  model,
  concurrency = 4,
  tokens = 2048,
  attempts = 6,
  pause = 500,
  ...options
}: ChatEndpoint): (messages: readonly ChatMessage[]) => Promise<string> {
  for (const [name, value] of Object.entries({concurrency, tokens, attempts}))
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name}: expected 1 or more, got ${value}`);
  const address = `${url.replace(/\/+$/, "")}/chat/completions`;
  const waiting: (() => void)[] = [];
  let free = concurrency;
  let failed = 0;
  return async (messages) => {
    if (free > 0) free--;
    else await new Promise<void>((next) => waiting.push(next));
    try {
      const body = {model, messages, temperature: 0, max_tokens: tokens, stream: false};
      for (let turn = 1; ; turn++) {
        const often = {pause, attempts: failed >= down ? 1 : attempts};
        const content = contentOf(await post(address, body, {...options, ...often, longest}));
        failed = 0;
        if (typeof content === "string") return content;
        if (turn >= replies) throw content;
        await wait(pause * 2 ** (turn - 1));
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      failed++;
      throw new Error(`expected a reply, got ${error.message}`, {cause: error});
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

/** The text of a reply, or what is wrong with it. */
function contentOf(body: string): string | Error {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return new Error(`expected JSON, got ${JSON.stringify(body.slice(0, 80))}`);
  }
  const {data, error} = Reply.safeParse(json);
  if (data === undefined) return new Error(`${error.issues[0].path.join(".")}: ${error.issues[0].message}`);
  const [{message, finish_reason: finish}] = data.choices;
  if (finish === "length") return new Error("expected a whole reply, got one cut off at its length");
  return message.content;
}
