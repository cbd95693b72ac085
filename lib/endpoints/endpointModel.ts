import type {z} from "zod";
import {readPrompt} from "../io/prompts.js";
import type {ChatRequest} from "../schema/chat.js";
import type {Endpoint} from "../schema/endpoint.js";
import {unmarked} from "../text/quoted.js";
import type {Answering} from "./answering.js";
import {verdictOf, type Verdict} from "./answerVerdict.js";
import {costOfPictures} from "./cost.js";
import type {Drawings} from "./drawing.js";
import {heldOutIn, type HeldOut} from "./heldOutGuard.js";
import type {Answered, Drawing, ImageModel, LanguageModel, Question, Took} from "./languageModel.js";
import type {UsageCounts} from "./modelUsage.js";
import {replySchema} from "./replySchema.js";
import {tookTokens} from "./requestTokens.js";
import {readReply, said} from "./structured.js";

/** UTF-16 units of a reply that is sent back to be repaired: what is longer is not repaired by showing it. */
const repairable = 2 ** 15;

/** What an endpoint of a recipe can be asked for; whether its server does both, it says itself. */
export type EndpointModel = LanguageModel & ImageModel;

/**
 * The model of an endpoint: questions become requests, answers become values or verdicts. A prompt with held-out text is
 * not sent; a reply of the wrong form is asked for again once, with what is wrong with it.
 *
 * @param options.prompts folder of a recipe's own prompts
 */
export function createEndpointModel(
  {id, model, weights, price}: Endpoint,
  family: string,
  {
    answering,
    drawings,
    usage,
    heldOut,
    prompts
  }: {answering: Answering; drawings: Drawings; usage: UsageCounts; heldOut: HeldOut; prompts: string | undefined}
): EndpointModel {
  /** The text of one request's answer, or what came instead. */
  async function once(
    question: Question,
    schema: ChatRequest["schema"],
    took: Took,
    repair: boolean
  ): Promise<{text: string} | {verdict: Verdict}> {
    const {messages, temperature = 0, topP = null, maxTokens = 2048, stop = [], sample = 0, prompt} = question;
    const shown = heldOutIn(messages, heldOut);
    if (shown !== null) return {verdict: {reason: "held-out", detail: shown}};
    const request: ChatRequest = {
      ...{model, weights, messages: [...messages], temperature, topP, maxTokens, stop: [...stop], schema, sample}
    };
    const {answer, cached} = await answering.answer(request, `prompt ${prompt.id} ${prompt.version}, sample ${sample}`);
    const tokens = tookTokens(request, answer);
    took.requests++;
    took.input += tokens.input;
    took.output += tokens.output;
    usage.request(question, {cached, repair}, tokens);
    const verdict = verdictOf(answer);
    return verdict === null ? {text: answer.text} : {verdict};
  }

  function ended<T>(question: Pick<Question, "prompt">, answered: Answered<T>): Answered<T> {
    usage.verdict(question, answered);
    return answered;
  }

  return {
    ...{id, model, family, weights},
    async write(question) {
      const took = {requests: 0, input: 0, output: 0};
      const came = await once(question, null, took, false);
      if ("verdict" in came) return ended(question, {ok: false, ...came.verdict, took});
      return ended(question, {ok: true, value: said(came.text), took});
    },
    async ask<T>(question: Question, reply: z.ZodType<T>) {
      const took = {requests: 0, input: 0, output: 0};
      const schema = {name: question.prompt.id, json: replySchema(reply)};
      const came = await once(question, schema, took, false);
      if ("verdict" in came) return ended<T>(question, {ok: false, ...came.verdict, took});
      const read = readReply(came.text, reply);
      if (read.ok) return ended(question, {ok: true, value: read.value, took});
      const messages = [
        ...question.messages,
        {role: "assistant" as const, content: unmarked(said(came.text)).slice(0, repairable)},
        ...readPrompt("repair", {folder: prompts}).render({problem: read.problem})
      ];
      const again = await once({...question, messages}, schema, took, true);
      if ("verdict" in again) return ended<T>(question, {ok: false, ...again.verdict, took});
      const last = readReply(again.text, reply);
      if (last.ok) return ended(question, {ok: true, value: last.value, took});
      return ended<T>(question, {ok: false, reason: "wrong-form", detail: last.problem.slice(0, 300), took});
    },
    async draw({prompt, size, sample, by}: Drawing) {
      const question = {prompt: by};
      const shown = heldOutIn([{role: "user", content: prompt}], heldOut);
      const took = {requests: 0, input: 0, output: 0};
      if (shown !== null) return ended(question, {ok: false, reason: "held-out", detail: shown, took});
      const about = `prompt ${by.id} ${by.version}, sample ${sample}`;
      const {answer, cached} = await drawings.answer({draw: 1, model, weights, prompt, size, sample}, about);
      const none = {input: 0, cached: 0, output: 0, estimated: false};
      const free = "reason" in answer && answer.reason !== "wrong-form";
      took.requests++;
      usage.request(question, {cached, repair: false}, none, costOfPictures(free ? 0 : 1, price));
      return "picture" in answer
        ? ended(question, {ok: true, value: answer.picture, took})
        : ended(question, {ok: false, reason: answer.reason, detail: answer.detail.slice(0, 300), took});
    }
  };
}
