import {answerKey} from "../../lib/endpoints/answerRecord.js";
import type {ChatAnswer, ChatRequest} from "../../lib/schema/chat.js";

/** The nth of many requests with what a model might answer, of any length, in scripts and signs that bytes trip over. */
export function answered(n: number, by = "a"): {key: string; request: ChatRequest; answer: ChatAnswer} {
  const words = ["löss", "粘土", "line\nfeed", "\u2028", "\ud83e\uddf1", '"}', "\ud800", "<|im_end|>", "\0"];
  const many = Array.from({length: 1 + ((n * 7919) % 40)}, (_, i) => words[(i * i + n) % words.length]).join(" ");
  const request: ChatRequest = {
    ...{model: "stand-in", weights: "none-api", temperature: 0, topP: null, maxTokens: 64, stop: [], sample: n},
    messages: [{role: "user", content: `${n}: ${many}`}],
    schema: null
  };
  const answer: ChatAnswer = {
    ...{text: `${by} ${many}`, refusal: null, finish: "stop", model: "stand-in-1", fingerprint: null},
    usage: {input: n, output: 3, cached: 0}
  };
  return {key: answerKey(request), request, answer};
}
