import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import type {Endpoint} from "../schema/endpoint.js";
import type {AnswerCache} from "./answerCache.js";
import {badRequestAnswer} from "./answerVerdict.js";
import type {BatchOptions, PendingBatches} from "./batch.js";
import {EndpointError} from "./endpointError.js";
import {gather} from "./gather.js";
import type {Ledger, Reservation} from "./ledger.js";
import {requestKey} from "./requestKey.js";
import type {Transport} from "./transport.js";
import {createTurns} from "./turns.js";

/** An answer, and whether nothing was paid for it now. */
interface Given {
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
export const misconfigured = 8;

/**
 * The answers of an endpoint: from the cache; else from a request under way that asks the same; else reserved in the
 * ledger, sent, stored, settled. What is reserved at once is bounded by the endpoint's concurrency: so much a kill can leave
 * behind that may have been billed and is not known.
 *
 * Where the endpoint takes batches, questions that come close together go as one, all that there are; what a batch brings
 * no answer to is asked singly. Batches under way are written down, and read by whoever comes after a kill.
 *
 * @param options.offline answers from the cache alone
 * @param options.linger milliseconds without a further question after which a batch goes
 */
export function createAnswering(
  {id, limits, batch}: Endpoint,
  {
    cache,
    ledger,
    transport,
    offline,
    signal,
    pending,
    linger,
    poll
  }: {
    cache: AnswerCache;
    ledger: Ledger;
    transport: Transport;
    offline: boolean;
    signal?: AbortSignal;
    pending: PendingBatches;
    linger: number;
    poll?: BatchOptions["poll"];
  }
): Answering {
  const turns = createTurns(limits.concurrency);
  const underWay = new Map<string, Promise<ChatAnswer>>();
  let taken = false;
  let formRefused = 0;
  const batched = gather((requests: readonly ChatRequest[]) => transport.batch(requests, {pending, signal, poll}), {
    linger,
    most: mostTogether
  });

  async function payBatched(key: string, request: ChatRequest): Promise<ChatAnswer> {
    const reservation = await ledger.reserve(id, key, request, {batch: true, signal});
    let answer: ChatAnswer;
    try {
      answer = await batched(request);
      taken = true;
    } catch (error) {
      // On any other error the batch may go on: what it takes is for the next opening of the ledger to say.
      if (!(error instanceof EndpointError && error.kind === "bad-request")) throw error;
      reservation.release();
      return turns(() => paySingly(key, request));
    }
    return store(key, request, answer, reservation);
  }

  async function paySingly(key: string, request: ChatRequest): Promise<ChatAnswer> {
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
      answer = badRequestAnswer(error.message, request);
      if (!taken && answer.finish.endsWith("wrong-form")) {
        reservation.release();
        if (++formRefused >= misconfigured) throw error;
        return answer;
      }
    }
    return store(key, request, answer, reservation);
  }

  async function store(
    key: string,
    request: ChatRequest,
    answer: ChatAnswer,
    reservation: Reservation
  ): Promise<ChatAnswer> {
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
      const key = requestKey(request);
      const kept = cache.get(key);
      if (kept !== null) return {answer: kept, cached: true};
      if (offline) throw new Error(`${id}: expected a kept answer to ${about}, got none under ${key}`);
      const same = underWay.get(key);
      if (same !== undefined) return {answer: await same, cached: true};
      const work = batch ? payBatched(key, request) : turns(() => paySingly(key, request));
      const paid = work.finally(() => underWay.delete(key));
      underWay.set(key, paid);
      return {answer: await paid, cached: false};
    },
    async settled() {
      await Promise.allSettled(underWay.values());
    }
  };
}

/** Requests of a batch: what the interface allows. */
const mostTogether = 50_000;

/** What may have been billed counts: a request that timed out or was cancelled, or an answer of no form. */
export function endUnanswered(reservation: Omit<Reservation, "settle">, error: unknown): void {
  const free =
    error instanceof EndpointError &&
    error.kind !== "timeout" &&
    error.kind !== "cancelled" &&
    !(error.status !== null && error.status < 300);
  if (free) reservation.release();
  else reservation.lose();
}
