import type {Endpoint} from "../schema/endpoint.js";
import {billionths, costOf, type Cost} from "./cost.js";
import type {Answered, Question} from "./languageModel.js";
import type {RequestTokens} from "./requestTokens.js";

/** What the questions of one prompt to one endpoint took since the models were opened. */
export interface PromptUsage {
  endpoint: string;
  prompt: string;
  version: string;
  questions: number;
  /** rounds of repair included */
  requests: number;
  /** of them, those whose answer was there already or under way: nothing was paid */
  cached: number;
  /** asked for again with the validator's message */
  repaired: number;
  /** paid now: tokens, of them those that the endpoint did not count and that are the most it can have been */
  input: number;
  output: number;
  estimated: number;
  /** paid now; null where the endpoint has no price */
  money: {currency: string; amount: number} | null;
  /** questions by what came of them: "ok", "refused", "truncated", "empty", "wrong-form", "held-out", "unseen" */
  verdicts: Record<string, number>;
}

/** Counts by endpoint and prompt. */
export interface UsageCounts {
  /** @param cost what it cost where that does not follow from its tokens */
  request(
    question: Pick<Question, "prompt">,
    how: {cached: boolean; repair: boolean},
    took: RequestTokens,
    cost?: Cost
  ): void;
  verdict(question: Pick<Question, "prompt">, answered: Answered<unknown>): void;
  /** Adds what was counted elsewhere, of answers that were there alone. */
  add(rows: readonly PromptUsage[]): void;
  rows(): PromptUsage[];
}

/** Counts what an endpoint's questions take. */
export function createUsage({id, price}: Pick<Endpoint, "id" | "price">): UsageCounts {
  const rows = new Map<string, PromptUsage & {cost: number}>();
  const rowOf = ({prompt}: Pick<Question, "prompt">) => {
    const key = `${prompt.id} ${prompt.version}`;
    let row = rows.get(key);
    if (row === undefined) {
      const none = {questions: 0, requests: 0, cached: 0, repaired: 0, input: 0, output: 0, estimated: 0, cost: 0};
      row = {endpoint: id, prompt: prompt.id, version: prompt.version, ...none, money: null, verdicts: {}};
      rows.set(key, row);
    }
    return row;
  };
  return {
    request(question, {cached, repair}, took, cost = costOf(took, price)) {
      const row = rowOf(question);
      row.requests++;
      if (repair) row.repaired++;
      if (cached) return void row.cached++;
      row.input += took.input;
      row.output += took.output;
      if (took.estimated) row.estimated += took.input + took.output;
      row.cost += cost.money;
    },
    verdict(question, answered) {
      const {verdicts} = rowOf(question);
      const name = answered.ok ? "ok" : answered.reason;
      rowOf(question).questions++;
      verdicts[name] = (verdicts[name] ?? 0) + 1;
    },
    add(more) {
      for (const {endpoint, prompt: name, version, ...counts} of more) {
        if (endpoint !== id) continue;
        const row = rowOf({prompt: {id: name, version}});
        for (const field of ["questions", "requests", "cached", "repaired"] as const) row[field] += counts[field];
        for (const [verdict, n] of Object.entries(counts.verdicts))
          row.verdicts[verdict] = (row.verdicts[verdict] ?? 0) + n;
      }
    },
    rows: () =>
      [...rows.values()]
        .map(({cost, ...row}) => ({
          ...row,
          verdicts: {...row.verdicts},
          money: price === undefined ? null : {currency: price.currency, amount: cost / billionths}
        }))
        .sort((a, b) => (a.prompt < b.prompt ? -1 : a.prompt > b.prompt ? 1 : Number(a.version) - Number(b.version)))
  };
}
