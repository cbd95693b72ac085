import {z} from "zod";
import {Picture} from "./media.js";

export const ChatMessage = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string(),
  /** shown before the text; no such field where there are none, so that the keys of all other requests stay */
  pictures: z.array(Picture).min(1).optional()
});

export type ChatMessage = z.infer<typeof ChatMessage>;

/** All that shapes an answer, and nothing else: its hash is the answer's key in the cache. */
export const ChatRequest = z.strictObject({
  model: z.string().min(1),
  /** sha256 of the model's weights, or "none-api" */
  weights: z.string(),
  messages: z.array(ChatMessage).min(1),
  temperature: z.number().min(0),
  topP: z.number().min(0).max(1).nullable(),
  /** tokens of the answer at most, those of its thinking included */
  maxTokens: z.int().min(1),
  stop: z.array(z.string()),
  /** JSON Schema that the answer is to have; null for plain text */
  schema: z.strictObject({name: z.string(), json: z.record(z.string(), z.unknown())}).nullable(),
  /** tells draws of one request apart; sent as `seed` beside the run's own */
  sample: z.int().min(0)
});

export type ChatRequest = z.infer<typeof ChatRequest>;

/** What an endpoint gave, before anybody has judged it. */
export const ChatAnswer = z.strictObject({
  text: z.string(),
  /** the model's own words where it refuses, null where it does not */
  refusal: z.string().nullable(),
  /** why it ended, as the endpoint says it: "stop", "length", "content_filter" … */
  finish: z.string(),
  /** tokens, as the endpoint counts them; null where it does not */
  usage: z.strictObject({input: z.int().min(0), output: z.int().min(0), cached: z.int().min(0)}).nullable(),
  /** the model that says it answered */
  model: z.string(),
  fingerprint: z.string().nullable()
});

export type ChatAnswer = z.infer<typeof ChatAnswer>;
