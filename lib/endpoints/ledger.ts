import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import type {Endpoint} from "../schema/endpoint.js";
import type {ImageAnswer} from "../schema/image.js";
import {billionths, costOf, costOfPictures, type Cost} from "./cost.js";
import {addSpent, nothing, openLedgerFile, type Spent} from "./ledgerFile.js";
import {mostTokens, tookTokens, type RequestTokens} from "./requestTokens.js";

/** What all requests of a data set together may take. */
export interface Budget {
  /** by currency; a currency without an entry may not be spent at all, none at all where there is no entry */
  money?: Readonly<Record<string, number>>;
  /** tokens of input and answers */
  tokens?: number;
}

/** Nothing more can be sent without risk of passing over the budget; what was answered is kept. */
export class BudgetSpent extends Error {
  /** @param budget its currency, or "tokens" */
  constructor(
    message: string,
    readonly budget: string
  ) {
    super(message);
  }
}

/** Leave to send one request. Ends once, one way or the other. */
export interface Reservation {
  /** the answer is there and stored */
  settle(answer: ChatAnswer): void;
  /** it was not sent, or what became of it costs nothing */
  release(): void;
  /** it was sent and nobody knows whether it is billed: counts as the most that it can cost */
  lose(): void;
}

/** Spent and reserved, of a budget where there is one. */
interface Figure {
  spent: number;
  reserved: number;
  budget: number | null;
}

/** Where a budget stands, in units of the currencies. */
export interface LedgerFigures {
  money: Record<string, Figure>;
  tokens: Figure;
  /** requests paid for, over all runs; of them those that an endpoint did not count, and those of unknown end */
  requests: number;
  estimated: number;
  lost: number;
}

/** The budget of a data set. */
export interface Ledger {
  /**
   * Leave to send a request, waiting where the budget would only do if those under way cost less than they can.
   *
   * @throws BudgetSpent where it would not, and for all requests from then on; the signal's reason
   */
  reserve(
    endpoint: string,
    key: string,
    request: ChatRequest,
    options?: {batch?: boolean; signal?: AbortSignal}
  ): Promise<Reservation>;
  /** Leave to have one picture drawn, which costs what the endpoint's price says of one. @throws as reserve; Error without one that the budget needs */
  reservePicture(
    endpoint: string,
    key: string,
    options?: {signal?: AbortSignal}
  ): Promise<Omit<Reservation, "settle"> & {settle(): void}>;
  figures(): LedgerFigures;
  close(): void;
}

interface Waiting {
  cost: Cost;
  endpoint: string;
  go(): void;
  stop(error: unknown): void;
}

/**
 * Opens the ledger of a data set. The budget is hard: the most that a request can cost is reserved before it is sent (and
 * written to the file), and what it did cost takes that place once its answer is stored. A run that goes on after a kill
 * knows what was spent: the file's sum, and for requests that were under way their answers in the cache; one without an
 * answer may have been billed and counts as the most that it can cost.
 *
 * Guards against more than the endpoint counts only as far as that is known: what an endpoint took over the most expected
 * is added to its further requests. It cannot see attempts that an endpoint bills without answering, nor what others spend
 * with the same key.
 *
 * @param path file of the ledger; null keeps it in memory alone
 * @param options.answered the answer in the cache under a key
 * @param options.batched whether an answer is yet to be read from a batch: it counts when it is
 * @throws Error naming an endpoint without a price in one of the budget's currencies
 */
export async function openLedger(
  path: string | null,
  endpoints: readonly Pick<Endpoint, "id" | "price">[],
  budget: Budget,
  {
    answered = () => null,
    batched = () => false
  }: {answered?: (key: string) => ChatAnswer | ImageAnswer | null; batched?: (key: string) => boolean} = {}
): Promise<Ledger> {
  const prices = new Map(endpoints.map(({id, price}) => [id, price]));
  const currencies = Object.keys(budget.money ?? {});
  for (const [id, price] of prices) {
    if (currencies.length === 0 || (price !== undefined && currencies.includes(price.currency))) continue;
    const got = price === undefined ? "none" : `one in ${price.currency}`;
    throw new Error(`endpoint ${id}: a budget in ${currencies.join(" and ")} needs its price in that, got ${got}`);
  }
  if (path === null) return new Open(nothing(), null, prices, budget);
  const {spent, file} = await openLedgerFile(path, (ask) => {
    const answer = answered(ask.key);
    if (answer === null) return batched(ask.key) ? "free" : "lost";
    if ("picture" in answer) return {cost: ask, estimated: false};
    if ("reason" in answer) return answer.reason === "wrong-form" ? {cost: ask, estimated: false} : "free";
    const {usage} = answer;
    const counted = usage !== null && prices.has(ask.endpoint);
    return {cost: counted ? costOf(usage, prices.get(ask.endpoint)) : ask, estimated: !counted};
  });
  return new Open(spent, file, prices, budget);
}

class Open implements Ledger {
  readonly #spent: Spent;
  readonly #file: Awaited<ReturnType<typeof openLedgerFile>>["file"] | null;
  readonly #prices: ReadonlyMap<string, Endpoint["price"]>;
  readonly #limits: ReadonlyMap<string, number>;
  /** under way: requests, and the most they can take; tokens under "tokens" */
  readonly #reserved = new Map<string, number>();
  #underWay = 0;
  readonly #waiting: Waiting[] = [];
  #stopped: BudgetSpent | null = null;
  /** by endpoint, what an answer took over the most that was expected */
  readonly #over = new Map<string, {input: number; output: number}>();

  constructor(
    spent: Spent,
    file: Awaited<ReturnType<typeof openLedgerFile>>["file"] | null,
    prices: ReadonlyMap<string, Endpoint["price"]>,
    {money = {}, tokens}: Budget
  ) {
    this.#spent = spent;
    this.#file = file;
    this.#prices = prices;
    this.#limits = new Map([
      ...Object.entries(money).map(([currency, most]) => [currency, Math.round(most * billionths)] as const),
      ...(tokens === undefined ? [] : [["tokens", tokens] as const])
    ]);
  }

  async reserve(
    endpoint: string,
    key: string,
    request: ChatRequest,
    {batch = false, signal}: {batch?: boolean; signal?: AbortSignal} = {}
  ): Promise<Reservation> {
    signal?.throwIfAborted();
    const price = this.#prices.get(endpoint);
    const over = this.#over.get(endpoint) ?? {input: 0, output: 0};
    const most = mostTokens(request);
    const expected = {...most, input: most.input + over.input, output: most.output + over.output};
    const dearest = price && {...price, input: Math.max(price.input, price.cached ?? 0)};
    const {end, release, lose} = await this.#hand(endpoint, key, costOf(expected, dearest, {batch}), signal);
    return {
      settle: (answer) => {
        const took = tookTokens(request, answer);
        this.#learn(endpoint, most, took);
        end(took.estimated ? null : costOf(took, price, {batch}));
      },
      ...{release, lose}
    };
  }

  async reservePicture(endpoint: string, key: string, {signal}: {signal?: AbortSignal} = {}) {
    signal?.throwIfAborted();
    const price = this.#prices.get(endpoint);
    if (price?.image === undefined && [...this.#limits.keys()].some((name) => name !== "tokens"))
      throw new Error(`endpoint ${endpoint}: a budget in money needs the price of a picture (price.image), got none`);
    const cost = costOfPictures(1, price);
    const {end, release, lose} = await this.#hand(endpoint, key, cost, signal);
    return {settle: () => end(cost), release, lose};
  }

  /** Leave for one request. `end` takes what it cost, null where nobody has counted: then the most that it can have. */
  async #hand(endpoint: string, key: string, cost: Cost, signal: AbortSignal | undefined) {
    await this.#leave(endpoint, cost, signal);
    try {
      this.#file?.ask(key, endpoint, cost);
    } catch (error) {
      this.#back(cost);
      throw error;
    }
    const once = () => {
      if (ended) throw new Error(`expected one end of the reservation of ${key}, got two`);
      ended = true;
    };
    let ended = false;
    const end = (took: Cost, how: {estimated: boolean; lost: boolean}) => {
      once();
      addSpent(this.#spent, took, how);
      this.#file?.end(key, took, how);
      this.#back(cost);
    };
    return {
      end: (took: Cost | null) => end(took ?? cost, {estimated: took === null, lost: false}),
      release: () => {
        once();
        this.#file?.free(key);
        this.#back(cost);
      },
      lose: () => end(cost, {estimated: true, lost: true})
    };
  }

  figures(): LedgerFigures {
    const {tokens, money, requests, estimated, lost} = this.#spent;
    const currencies = new Set([...this.#limits.keys(), ...Object.keys(money), ...this.#reserved.keys()]);
    currencies.delete("tokens");
    const figure = (name: string, spent: number, unit: number): Figure => ({
      spent: spent / unit,
      reserved: (this.#reserved.get(name) ?? 0) / unit,
      budget: this.#limits.has(name) ? this.#limits.get(name)! / unit : null
    });
    return {
      money: Object.fromEntries(
        [...currencies].sort().map((name) => [name, figure(name, money[name] ?? 0, billionths)])
      ),
      tokens: figure("tokens", tokens, 1),
      requests,
      estimated,
      lost
    };
  }

  close(): void {
    this.#file?.close();
  }

  /** Waits until a cost fits, those that came before first. */
  async #leave(endpoint: string, cost: Cost, signal: AbortSignal | undefined): Promise<void> {
    if (this.#stopped !== null) throw this.#stopped;
    const cancel = () => {
      const at = this.#waiting.findIndex(({cost: other}) => other === cost);
      if (at !== -1) this.#waiting.splice(at, 1)[0].stop(signal!.reason);
      this.#admit();
    };
    signal?.addEventListener("abort", cancel, {once: true});
    try {
      await new Promise<void>((go, stop) => {
        this.#waiting.push({cost, endpoint, go, stop});
        this.#admit();
      });
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  #admit(): void {
    for (let head = this.#waiting.at(0); head !== undefined; head = this.#waiting.at(0)) {
      const short = this.#short(head.cost);
      if (short === null) {
        this.#waiting.shift();
        this.#hold(head.cost, 1);
        head.go();
      } else if (this.#underWay > 0 && this.#short(head.cost, {reserved: false}) === null) return;
      else {
        this.#stopped = this.#spentOn(short, head);
        for (const waiting of this.#waiting.splice(0)) waiting.stop(this.#stopped);
      }
    }
  }

  /** The budget that a cost would pass over, if any. */
  #short(cost: Cost, {reserved = true} = {}): string | null {
    for (const [name, limit] of this.#limits) {
      const held = reserved ? (this.#reserved.get(name) ?? 0) : 0;
      if (this.#spentOf(name) + held + amount(cost, name) > limit) return name;
    }
    return null;
  }

  #spentOf(name: string): number {
    return name === "tokens" ? this.#spent.tokens : (this.#spent.money[name] ?? 0);
  }

  #hold(cost: Cost, sign: 1 | -1): void {
    this.#underWay += sign;
    for (const name of ["tokens", ...(cost.currency === null ? [] : [cost.currency])])
      this.#reserved.set(name, (this.#reserved.get(name) ?? 0) + sign * amount(cost, name));
  }

  #back(cost: Cost): void {
    this.#hold(cost, -1);
    this.#admit();
  }

  #learn(endpoint: string, most: RequestTokens, took: RequestTokens): void {
    const over = this.#over.get(endpoint) ?? {input: 0, output: 0};
    this.#over.set(endpoint, {
      input: Math.max(over.input, took.input - most.input),
      output: Math.max(over.output, took.output - most.output)
    });
  }

  #spentOn(name: string, {cost, endpoint}: Waiting): BudgetSpent {
    const unit = name === "tokens" ? 1 : billionths;
    const [limit, spent, next] = [this.#limits.get(name)!, this.#spentOf(name), amount(cost, name)].map((value) =>
      (value / unit).toLocaleString("en", {maximumFractionDigits: 9})
    );
    return new BudgetSpent(
      `the budget of ${limit} ${name} is spent: ${spent} until now, and the next request (to ${endpoint}) could take ${next}`,
      name
    );
  }
}

function amount(cost: Cost, name: string): number {
  return name === "tokens" ? cost.tokens : cost.currency === name ? cost.money : 0;
}
