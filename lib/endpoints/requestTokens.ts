import type {ChatAnswer, ChatRequest} from "../schema/chat.js";

/** What a request takes, or took. */
export interface RequestTokens {
  input: number;
  /** of the input, those that the endpoint had cached */
  cached: number;
  output: number;
  /** the endpoint did not count: the most that it can have been */
  estimated: boolean;
}

/** What a template puts around a message, and what it says of its own where nobody does: Harmony's, the longest, some 70 tokens. */
const around = 16;
const before = 128;

/**
 * The most tokens that a request can take: no tokenizer over bytes has more tokens than bytes, and the answer ends at
 * `maxTokens`. A schema counts as text, as where an endpoint puts it into the prompt.
 *
 * An endpoint that passes over `maxTokens`, or a template with a longer text of its own, takes more.
 */
export function mostTokens({messages, schema, maxTokens}: ChatRequest): RequestTokens {
  let input = before + (schema === null ? 0 : Buffer.byteLength(JSON.stringify(schema)));
  for (const {content} of messages) input += around + Buffer.byteLength(content);
  return {input, cached: 0, output: maxTokens, estimated: true};
}

/** What a request took as the endpoint counts it, or else the most that it can have taken. */
export function tookTokens(request: ChatRequest, {usage}: ChatAnswer): RequestTokens {
  if (usage === null) return mostTokens(request);
  return {...usage, cached: Math.min(usage.cached, usage.input), estimated: false};
}
