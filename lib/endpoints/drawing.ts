import type {Endpoint} from "../schema/endpoint.js";
import {ImageAnswer, type ImageRequest} from "../schema/image.js";
import type {AnswerCache} from "./answerCache.js";
import {answerKey} from "./answerRecord.js";
import {badRequestReason} from "./answerVerdict.js";
import {endUnanswered, misconfigured} from "./answering.js";
import {EndpointError} from "./endpointError.js";
import type {Ledger} from "./ledger.js";
import type {Transport} from "./transport.js";
import {createTurns} from "./turns.js";

/** Drawn pictures of one endpoint: kept ones first. */
export interface Drawings {
  /** @throws EndpointError, BudgetSpent; Error offline where no answer is kept */
  answer(request: ImageRequest, about: string): Promise<{answer: ImageAnswer; cached: boolean}>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

/**
 * The pictures of an endpoint, as `createAnswering` has its chats' answers: from the cache; else from a request under way
 * that asks the same; else reserved in the ledger, sent, its bytes stored, then its answer, settled. An answer whose
 * picture is not beside it any more counts as none: it is drawn, and paid, anew.
 */
export function createDrawings(
  {id, limits}: Endpoint,
  {
    cache,
    ledger,
    transport,
    offline,
    signal
  }: {cache: AnswerCache; ledger: Ledger; transport: Transport; offline: boolean; signal?: AbortSignal}
): Drawings {
  const turns = createTurns(limits.concurrency);
  const underWay = new Map<string, Promise<ImageAnswer>>();
  const whole = ImageAnswer.refine((answer) => !("picture" in answer) || cache.pictures.has(answer.picture), {
    path: ["picture"],
    error: "expected its file in media/, got none of its length"
  });
  let taken = false;
  let formRefused = 0;

  async function pay(key: string, request: ImageRequest): Promise<ImageAnswer> {
    const reservation = await ledger.reservePicture(id, key, {signal});
    let answer: ImageAnswer;
    try {
      const drawn = await transport.image(request, {signal});
      taken = true;
      if ("picture" in drawn) await cache.pictures.put(drawn.picture, drawn.bytes);
      answer = "picture" in drawn ? {picture: drawn.picture} : {reason: "wrong-form", detail: drawn.wrong};
    } catch (error) {
      if (!(error instanceof EndpointError && error.kind === "bad-request" && (error.status ?? 0) >= 400)) {
        endUnanswered(reservation, error);
        throw error;
      }
      answer = {reason: badRequestReason(error.message), detail: error.message.toWellFormed()};
      reservation.release();
      if (!taken && answer.reason === "wrong-form") {
        if (++formRefused >= misconfigured) throw error;
        return answer;
      }
      return store(key, request, answer);
    }
    try {
      return await store(key, request, answer);
    } finally {
      reservation.settle();
    }
  }

  async function store(key: string, request: ImageRequest, answer: ImageAnswer): Promise<ImageAnswer> {
    const first = await cache.put(key, request, answer);
    return first ? answer : (cache.get(key, whole) ?? answer);
  }

  return {
    async answer(request, about) {
      const key = answerKey(request);
      const kept = cache.get(key, whole);
      if (kept !== null) return {answer: kept, cached: true};
      if (offline) throw new Error(`${id}: expected a kept picture for ${about}, got none under ${key}`);
      const same = underWay.get(key);
      if (same !== undefined) return {answer: await same, cached: true};
      const paid = turns(() => pay(key, request)).finally(() => underWay.delete(key));
      underWay.set(key, paid);
      return {answer: await paid, cached: false};
    },
    async settled() {
      await Promise.allSettled(underWay.values());
    }
  };
}
