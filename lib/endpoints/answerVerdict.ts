import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import type {Answered} from "./languageModel.js";
import {isRefusal, said} from "./structured.js";

/** Why a question has no value. */
export type Verdict = Omit<Extract<Answered<never>, {ok: false}>, "ok" | "took">;

const refused = "bad-request:";

/**
 * What stands for an answer where the endpoint refuses one request and would always refuse it (status 400): kept as an
 * answer, so that it is not asked again. It took nothing.
 *
 * @param message what the endpoint says, which tells a filter's refusal and a text that is too long from the rest
 */
export function badRequestAnswer(message: string, request: ChatRequest): ChatAnswer {
  return {
    text: message.toWellFormed(),
    refusal: null,
    finish: `${refused}${cannotSee(request, message) ? "unseen" : badRequestReason(message)}`,
    usage: {input: 0, output: 0, cached: 0},
    model: request.model,
    fingerprint: null
  };
}

/** Why an endpoint always refuses a request, by what it says. */
export function badRequestReason(message: string): "refused" | "truncated" | "wrong-form" {
  return filter.test(message) ? "refused" : tooLong.test(message) ? "truncated" : "wrong-form";
}

/** Whether a refusal says that the model takes no pictures, of a request that shows one. */
export function cannotSee({messages}: Pick<ChatRequest, "messages">, message: string): boolean {
  return messages.some(({pictures}) => pictures !== undefined) && blind.test(message) && !filter.test(message);
}

// As OpenAI, Azure, vLLM, llama.cpp, Ollama and Mistral word them.
const filter = /content[ _-]?(?:filter|policy|management)|moderation|flagged|safety|usage polic|ResponsibleAI/i;
const tooLong =
  /context[ _-]?(?:length|window|size)|maximum (?:\w+ )?(?:length|tokens)|too (?:long|large|many tokens)|reduce the length|exceeds? the (?:available|maximum|model)|string_above_max_length/i;

// "image input is not supported" (llama.cpp), "is not a multimodal model" and "At most 0 image(s) may be provided" (vLLM),
// "does not support image input" (Ollama), "image_url is only supported by certain models" (OpenAI), "unknown variant
// `image_url`" (DeepSeek).
const blind =
  /(?:image|vision|multi-?modal)[^.]{0,80}\b(?:not|only|cannot|unsupported|no)\b|\b(?:not|no|unsupported|0|unknown variant)\b[^.]{0,80}(?:image|vision|multi-?modal)/i;

/** What is wrong with an answer before anybody reads its content, null where nothing is. */
export function verdictOf({text, refusal, finish}: ChatAnswer): Verdict | null {
  if (finish.startsWith(refused))
    return {
      reason: finish.slice(refused.length) as Verdict["reason"],
      detail: `the endpoint refused it: ${text}`.slice(0, 300)
    };
  if (refusal !== null) return {reason: "refused", detail: refusal.slice(0, 300)};
  if (finish === "content_filter") return {reason: "refused", detail: "ended by the endpoint's content filter"};
  if (finish === "length")
    return {reason: "truncated", detail: `cut off at its length, after ${text.length} characters`};
  const reply = said(text);
  if (reply === "")
    return {reason: "empty", detail: text.trim() === "" ? "no text" : "thinking, and no answer after it"};
  if (isRefusal(reply)) return {reason: "refused", detail: reply.slice(0, 300)};
  return null;
}
