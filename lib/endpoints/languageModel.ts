import type {z} from "zod";
import type {ChatMessage} from "../schema/chat.js";
import type {Picture} from "../schema/media.js";

/** What a model is asked. */
export interface Question {
  messages: readonly ChatMessage[];
  /** 0 where it does not say */
  temperature?: number;
  topP?: number;
  /** tokens of the answer at most; 2048 where it does not say */
  maxTokens?: number;
  stop?: readonly string[];
  /** tells draws of one question apart; 0 where it does not say */
  sample?: number;
  /** prompt file that the messages were made with, for counts: "question-answer", "1" */
  prompt: {id: string; version: string};
}

/** What a question took, a round of repair included; the same whether the answers were paid for now or came from the cache. */
export interface Took {
  requests: number;
  /** tokens, as the endpoint counts them; estimated where it does not */
  input: number;
  output: number;
}

/**
 * What came of a question. Not an error but a verdict: refused (by the model), truncated, empty, wrong-form (after a round
 * of repair), held-out (the prompt holds what no model may be shown, and was not sent), unseen (it shows a picture, and the
 * model takes none).
 */
export type Answered<T> = {took: Took} & (
  | {ok: true; value: T}
  | {ok: false; reason: "refused" | "truncated" | "empty" | "wrong-form" | "held-out" | "unseen"; detail: string}
);

/** A model that can be asked, whatever is behind it. */
export interface LanguageModel {
  /** the endpoint's id in the recipe */
  id: string;
  model: string;
  family: string;
  /** sha256 of the weights, or "none-api" */
  weights: string;
  /**
   * The answer as plain text.
   *
   * @throws Error where no answer can be had: endpoint down, key refused, budget spent, cancelled
   */
  write(question: Question): Promise<Answered<string>>;
  /** The answer as an object of a schema, asked for again once with the validator's message. @throws as write */
  ask<T>(question: Question, reply: z.ZodType<T>): Promise<Answered<T>>;
}

/** A picture that is wanted. */
export interface Drawing {
  /** what it is to show */
  prompt: string;
  /** as the endpoint names sizes, e.g. "1024x1024" */
  size: string;
  /** tells draws of one prompt apart */
  sample: number;
  /** prompt file that led to it, for counts */
  by: Question["prompt"];
}

/** A model that draws, whatever is behind it. */
export interface ImageModel extends Pick<LanguageModel, "id" | "model" | "family" | "weights"> {
  /** The picture, its bytes stored; `took` counts no tokens, as pictures are paid by the piece. @throws as write */
  draw(drawing: Drawing): Promise<Answered<Picture>>;
}
