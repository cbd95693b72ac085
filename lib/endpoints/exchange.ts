import http from "node:http";
import https from "node:https";

/** What came instead of an answer: a status that is none of success, a connection that broke, a time that ran out. */
export class Failure extends Error {
  /** @param detail what came, as a person reads it; not the message, which the client searches for words */
  constructor(
    readonly detail: string,
    readonly status: number | null = null,
    readonly headers: http.IncomingHttpHeaders = {},
    readonly timedOut = false
  ) {
    super("no answer");
  }
}

export interface ExchangeOptions {
  /** milliseconds until the first byte of the answer, its head */
  firstByte: number;
  /** milliseconds until its last byte */
  timeout: number;
  /** bytes of the longest answer that is read */
  longest: number;
  /** requests under way at most: as many connections are kept open */
  concurrency: number;
  /** sent as a bearer token, read for each request and held by nobody */
  key(): string | undefined;
}

/** An answer that is here in whole. */
class Whole extends Response {
  constructor(
    private readonly whole: string,
    init: {status: number; headers: [string, string][]}
  ) {
    super(null, init);
  }
  override text = () => Promise.resolve(this.whole);
}

/**
 * A `fetch` over Node's HTTP client for the `openai` client: answers come whole, with bounds on their bytes and their
 * times (Node's own fetch ends any request after 300 s, and a client's time-out ends with an answer's head). Of the
 * client's headers it sends content type and accept alone, so that none that it took from the environment goes along.
 * Redirects are not followed: they would take documents where nobody declared them. Proxies are not supported.
 *
 * @throws Failure for whatever is no success
 */
export function createExchange({firstByte, timeout, longest, concurrency, key}: ExchangeOptions) {
  const kept = {keepAlive: true, maxFreeSockets: concurrency};
  const agents = {http: new http.Agent(kept), https: new https.Agent(kept)};
  const exchange = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    const {bytes, type} = await bodyOf(init);
    const token = key();
    const headers: http.OutgoingHttpHeaders = {accept: "*/*", "accept-encoding": "identity"};
    if (bytes !== undefined) headers["content-length"] = Buffer.byteLength(bytes);
    if (type !== null) headers["content-type"] = type;
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    return new Promise((resolve, reject) => {
      const secure = url.protocol === "https:";
      const request = (secure ? https : http).request(url, {
        method: init.method,
        agent: secure ? agents.https : agents.http,
        signal: init.signal ?? undefined,
        headers
      });
      let ended = false;
      const end = (failure?: Error) => {
        ended = true;
        for (const timer of timers) clearTimeout(timer);
        if (failure === undefined) return;
        reject(failure);
        request.destroy();
      };
      const late = (what: string, ms: number) =>
        setTimeout(() => end(new Failure(`no ${what} within ${ms / 1000} s`, null, {}, true)), ms);
      const timers = [late("whole answer", timeout)];
      if (firstByte < timeout) timers.push(late("first byte", firstByte));
      const broken = (error: Error) => {
        if (ended) return;
        const code = (error as NodeJS.ErrnoException).code;
        end(init.signal?.aborted ? error : new Failure(`a broken connection: ${error.message || code}`));
      };
      request.on("error", broken);
      request.on("response", (response) => {
        if (timers.length > 1) clearTimeout(timers[1]);
        const parts: Buffer[] = [];
        let size = 0;
        response.on("data", (part: Buffer) => {
          size += part.length;
          if (size <= longest) parts.push(part);
          else end(new Failure(`an answer of more than ${longest} bytes`, 200));
        });
        response.on("error", broken);
        response.on("end", () => {
          if (ended) return;
          const text = (parts.length === 1 ? parts[0] : Buffer.concat(parts)).toString();
          const status = response.statusCode!;
          if (status < 200 || status > 299)
            return end(new Failure(`status ${status}: ${messageOf(text)}`, status, response.headers));
          end();
          resolve(new Whole(text, {status, headers: shown(response.headers)}));
        });
      });
      request.end(bytes);
    });
  };
  return {
    // The client wants to know whose Response it is, to write forms.
    fetch: Object.assign(exchange, {Response}),
    close() {
      agents.http.destroy();
      agents.https.destroy();
    }
  };
}

/** The body's bytes and their type; a form is written out. */
async function bodyOf({
  body,
  headers
}: RequestInit): Promise<{bytes: string | Buffer | undefined; type: string | null}> {
  if (body === undefined || body === null) return {bytes: undefined, type: null};
  if (typeof body === "string") return {bytes: body, type: new Headers(headers).get("content-type")};
  const written = new Response(body);
  return {bytes: Buffer.from(await written.arrayBuffer()), type: written.headers.get("content-type")};
}

function shown(headers: http.IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" && (name === "content-type" || name.startsWith("x-ratelimit-"))
      ? [[name, value] as [string, string]]
      : []
  );
}

/** What an error's body says, in one of the forms in which servers say it. */
function messageOf(text: string): string {
  try {
    const json = JSON.parse(text) as Record<string, unknown> | null;
    const {error, detail, message} = json ?? {};
    const said = (error as {message?: unknown} | undefined)?.message ?? error ?? detail ?? message ?? json;
    const code = (error as {code?: unknown} | undefined)?.code;
    return (typeof said === "string" ? said : JSON.stringify(said)) + (typeof code === "string" ? ` (${code})` : "");
  } catch {
    return text;
  }
}
