import type {Answered, LanguageModel, Question} from "../../lib/endpoints/languageModel.js";

/** What a model says: a text, an object (as JSON), or a verdict. */
export type Said = string | object | {verdict: "refused" | "truncated" | "empty" | "held-out"};

/** A language model whose words a function of the question gives, and the questions that it was asked. */
export interface SpeakingModel extends LanguageModel {
  asked: Question[];
}

/** A model without an endpoint: the function answers from the messages that it gets. Replies of a wrong form are told as such. */
export function speakingModel(
  say: (question: Question) => Said,
  {id = "teacher-a", family = "stand-in-a"}: {id?: string; family?: string} = {}
): SpeakingModel {
  const took = {requests: 1, input: 0, output: 0};
  const asked: Question[] = [];
  const answer = (question: Question): Answered<string> => {
    asked.push(question);
    const said = say(question);
    if (typeof said === "string") return {ok: true, value: said, took};
    if ("verdict" in said) return {ok: false, reason: said.verdict, detail: `it ${said.verdict}`, took};
    return {ok: true, value: JSON.stringify(said), took};
  };
  return {
    id,
    model: id,
    family,
    weights: "none-api",
    asked,
    write: (question) => Promise.resolve(answer(question)),
    ask(question, reply) {
      const said = answer(question);
      if (!said.ok) return Promise.resolve(said);
      let value: unknown;
      try {
        value = JSON.parse(said.value);
      } catch {
        value = undefined;
      }
      const read = reply.safeParse(value);
      return Promise.resolve(
        read.success
          ? {ok: true, value: read.data, took}
          : {ok: false, reason: "wrong-form", detail: read.error.issues[0].message, took}
      );
    }
  };
}

/** The value that stands as JSON after some words of a question's last message. */
export function valueAfter<T = string>({messages}: Pick<Question, "messages">, words: string): T {
  const {content} = messages.at(-1)!;
  const at = content.indexOf(words);
  if (at === -1) throw new Error(`expected ${JSON.stringify(words)} in the prompt`);
  const rest = content.slice(at + words.length).trimStart();
  const line = rest.slice(0, /\n|$/.exec(rest)!.index);
  return JSON.parse(/^(?:"(?:[^"\\]|\\.)*"|\[.*?\](?=[ .]|$)|\d+)/.exec(line)![0]) as T;
}
