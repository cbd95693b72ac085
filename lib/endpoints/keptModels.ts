import type {Endpoint} from "../schema/endpoint.js";
import type {AnswerCache} from "./answerCache.js";
import {createEndpointModel, type EndpointModel} from "./endpointModel.js";
import {endpointFamily} from "./families.js";
import type {HeldOut} from "./heldOutGuard.js";
import {createUsage, type PromptUsage} from "./modelUsage.js";
import {requestKey} from "./requestKey.js";

/** No answer is kept: who may send requests is to ask. */
export class NotKept extends Error {}

/** Models that only repeat themselves. */
interface KeptModels {
  /** @throws RangeError where there is no such endpoint */
  get(id: string): EndpointModel;
  /** what was asked since they were made */
  usage(): PromptUsage[];
}

/**
 * The models of endpoints as far as their answers are kept, as `createModels` has them: for threads beside the one that
 * sends requests and keeps the budget. A question without a kept answer, and every picture, throws NotKept.
 *
 * @param options.prompts folder of a recipe's own prompts
 */
export function createKeptModels(
  endpoints: readonly Endpoint[],
  {cache, heldOut, prompts}: {cache: Pick<AnswerCache, "get">; heldOut: HeldOut; prompts: string | undefined}
): KeptModels {
  const settled = () => Promise.resolve();
  const answer = (key: string) => {
    const kept = cache.get(key);
    if (kept === null) throw new NotKept(`expected a kept answer, got none under ${key}`);
    return {answer: kept, cached: true};
  };
  const drawings = {answer: () => Promise.reject(new NotKept("expected no picture here")), settled};
  const all = new Map(
    endpoints.map((endpoint) => {
      const usage = createUsage(endpoint);
      const answering = {
        answer: async (request: Parameters<typeof requestKey>[0]) => answer(requestKey(request)),
        settled
      };
      const parts = {answering, drawings, usage, heldOut, prompts};
      return [endpoint.id, {usage, model: createEndpointModel(endpoint, endpointFamily(endpoint), parts)}] as const;
    })
  );
  return {
    get(id) {
      const one = all.get(id);
      if (one !== undefined) return one.model;
      throw new RangeError(`expected one of the endpoints ${[...all.keys()].join(", ")}, got ${id}`);
    },
    usage: () => Array.from(all.values(), ({usage}) => usage.rows()).flat()
  };
}
