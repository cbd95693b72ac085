import type {OpenAI} from "openai";
import {createExchange, type ExchangeOptions} from "./exchange.js";
import {openai} from "./openai.js";

/**
 * An `openai` client that takes nothing from the environment (its keys, organisation, project, base address, log level
 * and headers have variables of their own), writes no logs and sends each request once: how often, and with which key, is
 * decided here. It never holds the key, which goes into a request's header at the last moment.
 */
export function createClient(url: string, options: ExchangeOptions): {client(): OpenAI; close(): void} {
  const {fetch, close} = createExchange(options);
  let client: OpenAI | undefined;
  const made = () =>
    new (openai().OpenAI)({
      ...{baseURL: url, apiKey: "none", adminAPIKey: null, organization: null, project: null, webhookSecret: null},
      ...{maxRetries: 0, logLevel: "off", fetch},
      // Times are bounded in the exchange, answers' bodies included.
      timeout: 2 ** 31 - 1
    });
  return {client: () => (client ??= made()), close};
}
