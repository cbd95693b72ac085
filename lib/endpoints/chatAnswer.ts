import {z} from "zod";
import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import {readReply} from "./reply.js";

const count = z.int().min(0);

const Usage = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({cached_tokens: count.nullish()}).nullish().catch(null)
});

const Completion = z.object({
  model: z.string().nullish().catch(null),
  system_fingerprint: z.string().nullish().catch(null),
  choices: z
    .array(
      z.object({
        message: z.object({
          // Some servers give parts, of which one may be the thinking.
          content: z.union([z.string(), z.array(z.object({type: z.string(), text: z.string().optional()}))]).nullish(),
          refusal: z.string().nullish()
        }),
        finish_reason: z.string().nullish()
      })
    )
    .min(1),
  usage: Usage.nullish().catch(null)
});

/**
 * A chat completion's first answer, or what is wrong with the reply's form. Thinking that the endpoint gives beside the
 * text (reasoning_content, parts that are no text) is left out, an answer without content has an empty text. Lone
 * surrogates, which no file in UTF-8 can hold, become U+FFFD.
 *
 * @param json the reply's body
 */
export function chatAnswer(json: string, {model}: Pick<ChatRequest, "model">): ChatAnswer | Error {
  const data = readReply(json, Completion);
  if (data instanceof Error) return data;
  const [{message, finish_reason: finish}] = data.choices;
  if (finish === "error") return new Error("an answer that ended in an error");
  const {content} = message;
  const text = Array.isArray(content)
    ? content.flatMap((part) => (part.type === "text" ? [part.text ?? ""] : [])).join("")
    : (content ?? "");
  const refusal = message.refusal ?? "";
  return {
    text: text.toWellFormed(),
    refusal: refusal === "" ? null : refusal.toWellFormed(),
    finish: (finish ?? "unknown").toWellFormed(),
    usage: data.usage
      ? {
          input: data.usage.prompt_tokens,
          output: data.usage.completion_tokens,
          cached: Math.min(data.usage.prompt_tokens, data.usage.prompt_tokens_details?.cached_tokens ?? 0)
        }
      : null,
    model: (data.model || model).toWellFormed(),
    fingerprint: data.system_fingerprint?.toWellFormed() ?? null
  };
}
