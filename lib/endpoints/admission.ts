import type {Breaker} from "./breaker.js";
import {createTokenBucket} from "./tokenBucket.js";

/** What became of a request that was let in. */
export interface Ended {
  /** it got an answer, whatever it says; null where that cannot be told */
  alive: boolean | null;
  /** it got a status, be it one of failure */
  answered?: boolean;
  /** what came instead of an answer */
  detail?: string;
  /** the endpoint has too much to do */
  busy?: boolean;
  /** milliseconds for which it asks to be left alone */
  hold?: number;
  /** tokens it took, where they are known */
  tokens?: number;
}

/** Leave to send one request. */
export interface Place {
  /** Must be called once, whatever happens. True says that the endpoint counts as down from now on. */
  leave(ended: Ended): boolean;
}

export interface Admission {
  /**
   * Waits for its turn: first come, first served, what is asked again before what is new.
   *
   * @param tokens what the request is thought to take
   * @throws what `down` makes, where the endpoint counts as down; the signal's reason when cancelled
   */
  enter(tokens: number, options: {again: boolean; signal: AbortSignal}): Promise<Place>;
  /** requests that may be under way at present */
  concurrency(): number;
}

interface Waiting {
  tokens: number;
  cancelled: boolean;
  admit(place: Place): void;
  reject(error: unknown): void;
}

/**
 * Decides when a request may be sent: within requests and tokens a minute, within a concurrency that is halved where the
 * endpoint has too much to do and grows by a 32nd of its most for each round of answers (once a round: those sent before
 * the last halving halve it no further), not while the endpoint has asked to be left alone, and as the breaker allows.
 *
 * @param options.down makes the error for those that wait when the endpoint counts as down
 * Source: additive increase, multiplicative decrease: Chiu & Jain (1989), doi:10.1016/0169-7552(89)90019-6.
 */
export function createAdmission(
  {requests, tokens, concurrency: most}: {requests?: number; tokens?: number; concurrency: number},
  {breaker, down, now}: {breaker: Breaker; down: (detail: string) => Error; now: () => number}
): Admission {
  const fresh = createQueue();
  const again = createQueue();
  const buckets = {
    requests: requests === undefined ? null : createTokenBucket(requests, {least: 1, now: now()}),
    tokens: tokens === undefined ? null : createTokenBucket(tokens, {now: now()})
  };
  const step = Math.max(1, most / 32);
  let window = most;
  let underWay = 0;
  let answers = 0;
  let turn = 0;
  let halvedAt = 0;
  let heldUntil = 0;
  /** what made it count as down; null where it does not */
  let downBy: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  const admit = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (;;) {
      const queue = again.first() === undefined ? fresh : again;
      const next = queue.first();
      if (next === undefined || underWay >= Math.floor(window)) return;
      const time = now();
      const delay = Math.max(
        heldUntil - time,
        breaker.wait(time),
        buckets.requests?.wait(time) ?? 0,
        buckets.tokens?.wait(time) ?? 0
      );
      if (delay > 0) {
        if (delay < Infinity) timer = setTimeout(admit, Math.min(2 ** 31 - 1, Math.ceil(delay)));
        return;
      }
      queue.drop();
      buckets.requests?.spend(1, time);
      buckets.tokens?.spend(next.tokens, time);
      underWay++;
      next.admit(place(next.tokens, ++turn, breaker.begin()));
    }
  };

  const place = (thought: number, mine: number, probe: boolean): Place => ({
    leave({alive, answered = false, detail = "nothing", busy = false, hold = 0, tokens: taken = thought}) {
      const time = now();
      underWay--;
      buckets.tokens?.settle(thought - taken, time);
      heldUntil = Math.max(heldUntil, time + hold);
      if (busy && mine > halvedAt) {
        window = Math.max(1, window / 2);
        halvedAt = turn;
        answers = 0;
      } else if (!busy && alive && ++answers >= window) {
        window = Math.min(most, window + step);
        answers = 0;
      }
      const gone = breaker.end(alive, probe, time, answered);
      if (gone || alive) downBy = gone ? detail : null;
      if (gone)
        for (const queue of [again, fresh])
          for (let next = queue.first(); next !== undefined; next = queue.first()) {
            queue.drop();
            next.reject(down(detail));
          }
      admit();
      return gone;
    }
  });

  return {
    concurrency: () => Math.floor(window),
    enter(tokens, options) {
      const {signal} = options;
      return new Promise<Place>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        // It paused while the others were sent home; who comes new may look.
        if (downBy !== null && options.again) return reject(down(downBy));
        const cancel = () => {
          waiting.cancelled = true;
          reject(signal.reason);
          // The timer may have been for this one alone.
          admit();
        };
        const waiting: Waiting = {
          tokens,
          cancelled: false,
          admit(place) {
            signal.removeEventListener("abort", cancel);
            resolve(place);
          },
          reject(error) {
            signal.removeEventListener("abort", cancel);
            reject(error);
          }
        };
        signal.addEventListener("abort", cancel, {once: true});
        (options.again ? again : fresh).add(waiting);
        if (timer === undefined) admit();
      });
    }
  };
}

/** First in, first out; those that were cancelled are passed over. */
function createQueue() {
  let items: Waiting[] = [];
  let head = 0;
  const drop = () => {
    head++;
    if (head > 1024 && 2 * head > items.length) {
      items = items.slice(head);
      head = 0;
    }
  };
  return {
    add: (item: Waiting) => void items.push(item),
    first(): Waiting | undefined {
      while (head < items.length && items[head].cancelled) drop();
      return items[head];
    },
    drop
  };
}
