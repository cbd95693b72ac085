import {z} from "zod";
import {ChatAnswer} from "../schema/chat.js";
import type {Endpoint} from "../schema/endpoint.js";
import {ImageAnswer} from "../schema/image.js";
import type {AnswerCache} from "./answerCache.js";
import {createAnswering} from "./answering.js";
import type {AnswersRead} from "./answersFile.js";
import type {BatchOptions} from "./batch.js";
import {createDrawings} from "./drawing.js";
import {createEndpointModel, type EndpointModel} from "./endpointModel.js";
import {endpointFamily} from "./families.js";
import type {HeldOut} from "./heldOutGuard.js";
import {openLedger, type Budget, type LedgerFigures} from "./ledger.js";
import {createUsage, type PromptUsage} from "./modelUsage.js";
import {openBatchFile} from "./pendingBatches.js";
import {createTransport, type Transport, type TransportOptions} from "./transport.js";

const AnyAnswer = z.union([ChatAnswer, ImageAnswer]);

/** What models are opened with. */
export interface ModelsOptions {
  cache: AnswerCache;
  budget?: Budget;
  /** file of what was spent, over all runs, beside which batches under way are kept; in memory alone without it */
  ledger?: string;
  /** why a text may not be shown to a model, null where it may */
  heldOut: HeldOut;
  /** endpoints that write what models are to be trained on */
  writers?: readonly string[];
  /** environment variables, of which keys are read, each at the moment of its request */
  env?: Readonly<Record<string, string | undefined>>;
  /** kept answers alone; one that is missing is an error that names its request */
  offline?: boolean;
  /** folder of a recipe's own prompts, of which "repair" is used here */
  prompts?: string;
  signal?: AbortSignal;
  /** of batches: milliseconds without a further question after which one goes, and how often it is looked at */
  batch?: {linger?: number; poll?: BatchOptions["poll"]};
  /** how an endpoint is asked */
  transport?: (endpoint: Endpoint, options: TransportOptions) => Transport;
}

/** What an endpoint was asked since it was opened. */
interface EndpointUsage {
  endpoint: string;
  model: string;
  family: string;
  /** answers used, and those of them that were paid for now */
  requests: number;
  paid: number;
  /** what was sent, and how long it took */
  sent: ReturnType<Transport["counts"]>;
}

/** The models of a recipe. */
export interface Models {
  /** @throws RangeError where there is no such endpoint */
  get(id: string): EndpointModel;
  /** since they were opened; the budget over all runs */
  usage(): {
    prompts: PromptUsage[];
    endpoints: EndpointUsage[];
    budget: LedgerFigures;
  };
  /** what has been answered, for threads that use what is kept (see `createKeptModels`), and what these have asked */
  readonly kept: AnswersRead;
  count(asked: readonly PromptUsage[]): void;
  /** Waits for what is under way, so that nothing paid is lost, and closes connections, ledger and cache. */
  close(): Promise<void>;
}

/**
 * Opens the models of endpoints. A question is checked against held-out texts, looked up in the cache, reserved in the
 * budget, sent, stored and settled, in that order; what a model does wrong is a verdict, what keeps it from answering an
 * error. What comes of a question depends on it and its kept answer alone.
 *
 * Does not guard against an endpoint that serves another model than it says.
 *
 * @throws Error naming the endpoint: without terms of use of what it writes, a writer that no model may be trained on, of
 *   an unknown or contradicted family, without the price that the budget needs, with a password in its address
 */
export async function createModels(
  endpoints: readonly Endpoint[],
  {
    cache,
    budget = {},
    ledger: path,
    heldOut,
    writers = [],
    env = process.env,
    offline = false,
    prompts,
    signal,
    batch: {linger = 1000, poll} = {},
    transport: transportOf = createTransport
  }: ModelsOptions
): Promise<Models> {
  for (const endpoint of endpoints) refuseEndpoint(endpoint, writers);
  const families = endpoints.map(endpointFamily);
  const batches = openBatchFile(path === undefined ? null : `${path}.batches`, (key) => cache.get(key) !== null);
  const ledger = await openLedger(path ?? null, endpoints, budget, {
    answered: (key) => cache.get(key, AnyAnswer),
    batched: (key) => batches.has(key)
  });
  const all = new Map(
    endpoints.map((endpoint, i) => {
      const {id, key: variable} = endpoint;
      const key = variable === undefined ? undefined : () => env[variable];
      const picture = cache.pictures.read.bind(cache.pictures);
      const transport = transportOf(endpoint, {key, signal, picture});
      const drawings = createDrawings(endpoint, {cache, ledger, transport, offline, signal});
      const answering = createAnswering(endpoint, {
        ...{cache, ledger, transport, offline, signal, linger, poll},
        pending: batches.of(id)
      });
      const usage = createUsage(endpoint);
      const model = createEndpointModel(endpoint, families[i], {answering, drawings, usage, heldOut, prompts});
      return [id, {transport, answering, drawings, usage, model}] as const;
    })
  );
  if (all.size < endpoints.length) throw new Error(`expected endpoints of different ids, got ${endpoints.length}`);
  let closed: Promise<void> | undefined;
  const close = async () => {
    await Promise.all(Array.from(all.values(), ({answering, drawings}) => Promise.all([answering.settled(), drawings.settled()]))); // prettier-ignore
    for (const {transport} of all.values()) transport.close();
    ledger.close();
    await cache.close();
  };
  return {
    get(id) {
      const one = all.get(id);
      if (one !== undefined) return one.model;
      throw new RangeError(`expected one of the endpoints ${[...all.keys()].join(", ") || "(none)"}, got ${id}`);
    },
    usage: () => ({
      prompts: Array.from(all.values(), ({usage}) => usage.rows()).flat(),
      endpoints: Array.from(all, ([endpoint, {model, transport, usage}]) => {
        const rows = usage.rows();
        const requests = rows.reduce((sum, row) => sum + row.requests, 0);
        const paid = rows.reduce((sum, row) => sum + row.requests - row.cached, 0);
        return {endpoint, model: model.model, family: model.family, requests, paid, sent: transport.counts()};
      }),
      budget: ledger.figures()
    }),
    get kept() {
      return cache.read;
    },
    count(asked) {
      for (const {usage} of all.values()) usage.add(asked);
    },
    close: () => (closed ??= close())
  };
}

function refuseEndpoint({id, url, output}: Endpoint, writers: readonly string[]): void {
  const {username, password} = new URL(url);
  if (username !== "" || password !== "")
    throw new Error(`endpoint ${id}: expected an address without user and password; name a variable as key`);
  if (output === undefined)
    throw new Error(`endpoint ${id}: expected the terms of use of what it writes (output), got none`);
  if (writers.includes(id) && !output.train)
    throw new Error(
      `endpoint ${id}: no model may be trained on what it writes (${output.terms}): it cannot be a teacher`
    );
}
