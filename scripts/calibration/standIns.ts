import type {z} from "zod";
import type {Answered, LanguageModel, Question} from "../../lib/endpoints/languageModel.js";
import type {ChatMessage} from "../../lib/schema/chat.js";
import {createRandom} from "../../lib/text/random.js";
import {claimsOf} from "../../lib/verify/critics/claims.js";

/** A judge that is not a model: it knows the truth, and tells it wrong at a known rate. */
export interface StandIn {
  id: string;
  family: string;
  /** share of right texts that it passes, and of wrong ones that it fails */
  sensitivity: number;
  specificity: number;
  /** quotes words that stand nowhere */
  liar?: boolean;
}

/** How sure a stand-in says it is: the higher one in this share of cases, by whether it is right. */
export const sure = {high: 0.9, low: 0.6, whenRight: 0.8, whenWrong: 0.3};

/** A text with its source and the truth about it. */
export interface Known {
  text: string;
  source: string;
  label: boolean;
}

/** The truth about a text, and its number in the gold set. */
export interface Truth {
  label: boolean;
  number: number;
}

/** Looks up the truth about what a prompt shows, by source and sentences. */
export function truthOf(gold: readonly Known[]): (shown: Shown) => Truth {
  const labels = new Map(gold.map(({text, source, label}, number) => [keyOf(source, claimsOf(text)), {label, number}]));
  const looked = new WeakMap<Shown, Truth>();
  return (shown) => {
    const truth = looked.get(shown) ?? labels.get(keyOf(shown.source, shown.claims));
    if (truth === undefined) throw new Error(`expected a text of the gold set, got ${JSON.stringify(shown.claims[0])}`);
    looked.set(shown, truth);
    return truth;
  };
}

interface Shown {
  source: string;
  claims: string[];
}

/** What critic-support's prompt shows. */
export function shownBy(messages: readonly Pick<ChatMessage, "content">[]): Shown {
  let shown = read.get(messages);
  if (shown === undefined) read.set(messages, (shown = parse(messages)));
  return shown;
}

/** What judges of one panel are shown is read once. */
const read = new WeakMap<readonly Pick<ChatMessage, "content">[], Shown>();

function parse(messages: readonly Pick<ChatMessage, "content">[]): Shown {
  const parts = new Map(
    [...messages.at(-1)!.content.matchAll(/^([A-Z]+): (.*)$/gm)].map(([, name, json]) => [name, JSON.parse(json) as unknown]) // prettier-ignore
  );
  return {source: parts.get("SOURCE") as string, claims: parts.get("STATEMENTS") as string[]};
}

/** The reply of a stand-in to critic-support: a wrong text fails by its last sentence; each pass quotes a sentence of the source. */
export function replyOf(
  {id, sensitivity, specificity, liar = false}: StandIn,
  shown: Shown,
  truth: (shown: Shown) => Truth,
  seed: number
) {
  const {source, claims} = shown;
  const {label, number} = truth(shown);
  const random = createRandom(seed, id, number);
  const right = random() < (label ? sensitivity : specificity);
  const passes = right === label;
  const confidence = random() < (right ? sure.whenRight : sure.whenWrong) ? sure.high : sure.low;
  const evidence = liar ? "words that nobody has ever said of it" : random.pick(sentencesOf(source));
  return {
    claims: claims.map((claim, i) => ({
      claim: i + 1,
      ...(passes || i < claims.length - 1
        ? {verdict: "pass", evidence}
        : {verdict: "fail", evidence: liar ? evidence : claim}),
      confidence,
      reason: "as the draw has it"
    }))
  };
}

/** The stand-in as a model that answers at once, without a server. */
export function modelOf(judge: StandIn, truth: (shown: Shown) => Truth, seed: number): LanguageModel {
  const {id, family} = judge;
  const took = {requests: 1, input: 0, output: 0};
  return {
    ...{id, family, model: `${family}-stand-in`, weights: "none-api"},
    write: () => Promise.reject(new Error("expected no plain question")),
    ask<T>({messages}: Question, reply: z.ZodType<T>): Promise<Answered<T>> {
      const {data, error} = reply.safeParse(replyOf(judge, shownBy(messages), truth, seed));
      return Promise.resolve(
        error === undefined
          ? {ok: true, value: data, took}
          : {ok: false, reason: "wrong-form", detail: error.issues[0].message, took}
      );
    }
  };
}

const known = new Map<string, string[]>();

/** Sentences of a source that are long enough to be quoted. */
function sentencesOf(source: string): string[] {
  let found = known.get(source);
  if (found === undefined) {
    found = claimsOf(source).filter((sentence) => sentence.length >= 12);
    if (found.length === 0) found = [source];
    known.set(source, found);
  }
  return found;
}

function keyOf(source: string, claims: readonly string[]): string {
  return `${source}\n${claims.join(" ")}`;
}
