import type {ChatMessage} from "../schema/chat.js";
import {Endpoint} from "../schema/endpoint.js";
import {EndpointError} from "./endpointError.js";
import {createTransport} from "./transport.js";

/** An OpenAI-compatible endpoint for chat completions that no recipe declares, and how it is asked. */
export interface ChatEndpoint {
  /** what `/chat/completions` is appended to, e.g. "http://127.0.0.1:8000/v1" */
  url: string;
  model: string;
  /** sent as a bearer token; never part of a message */
  key?: string;
  /** requests under way at once */
  concurrency?: number;
  /** tokens of a reply at most, those of a model's thinking included */
  tokens?: number;
  /** how often a request is made at most */
  attempts?: number;
  /** before the second attempt at most, in milliseconds */
  pause?: number;
}

/**
 * A function that sends messages to a chat endpoint and returns the text of its reply, asked for at temperature 0, without
 * tools, as `createTransport` has it: what is refused for now is asked again, a dead endpoint does not hold up a whole run.
 *
 * Replies are as the server gives them: temperature 0 promises no equal replies.
 *
 * @throws Error saying what came, equal for equal reasons: a status, a broken connection, a reply of another shape or cut off
 */
export function createChat({
  url,
  model,
  key,
  concurrency = 4,
  tokens = 2048,
  attempts = 6,
  pause = 500
}: ChatEndpoint): (messages: readonly ChatMessage[]) => Promise<string> {
  const transport = createTransport(Endpoint.parse({id: "chat", url, model, limits: {concurrency}}), {
    ...(key === undefined || key === "" ? {} : {key: () => key}),
    retry: {attempts, pause}
  });
  return async (messages) => {
    try {
      const {text, finish} = await transport.chat({
        ...{model, weights: "none-api", messages: [...messages], temperature: 0, topP: null, maxTokens: tokens},
        ...{stop: [], schema: null, sample: 0}
      });
      if (finish === "length") throw new Error("expected a whole answer, got one cut off at its length");
      return text;
    } catch (error) {
      // Without the number of attempts and their time: whoever counts reasons wants one for each reason.
      throw error instanceof EndpointError ? new Error(error.detail) : error;
    }
  };
}
