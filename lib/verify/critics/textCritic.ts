import type {z} from "zod";
import type {Question} from "../../endpoints/languageModel.js";
import {readPrompt} from "../../io/prompts.js";
import type {Picture} from "../../schema/media.js";
import type {Vote} from "../../schema/vote.js";
import {quotable} from "../../text/findQuote.js";
import {verdict, type Evidence, type Verifier} from "../verifier.js";
import {aggregateVotes, type Outcome} from "./aggregate.js";
import {brief, questionOf, type Reply, voteOf} from "./ask.js";
import type {CriticOptions} from "./options.js";
import {leastJudges, panelFor} from "./panel.js";

/** What tells one critic of whole texts from another. */
interface TextCritic<T extends Reply> {
  /** its prompt is the file of that name */
  id: string;
  version: string;
  /** slug of a text that the panel fails with one voice */
  failed: string;
  /** what the prompt's names stand for */
  values(sample: Evidence, options: Partial<CriticOptions>): Readonly<Record<string, string | readonly string[]>>;
  /** paths of other files that these are read from */
  files?: Verifier["files"];
  /** what its judges are shown beside the prompt */
  pictures?(sample: Evidence): readonly Picture[];
  /** form of the reply */
  reply(options: Partial<CriticOptions>): z.ZodType<T>;
  /** the judge's reason, for a person */
  reason?(reply: T): string;
  /** slug of why a reply is void although its quote stands; empty where it is not */
  fault?(reply: T, sample: Evidence): string;
}

/** Family of all panels: that of each judge stands in its vote. */
export const panelFamily = "critic-panel";

/**
 * A critic that asks a panel of models about a text as a whole. Each judge must quote the text, for either verdict; a vote
 * whose quote does not stand there is void. A text that the panel fails has the critic's own reason where the judges are of
 * one voice and "disagreement" where they are not; "no-quorum" where too few votes count. All votes are told through
 * `vote`, so that a person can look at what judges disagree about, passed or failed.
 *
 * The quote shows that a judge looked at this text, not that it is right: calibrate it on texts whose truth is known. A
 * text may try to talk its judges round; they are offered no tool, and only a verdict of a strict form is read.
 */
export function textCritic<T extends Reply>({
  id,
  version,
  failed,
  values,
  files,
  pictures = () => [],
  reply,
  reason,
  fault = () => ""
}: TextCritic<T>): Verifier {
  const self = {id, family: panelFamily, version};
  return {
    ...self,
    asks: {judges: leastJudges},
    prompts: [id],
    files,
    async verify(sample, {judges, vote, critics = {}}) {
      const panel = panelFor(id, sample.family, judges);
      const {prompts: folder} = critics;
      const question = showing(questionOf(readPrompt(id, {folder}), values(sample, critics)), pictures(sample));
      const form = reply(critics);
      const text = quotable(sample.text);
      const votes = await Promise.all(
        panel.map(async (judge) => {
          const answered = await judge.ask(question, form);
          const vote = voteOf(id, judge, answered, {pass: text, fail: text}, reason);
          const wrong = answered.ok && vote.quote !== "" ? fault(answered.value, sample) : "";
          return wrong === "" ? vote : {...vote, answer: "void" as const, reason: wrong};
        })
      );
      vote?.(votes);
      const outcome = aggregateVotes(votes, critics);
      return verdict(self, reasonOf(outcome, failed), {score: rounded(outcome.score), detail: inWords(outcome, votes)});
    }
  };
}

/** The question with pictures beside its last message. */
function showing(question: Question, pictures: readonly Picture[]): Question {
  if (pictures.length === 0) return question;
  const {messages} = question;
  return {
    ...question,
    messages: [...messages.slice(0, -1), {...messages[messages.length - 1], pictures: [...pictures]}]
  };
}

/** Slug of what a panel says no to; empty where it says yes. */
export function reasonOf({answer, passes}: Outcome, failed: string): string {
  if (answer === "pass") return "";
  if (answer === "no-quorum") return answer;
  return passes > 0 ? "disagreement" : failed;
}

/** Counts of votes, and the words of one that decided: of a fail where there is any. */
export function inWords({answer, passes, fails}: Outcome, votes: readonly Vote[]): string {
  const other = votes.length - passes - fails;
  const counts = `${passes} pass, ${fails} fail${other === 0 ? "" : `, ${other} do not count`}`;
  if (answer === "pass") return fails === 0 ? "" : counts;
  const wanted = fails > 0 ? "fail" : "void";
  const told = votes.find((one) => one.answer === wanted);
  if (told === undefined) return counts;
  const why = [told.reason, told.quote === "" ? "" : JSON.stringify(told.quote), told.detail];
  return brief(`${counts}; ${told.judge}: ${why.filter((word) => word !== "").join(": ")}`);
}

/** To four digits: a trimmed mean's last bits say nothing. */
export function rounded(score: number | null): number | null {
  return score === null ? null : Number(score.toFixed(4));
}
