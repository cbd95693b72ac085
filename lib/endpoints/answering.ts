import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import type {Endpoint} from "../schema/endpoint.js";
import type {AnswerCache} from "./answerCache.js";
import {answerKey} from "./answerRecord.js";
import {badRequestAnswer} from "./answerVerdict.js";
import {EndpointError} from "./endpointError.js";
import type {Ledger, Reservation} from "./ledger.js";
import type {Transport} from "./transport.js";
import {createTurns} from "./turns.js";

/** An answer, and whether nothing was paid for it now. */
export interface Given {
  answer: ChatAnswer;
  cached: boolean;
}

/** Answers of one endpoint: kept ones first. */
export interface Answering {
  /** @throws EndpointError, BudgetSpent; Error offline where no answer is kept */
  answer(request: ChatRequest, about: string): Promise<Given>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

/** Requests refused for their form in a row, none ever taken, beyond which it is the endpoint's settings that are wrong. */
const misconfigured = 8;

/**
 * The answers of an endpoint: from the cache; else from a request under way that asks the same; else reserved in the
 * ledger, sent, stored, settled. What is reserved at once is bounded by the endpoint's concurrency: so much a kill can leave
 * behind that may have been billed and is not known.
 *
 * @param options.offline answers from the cache alone
 */
export function createAnswering(
  {id, limits}: Endpoint,
  {
    cache,
    ledger,
    transport,
    offline,
    signal
  }: {cache: AnswerCache; ledger: Ledger; transport: Transport; offline: boolean; signal?: AbortSignal}
): Answering {
  const turns = createTurns(limits.concurrency);
  const underWay = new Map<string, Promise<ChatAnswer>>();
  let taken = false;
  let formRefused = 0;

  async function pay(key: string, request: ChatRequest): Promise<ChatAnswer> {
    const reservation = await ledger.reserve(id, key, request, {signal});
    let answer: ChatAnswer;
    try {
      answer = await transport.chat(request, {signal});
      taken = true;
    } catch (error) {
      if (!(error instanceof EndpointError && error.kind === "bad-request")) {
        endUnanswered(reservation, error);
        throw error;
      }
      answer = badRequestAnswer(error.message, request.model);
      if (!taken && answer.finish.endsWith("wrong-form")) {
        reservation.release();
        if (++formRefused >= misconfigured) throw error;
        return answer;
      }
    }
    let first;
    try {
      first = await cache.put(key, request, answer);
    } finally {
      reservation.settle(answer);
    }
    return first ? answer : (cache.get(key) ?? answer);
  }

  return {
    async answer(request, about) {
      const key = answerKey(request);
      const kept = cache.get(key);
      if (kept !== null) return {answer: kept, cached: true};
      if (offline) throw new Error(`${id}: expected a kept answer to ${about}, got none under ${key}`);
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

/** What may have been billed counts: a request that timed out or was cancelled, or an answer of no form. */
function endUnanswered(reservation: Reservation, error: unknown): void {
  const free =
    error instanceof EndpointError &&
    error.kind !== "timeout" &&
    error.kind !== "cancelled" &&
    !(error.status !== null && error.status < 300);
  if (free) reservation.release();
  else reservation.lose();
}
