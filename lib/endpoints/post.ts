import {setTimeout as wait} from "node:timers/promises";

/** An endpoint, and how often and how long it is asked. */
export interface PostOptions {
  /** sent as a bearer token; never part of a message */
  key?: string;
  /** how often a request is made before its error is thrown */
  attempts?: number;
  /** of one request, in milliseconds */
  timeout?: number;
  /** wait before the second attempt, in milliseconds; doubled each time, unless the server names a time itself */
  pause?: number;
  /** bytes of the longest reply that is read */
  longest?: number;
  signal?: AbortSignal;
}

/** No reply came that can be used; `message` says why: a status with the beginning of its message, or what broke. */
export class Refused extends Error {
  /** @param lasting asking again would bring the same */
  constructor(
    message: string,
    readonly lasting: boolean,
    readonly attempts: number
  ) {
    super(message);
  }
}

/**
 * The body of an endpoint's reply to JSON. What is refused for now (408, 409, 429, 5xx, a broken or silent connection) is
 * asked again after a pause, the server's own where it names one in Retry-After (at most a minute).
 *
 * @throws Refused when it is refused for good, or too often
 */
export async function post(
  url: string,
  body: unknown,
  {key, attempts = 6, timeout = 120_000, pause = 500, longest = 2 ** 28, signal}: PostOptions = {}
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    let reply: Response | undefined;
    let reason: string;
    try {
      const timed = AbortSignal.timeout(timeout);
      reply = await fetch(url, {
        method: "POST",
        headers: {"content-type": "application/json", ...(key === undefined ? {} : {authorization: `Bearer ${key}`})},
        body: JSON.stringify(body),
        signal: signal === undefined ? timed : AbortSignal.any([signal, timed])
      });
      const text = await read(reply, longest);
      if (reply.ok) return text;
      reason = `status ${reply.status}: ${text.slice(0, 200)}`;
    } catch (error) {
      if (signal?.aborted || error instanceof Refused) throw error;
      reason = ((error as Error).cause as Error | undefined)?.message ?? (error as Error).message;
      reply = undefined;
    }
    const again = reply === undefined || [408, 409, 429].includes(reply.status) || reply.status >= 500;
    if (!again || attempt >= attempts) throw new Refused(reason, !again, attempt);
    const named = Number(reply?.headers.get("retry-after") ?? NaN);
    await wait(named >= 0 ? Math.min(60_000, 1000 * named) : pause * 2 ** (attempt - 1), undefined, {signal});
  }
}

async function read(reply: Response, longest: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of reply.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > longest) throw new Refused(`expected at most ${longest} bytes, got a longer reply`, true, 1);
    text += decoder.decode(chunk as Uint8Array, {stream: true});
  }
  return text + decoder.decode();
}
