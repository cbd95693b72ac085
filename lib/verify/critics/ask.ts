import {z} from "zod";
import type {Answered, LanguageModel, Question} from "../../endpoints/languageModel.js";
import type {Prompt} from "../../io/prompts.js";
import type {Vote} from "../../schema/vote.js";
import {findQuote, type Quotable} from "../../text/findQuote.js";

/** What a judge says of one text or claim. */
export const Reply = z.strictObject({
  verdict: z.enum(["pass", "fail", "abstain"]),
  /** probability that the verdict is right */
  confidence: z.number().min(0).max(1),
  /** copied exactly */
  evidence: z.string().max(2000),
  reason: z.string().max(2000)
});

export type Reply = z.infer<typeof Reply>;

/**
 * UTF-16 code units of the shortest quote of a judge that counts. Of runs of 12 units drawn from one of MTS-Dialog's dialogues
 * 1.9 % stand in another one too, of PubMedQA's abstracts 0.6 %; of 8 units it is 8.6 % and 2.9 %, so that shorter quotes
 * say little of having read this text.
 */
const shortestQuote = 12;

/** A question to judges; at temperature 0, since a second draw is no second opinion. */
export function questionOf(prompt: Prompt, values: Parameters<Prompt["render"]>[0], maxTokens = 2048): Question {
  return {
    messages: prompt.render(values),
    temperature: 0,
    maxTokens,
    prompt: {id: prompt.id, version: prompt.version}
  };
}

/**
 * A judge's vote: what it says, if the quote that it gives stands where it must stand; void with the reason where it does
 * not, or where no usable answer came.
 *
 * @param within where the quote of each verdict must stand
 */
export function voteOf<T extends Reply>(
  critic: string,
  {id, model, family}: LanguageModel,
  answered: Answered<T>,
  within: Readonly<Record<"pass" | "fail", Quotable>>,
  reasonOf: (reply: T) => string = ({reason}) => reason
): Vote {
  const base = {critic, judge: id, model, family, confidence: null, quote: "", reason: "", detail: ""};
  if (!answered.ok) return {...base, answer: "void", reason: answered.reason, detail: brief(answered.detail)};
  const {verdict, confidence, evidence} = answered.value;
  const said = {...base, confidence, detail: brief(reasonOf(answered.value))};
  if (verdict === "abstain") return {...said, answer: "abstain"};
  const found = findQuote(within[verdict], evidence, {least: shortestQuote});
  return "quote" in found
    ? {...said, answer: verdict, quote: found.quote}
    : {...said, answer: "void", reason: found.reason};
}

/** At most 300 characters, as details are. */
export function brief(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 299).toWellFormed()}…`;
}
