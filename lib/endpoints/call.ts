import {setTimeout as sleep} from "node:timers/promises";
import type {Admission, Ended} from "./admission.js";
import {EndpointError, type EndpointFault} from "./endpointError.js";
import {Failure} from "./exchange.js";
import {createLatencies} from "./latencies.js";
import {linkedSignal} from "./linkedSignal.js";
import {openai} from "./openai.js";
import {rateLimitRest, retryAfter} from "./retryAfter.js";

export interface CallOptions {
  /** how often a request is sent at most */
  attempts?: number;
  /** how often it is sent where the answer is of no form */
  replies?: number;
  /** before the second attempt at most, in milliseconds; doubled each time */
  pause?: number;
  /** the longest of these pauses, in milliseconds */
  longestPause?: number;
  /** milliseconds after its first sending beyond which a request is not sent again */
  patience?: number;
}

/** One request: how it is sent, and how its answer is read. */
export interface Call<T> {
  /** what it is thought to take */
  tokens: number;
  send(signal: AbortSignal): Promise<Response>;
  /** What the body says, or what is wrong with its form. */
  read(body: string): T | Error;
  /** Tokens that it took, where the endpoint has said it. */
  took?(value: T): number | undefined;
  /** A request that was refused with 400 or 422 can be put otherwise: try again. */
  rephrase?(message: string): boolean;
  /** how often it is sent at most, where that is less often than others */
  attempts?: number;
  signal?: AbortSignal;
}

/** What was sent to an endpoint until now. */
export interface CallCounts {
  /** sent, those that were sent again included */
  requests: number;
  /** sent again */
  retries: number;
  refused429: number;
  /** given up */
  errors: number;
  /** of those answered, from sending to the last byte, in milliseconds; null where none was */
  latency: {p50: number; p90: number; p99: number} | null;
}

/** Statuses at which the same request may be taken later. */
const passing = new Set([408, 409, 425, 429]);

/**
 * Sends requests until they are answered: again after a pause drawn evenly from nothing to its bound ("full jitter"), or
 * after what the endpoint asks for in Retry-After, where the connection broke or was silent too long, at the statuses
 * 408, 409, 425, 429 and 5xx, and a few times where the answer has another form. At 401, 402, 403, at 404 and at other
 * statuses it ends at once. Pauses take no place from others.
 *
 * Source of the jitter: M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog (2015).
 *
 * @param options.hide takes keys out of texts
 * @param options.ended aborts all calls
 */
export function createCalls({
  endpoint,
  admission,
  random,
  now,
  hide,
  ended,
  limits: {attempts = 6, replies = 3, pause = 500, longestPause = 30_000, patience = 600_000} = {}
}: {
  endpoint: string;
  admission: Admission;
  random: () => number;
  now: () => number;
  hide: (text: string) => string;
  ended?: AbortSignal;
  limits?: CallOptions;
}) {
  const counts = {requests: 0, retries: 0, refused429: 0, errors: 0};
  const latencies = createLatencies();

  async function call<T>({tokens, send, read, took, rephrase, attempts: most = attempts, signal}: Call<T>): Promise<T> {
    const stop = linkedSignal([signal, ended], () => new EndpointError("cancelled", endpoint, "cancelled"));
    let formless = 0;
    let began = NaN;
    let sent = 0;
    let again = false;
    try {
      for (let attempt = 1; ;) {
        const place = await admission.enter(tokens, {again, signal: stop.signal});
        const sentAt = now();
        if (sent === 0) began = sentAt;
        counts.requests++;
        if (sent++ > 0) counts.retries++;
        again = true;
        let failure: Failure;
        let outcome: Ended = {alive: null};
        let gone = false;
        try {
          const response = await send(stop.signal);
          const value = read(await response.text());
          if (!(value instanceof Error)) {
            latencies.add(now() - sentAt);
            const rest = rateLimitRest((name) => response.headers.get(name), tokens);
            outcome = {alive: true, hold: rest, tokens: took?.(value)};
            return value;
          }
          outcome = {alive: true};
          failure = new Failure(value.message, response.status);
        } catch (error) {
          if (stop.signal.aborted) throw stop.signal.reason;
          if (error instanceof EndpointError) throw error;
          failure = failureOf(error);
          outcome = endedWith(failure, now());
        } finally {
          gone = place.leave(outcome);
        }
        const {status} = failure;
        if (isSuccess(status)) formless++;
        if (status === 429) counts.refused429++;
        const told = {attempts: sent, status, elapsed: now() - began};
        const detail = `expected an answer, got ${hide(failure.detail).slice(0, 300)}`;
        if ((status === 400 || status === 422) && rephrase?.(failure.detail)) continue;
        if (!isPassing(failure)) throw new EndpointError(lasting(status), endpoint, detail, told);
        const asked = retryAfter(failure.headers, now());
        // All of the endpoint's requests wait for what it asks; a little chance keeps them from coming back at once.
        const delay = asked === null ? random() * Math.min(longestPause, pause * 2 ** (attempt - 1)) : asked + random() * pause; // prettier-ignore
        const kind = failure.timedOut || status === 408 ? "timeout" : "down";
        if (gone || attempt++ >= most || formless >= replies) throw new EndpointError(kind, endpoint, detail, told);
        if (told.elapsed + delay > patience) {
          const wait = asked === null ? "" : `, which asks for ${Math.round(asked / 1000)} s of pause`;
          throw new EndpointError(kind, endpoint, `${detail}${wait}; given up after ${patience / 1000} s`, told);
        }
        await sleep(delay, undefined, {signal: stop.signal}).catch(() => {
          throw stop.signal.reason;
        });
      }
    } catch (error) {
      if (!(error instanceof EndpointError && error.kind === "cancelled")) counts.errors++;
      throw error;
    } finally {
      stop.unlink();
    }
  }

  return {
    call,
    counts(): CallCounts {
      const [p50, p90, p99] = [0.5, 0.9, 0.99].map((p) => latencies.quantile(p));
      return {...counts, latency: p50 === null ? null : {p50, p90: p90!, p99: p99!}};
    }
  };

  /** What an attempt says of the endpoint. */
  function endedWith({status, headers, timedOut, detail}: Failure, time: number): Ended {
    const busy = status === 429 || status === 503 || timedOut;
    const asked = busy ? (retryAfter(headers, time) ?? 0) : 0;
    return {
      alive: status !== null && status < 500,
      answered: status !== null,
      detail: hide(detail).slice(0, 300),
      busy,
      hold: Math.min(asked, patience),
      tokens: busy ? 0 : undefined
    };
  }
}

/** What the client's error stands for. */
function failureOf(error: unknown): Failure {
  const {APIConnectionError, APIConnectionTimeoutError} = openai();
  if (error instanceof APIConnectionError && error.cause instanceof Failure) return error.cause;
  if (error instanceof APIConnectionTimeoutError) return new Failure("no connection in time", null, {}, true);
  throw error;
}

function isPassing({status, detail}: Failure): boolean {
  // Asked for more than is paid for: no pause helps.
  if (status === 429 && detail.includes("insufficient_quota")) return false;
  // What llama.cpp says of a picture where it serves a model without eyes.
  if (status === 500 && /image input is not supported/i.test(detail)) return false;
  return status === null || status >= 500 || isSuccess(status) || passing.has(status);
}

function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

function lasting(status: number | null): EndpointFault {
  if (status === 401 || status === 402 || status === 403 || status === 429) return "key";
  if (status === 404 || status === 405 || status === 410 || (status !== null && status < 400)) return "not-found";
  return "bad-request";
}
