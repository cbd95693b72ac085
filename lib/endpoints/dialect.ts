import type {ChatRequest} from "../schema/chat.js";
import type {Picture} from "../schema/media.js";
import {cannotSee} from "./answerVerdict.js";

/** How an endpoint is asked for JSON, from the strictest on. */
const forms = ["json_schema", "json_object", "prompt"] as const;

/** What shapes an answer and some models take at their own value alone, and how their endpoints say so. */
const shaping = ["temperature", "top_p"] as const;
const ownValue =
  /unsupported|not supported|(?:not|n['’]t) support|only the default|deprecated|not (?:permitted|allowed)/i;
const bounds = /between|range|at (?:most|least)|(?:less|greater|more) than|above|below|m(?:ax|in)imum|[<>≤≥]/i;

/** One request in the words of an endpoint. */
export interface Phrased {
  body(): Record<string, unknown>;
  /** The endpoint has refused it with this message (status 400 or 422). True: it can be put otherwise, try again. */
  refused(message: string): boolean;
  /** It was taken as it was put now, and further ones are put so from the beginning. */
  taken(): void;
}

/** What an endpoint takes of the interface, learned from what it refuses. */
export interface Dialect {
  phrase(request: ChatRequest): Phrased;
  /** what was asked for and is left out, as the endpoint refuses any value of it: "temperature", "top_p" */
  leftOut(): string[];
}

/**
 * Learns how an endpoint wants to be asked: whether a schema goes along as `json_schema`, only as `json_object`, or in the
 * prompt alone; whether the bound on tokens is `max_tokens` or `max_completion_tokens`; whether it knows `seed`. A form is
 * remembered for a schema, as endpoints may take one schema and not another. Nothing of this is part of a request's key:
 * what an answer has to be, it has to be in each form.
 *
 * `temperature` and `top_p` shape the answer: they are left out, all others being equal, where the endpoint says that its
 * model takes none but its own, and `leftOut` tells so. A value that is only out of bounds stays a refused request. The key
 * of the request stays what was asked for.
 *
 * Pictures go before their message's text, as models that look at them were taught, each as a data: address.
 *
 * @param bytesOf a picture's bytes, read anew for each sending
 */
export function createDialect(bytesOf: (picture: Picture) => Buffer): Dialect {
  const formOf = new Map<string, number>();
  let bound: "max_tokens" | "max_completion_tokens" = "max_tokens";
  let seeded = true;
  const leftOut = new Set<string>();
  return {
    leftOut: () => [...leftOut].sort(),
    phrase(request) {
      const {schema} = request;
      const id = schema === null ? "" : JSON.stringify(schema);
      let learned = false;
      const left = new Set(leftOut);
      const put = {bound, seeded, form: schema === null ? 0 : (formOf.get(id) ?? 0)};
      return {
        body: () => ({
          model: request.model,
          messages: (schema === null || put.form === 0
            ? request.messages
            : withSchema(request.messages, schema.json)
          ).map((message) => shown(message, bytesOf)),
          ...(left.has("temperature") ? {} : {temperature: request.temperature}),
          ...(request.topP === null || left.has("top_p") ? {} : {top_p: request.topP}),
          [put.bound]: request.maxTokens,
          ...(request.stop.length === 0 ? {} : {stop: request.stop}),
          ...(put.seeded ? {seed: request.sample} : {}),
          ...(schema === null ? {} : formatOf(schema, forms[put.form])),
          stream: false
        }),
        refused(message) {
          if (cannotSee(request, message)) return false;
          learned = true;
          if (put.bound === "max_tokens" && message.includes("max_completion_tokens")) {
            put.bound = "max_completion_tokens";
            return true;
          }
          const own =
            ownValue.test(message) && !bounds.test(message)
              ? shaping.find((name) => !left.has(name) && new RegExp(`\\b${name}\\b`).test(message))
              : undefined;
          if (own !== undefined) {
            left.add(own);
            return true;
          }
          if (put.seeded && /\bseed\b/.test(message)) {
            put.seeded = false;
            return true;
          }
          return schema !== null && ++put.form < forms.length;
        },
        taken() {
          // One that was put the old way and taken must not undo what others have learned since.
          if (!learned) return;
          ({bound, seeded} = put);
          for (const name of left) leftOut.add(name);
          if (schema !== null) formOf.set(id, put.form);
        }
      };
    }
  };
}

function formatOf({name, json}: NonNullable<ChatRequest["schema"]>, form: (typeof forms)[number]) {
  if (form === "prompt") return {};
  if (form === "json_object") return {response_format: {type: "json_object"}};
  return {response_format: {type: "json_schema", json_schema: {name, schema: json, strict: true}}};
}

/** The schema goes to the end of the last message: not every model's template takes a system message. */
function withSchema(messages: ChatRequest["messages"], json: unknown): ChatRequest["messages"] {
  const last = messages[messages.length - 1];
  const asked = `Answer with one JSON object that this JSON Schema describes, and with nothing else:\n${JSON.stringify(json)}`;
  return [...messages.slice(0, -1), {...last, content: `${last.content}\n\n${asked}`}];
}

function shown({pictures, ...message}: ChatRequest["messages"][number], bytesOf: (picture: Picture) => Buffer): object {
  if (pictures === undefined) return message;
  const urls = pictures.map((picture) => `data:${picture.mediaType};base64,${bytesOf(picture).toString("base64")}`);
  const parts = urls.map((url) => ({type: "image_url", image_url: {url}}));
  return {role: message.role, content: [...parts, {type: "text", text: message.content}]};
}
