import type {ChatCompletionCreateParamsNonStreaming} from "openai/resources/chat/completions";
import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import type {Endpoint} from "../schema/endpoint.js";
import type {ImageRequest} from "../schema/image.js";
import type {Picture} from "../schema/media.js";
import {createAdmission} from "./admission.js";
import {createBatches, type BatchOptions} from "./batch.js";
import {createBreaker, type BreakerOptions} from "./breaker.js";
import {createCalls, type CallCounts, type CallOptions} from "./call.js";
import {chatAnswer} from "./chatAnswer.js";
import {createClient} from "./client.js";
import {createDialect} from "./dialect.js";
import {EndpointError} from "./endpointError.js";
import {createImages, type DrawnImage} from "./images.js";
import {pictureTokens} from "./requestTokens.js";

/** One endpoint, asked over HTTP. */
export interface Transport {
  /** The endpoint's answer. @throws EndpointError where there is none */
  chat(request: ChatRequest, options?: {signal?: AbortSignal}): Promise<ChatAnswer>;
  /**
   * Answers through the endpoint's batch interface, in the order of the requests; an Error for each that got none, which
   * can be asked again by `chat`. Takes hours.
   *
   * @throws EndpointError where there can be no batch, or on cancelling (the batch goes on and is found again)
   */
  batch(requests: readonly ChatRequest[], options?: BatchOptions): Promise<(ChatAnswer | Error)[]>;
  /** A drawn image. @throws EndpointError where there is none */
  image(request: ImageRequest, options?: {signal?: AbortSignal}): Promise<DrawnImage>;
  /** what was sent; requests that may be under way now; parameters that were asked for and that the endpoint does not take */
  counts(): CallCounts & {concurrency: number; leftOut: string[]};
  /** Ends what is under way, as "cancelled", and closes the connections. */
  close(): void;
}

export interface TransportOptions {
  /** the key, read anew for each request; the environment variable that the endpoint names where it is not given */
  key?: () => string | undefined;
  /** bytes of a picture that a message shows; without it none can be shown */
  picture?: (picture: Picture) => Buffer;
  /** for pauses: in [0, 1) */
  random?: () => number;
  /** milliseconds since the epoch, never going back */
  now?: () => number;
  /** cancels everything */
  signal?: AbortSignal;
  /** milliseconds until an answer's first byte; the endpoint's whole time where it is not given, as without streaming most servers send nothing before they have it all */
  firstByte?: number;
  retry?: CallOptions;
  breaker?: BreakerOptions;
}

/** Bytes of the longest answer to a chat; an image's and a batch's have their own. */
const longestChat = 2 ** 24;
const longestImage = 2 ** 26;
const longestFile = 2 ** 28;
/** Milliseconds for a batch's file, at least. */
const fileTimeout = 600_000;
/** A key as short as this ("none", "EMPTY") is a word that local servers want, and not taken out of texts. */
const shortKey = 8;

/**
 * An endpoint asked through the `openai` client, within its limits: see `createAdmission`, `createBreaker` and
 * `createCalls` for when and how often a request is sent, `createDialect` for how a schema is asked for.
 *
 * The key is in no error and no answer, also where the server repeats it: it is replaced by "[key]". A server that writes
 * it in pieces or in another alphabet is not seen through; it has the key, and could send it anywhere.
 */
export function createTransport(endpoint: Endpoint, options: TransportOptions = {}): Transport {
  const {id, url, limits} = endpoint;
  const {random = Math.random, now = () => performance.timeOrigin + performance.now(), signal} = options;
  const read = options.key ?? (() => (endpoint.key === undefined ? undefined : process.env[endpoint.key]));
  const key = () => read()?.trim() || undefined;
  const hide = (text: string): string => {
    const secret = key();
    return secret === undefined || secret.length < shortKey ? text : text.replaceAll(secret, "[key]");
  };
  const closing = new AbortController();
  const close = () => {
    closing.abort();
    signal?.removeEventListener("abort", close);
    for (const {close} of [chats, images, files]) close();
  };
  const timeout = 1000 * endpoint.timeout;
  const kept = {key, timeout, firstByte: options.firstByte ?? timeout, concurrency: limits.concurrency};
  const chats = createClient(url, {...kept, longest: longestChat});
  const images = createClient(url, {...kept, longest: longestImage});
  const files = createClient(url, {...kept, longest: longestFile, timeout: Math.max(timeout, fileTimeout)});
  const breaker = createBreaker(random, options.breaker);
  const down = (detail: string) =>
    new EndpointError("down", id, `expected an answer, got none to any request for a while: ${detail}`);
  const admission = createAdmission(limits, {breaker, down, now});
  const calls = createCalls({endpoint: id, admission, random, now, hide, ended: closing.signal, limits: options.retry});
  const dialect = createDialect(options.picture ?? noPicture);
  const draw = createImages({id, client: images.client, calls});
  if (signal?.aborted) close();
  else signal?.addEventListener("abort", close, {once: true});

  const checkKey = () => {
    const secret = key();
    if (secret === undefined && (endpoint.key !== undefined || options.key !== undefined))
      throw new EndpointError("key", id, `expected a key in ${endpoint.key ?? "what is given as key"}, got none`);
    if (secret !== undefined && !/^[\x21-\x7e]+$/.test(secret))
      throw new EndpointError("key", id, "expected a key of visible ASCII characters, got others in it");
  };
  const answerOf = (request: ChatRequest, body: string): ChatAnswer | Error => {
    const answer = chatAnswer(body, request);
    if (answer instanceof Error) return answer;
    const {text, refusal, finish, model, fingerprint} = answer;
    return {
      ...{text: hide(text), refusal: refusal && hide(refusal), finish: hide(finish), usage: answer.usage},
      ...{model: hide(model), fingerprint: fingerprint && hide(fingerprint)}
    };
  };

  const batches = createBatches({
    ...{id, calls, client: files.client, dialect, answerOf, hide, now, closing: closing.signal}
  });

  return {
    async chat(request, {signal} = {}) {
      checkKey();
      const phrased = dialect.phrase(request);
      const answer = await calls.call({
        tokens: tokensOf(request),
        send: (signal) =>
          chats
            .client()
            .chat.completions.create(phrased.body() as unknown as ChatCompletionCreateParamsNonStreaming, {signal})
            .asResponse(),
        read: (body) => answerOf(request, body),
        took: ({usage}) => (usage === null ? undefined : usage.input + usage.output),
        rephrase: phrased.refused,
        signal
      });
      phrased.taken();
      return answer;
    },
    async batch(requests, options = {}) {
      checkKey();
      return batches(requests, options);
    },
    async image(request, {signal} = {}) {
      checkKey();
      return draw(request, signal);
    },
    counts: () => ({...calls.counts(), concurrency: admission.concurrency(), leftOut: dialect.leftOut()}),
    close
  };
}

/** Tokens that a request is thought to take at most: four characters each, as in English prose, and the longest answer. */
function tokensOf({messages, schema, maxTokens}: ChatRequest): number {
  let characters = schema === null ? 0 : JSON.stringify(schema.json).length;
  let shown = 0;
  for (const {content, pictures} of messages) {
    characters += content.length;
    shown += pictureTokens(pictures);
  }
  return Math.ceil(characters / 4) + shown + maxTokens;
}

function noPicture({sha256}: Picture): never {
  throw new RangeError(`expected no picture in a message here, got ${sha256}`);
}
