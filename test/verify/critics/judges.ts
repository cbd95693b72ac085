import type {z} from "zod";
import type {Answered, LanguageModel, Question} from "../../../lib/endpoints/languageModel.js";
import type {Vote} from "../../../lib/schema/vote.js";
import type {Verdict} from "../../../lib/schema/verdict.js";
import type {Evidence, Verifier, VerifyContext} from "../../../lib/verify/verifier.js";

/** What a judge of a test says: a reply, or why it gives none. */
export type Said = object | {reason: "refused" | "truncated" | "empty" | "held-out"};

/** A judge that answers by a function of what it is shown; of a family named like its id where none is given. */
export function judgeOf(id: string, say: (question: Question) => Said, family = id): LanguageModel {
  const took = {requests: 1, input: 0, output: 0};
  return {
    ...{id, family, model: `${id}-1`, weights: "none-api"},
    write: () => Promise.reject(new Error("expected no plain question")),
    ask<T>(question: Question, reply: z.ZodType<T>): Promise<Answered<T>> {
      const said = say(question);
      if ("reason" in said && Object.keys(said).length === 1)
        return Promise.resolve({ok: false, reason: said.reason as "refused", detail: "", took});
      const {data, error} = reply.safeParse(said);
      return Promise.resolve(
        error === undefined
          ? {ok: true, value: data, took}
          : {ok: false, reason: "wrong-form", detail: error.issues[0].message, took}
      );
    }
  };
}

/** What a panel says of a text, with its votes. */
export async function asked(
  critic: Verifier,
  sample: Partial<Evidence>,
  judges: readonly LanguageModel[],
  critics: VerifyContext["critics"] = {}
): Promise<{verdict: Verdict; votes: Vote[]}> {
  const votes: Vote[] = [];
  const evidence = {text: "", kind: "prose", domain: "test", generator: "g", family: "writer", ...sample};
  const verdict = await critic.verify(evidence, {
    corpus: () => [],
    judges,
    critics,
    vote: (more) => votes.push(...more)
  });
  return {verdict, votes};
}
