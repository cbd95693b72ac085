import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import type {Picture} from "../schema/media.js";

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
/** Pixels on a side of the smallest patch that vision models have made a token of (CLIP ViT-L/14 and what was built on it). */
const patch = 14;

/**
 * The most tokens that a request can take: no tokenizer over bytes has more tokens than bytes, and the answer ends at
 * `maxTokens`. A schema counts as text, as where an endpoint puts it into the prompt.
 *
 * An endpoint that passes over `maxTokens`, or a template with a longer text of its own, takes more; one that counts more
 * than a token for each patch of a picture does, too.
 */
export function mostTokens({messages, schema, maxTokens}: ChatRequest): RequestTokens {
  let input = before + (schema === null ? 0 : Buffer.byteLength(JSON.stringify(schema)));
  for (const {content, pictures} of messages) input += around + Buffer.byteLength(content) + pictureTokens(pictures);
  return {input, cached: 0, output: maxTokens, estimated: true};
}

/** Tokens of pictures at most, where a token is a patch, with a mark for the end of each row. */
export function pictureTokens(pictures: readonly Picture[] = []): number {
  return pictures.reduce((sum, {width, height}) => sum + (Math.ceil(width / patch) + 1) * Math.ceil(height / patch), 0);
}

/** What a request took as the endpoint counts it, or else the most that it can have taken. */
export function tookTokens(request: ChatRequest, {usage}: ChatAnswer): RequestTokens {
  if (usage === null) return mostTokens(request);
  return {...usage, cached: Math.min(usage.cached, usage.input), estimated: false};
}
