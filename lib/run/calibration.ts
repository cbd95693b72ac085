import type {LanguageModel} from "../endpoints/languageModel.js";
import {inOrder} from "../io/inOrder.js";
import type {Verdict} from "../schema/verdict.js";
import type {Vote} from "../schema/vote.js";
import type {CriticOptions} from "../verify/critics/options.js";
import type {Verifier} from "../verify/verifier.js";
import type {Gold, GoldRow} from "./calibrationGold.js";

/** What a panel said of a text whose truth is known. */
export interface JudgedGold {
  row: GoldRow;
  verdict: Verdict;
  votes: readonly Vote[];
}

/** Texts under way at once; how many requests that makes is the endpoints' own affair. */
const lanes = 16;

/**
 * Asks a critic's panel about each text of a gold set, in its order.
 *
 * @param options.family what wrote the texts, where it is known: judges of that family are not asked
 * @throws what the critic throws: too few judges, an endpoint that is down, a spent budget
 */
export async function judgeGold(
  {rows}: Gold,
  critic: Verifier,
  {judges, critics = {}, family = "gold", progress}: JudgeOptions
): Promise<JudgedGold[]> {
  const judged: JudgedGold[] = [];
  const all = inOrder(asynchronous(rows), lanes, async (row): Promise<JudgedGold> => {
    let votes: readonly Vote[] = [];
    const verdict = await critic.verify(
      {
        ...{text: row.text, source: row.source, media: row.pictures?.map(({picture}) => picture)},
        ...{kind: "prose", domain: "gold", generator: "gold", family}
      },
      {corpus: () => [], judges, critics, vote: (said) => void (votes = said)}
    );
    return {row, verdict, votes};
  });
  for await (const one of all) {
    judged.push(one);
    progress?.(judged.length);
  }
  return judged;
}

export interface JudgeOptions {
  judges: readonly LanguageModel[];
  critics?: Partial<CriticOptions>;
  family?: string;
  /** hears how many texts are done */
  progress?(done: number): void;
}

async function* asynchronous<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
