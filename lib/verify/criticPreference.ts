import {z} from "zod";
import type {Answered, LanguageModel} from "../endpoints/languageModel.js";
import {readPrompt} from "../io/prompts.js";
import type {Vote} from "../schema/vote.js";
import {quotable} from "../text/findQuote.js";
import {aggregateVotes} from "./critics/aggregate.js";
import {questionOf, Reply, voteOf} from "./critics/ask.js";
import {leastJudges, panelFor} from "./critics/panel.js";
import {inWords, panelFamily, reasonOf, rounded} from "./critics/textCritic.js";
import {openSections} from "./sections.js";
import {verdict, type Verifier} from "./verifier.js";

const self = {id: "critic-preference", family: panelFamily, version: "1"};
const longest = 200_000;

const Preferred = Reply.omit({verdict: true}).extend({better: z.enum(["first", "second", "tie"])});

/**
 * Refuses pairs of answers whose rejected one a panel of models prefers. A text has sections `@prompt`, `@chosen` and
 * `@rejected`. Each judge is asked twice, with the answers in either order, and does not know which was chosen: only the
 * same preference both times is a vote, anything else an abstention; its quote must stand in the answer that it prefers.
 *
 * Reasons: not-preferred, disagreement, no-quorum, unreadable. A judge that prefers the longer answer whatever it says
 * does so in both orders, and is not found here but in its calibration.
 */
export const criticPreference: Verifier = {
  ...self,
  asks: {judges: leastJudges},
  prompts: [self.id],
  async verify({text, family}, {judges, vote, critics = {}}) {
    const panel = panelFor(self.id, family, judges);
    const pair = pairOf(text);
    if (typeof pair === "string") return verdict(self, "unreadable", {detail: pair});
    const file = readPrompt(self.id, {folder: critics.prompts});
    const {prompt, chosen, rejected} = pair;
    const orders = [
      {chosenIs: "first", question: questionOf(file, {prompt, first: chosen, second: rejected})},
      {chosenIs: "second", question: questionOf(file, {prompt, first: rejected, second: chosen})}
    ] as const;
    const within = {pass: quotable(chosen), fail: quotable(rejected)};
    const votes = await Promise.all(
      panel.map(async (judge: LanguageModel) => {
        const both = orders.map(async ({chosenIs, question}) => {
          const answered = await judge.ask(question, Preferred);
          return voteOf(self.id, judge, asVerdict(answered, chosenIs), within);
        });
        return together(await Promise.all(both));
      })
    );
    vote?.(votes);
    const outcome = aggregateVotes(votes, critics);
    const reason = reasonOf(outcome, "not-preferred");
    return verdict(self, reason, {score: rounded(outcome.score), detail: inWords(outcome, votes)});
  }
};

/** The three parts, or what is wrong with the text. */
function pairOf(text: string): {prompt: string; chosen: string; rejected: string} | string {
  const opened = openSections(text, {main: "chosen", others: ["prompt", "rejected"], most: longest});
  if (typeof opened === "string") return opened;
  const [prompt, rejected] = ["prompt", "rejected"].map((name) => opened.sections.get(name)?.body ?? "");
  const chosen = opened.section.body;
  if (prompt === "" || chosen === "" || rejected === "") return "expected a text under @prompt, @chosen and @rejected";
  return {prompt, chosen, rejected};
}

/** A preference as a verdict on the pair: whether it is that of the text. */
function asVerdict(answered: Answered<z.infer<typeof Preferred>>, chosenIs: "first" | "second"): Answered<Reply> {
  if (!answered.ok) return answered;
  const {better, ...rest} = answered.value;
  const said = better === "tie" ? "abstain" : better === chosenIs ? "pass" : "fail";
  return {...answered, value: {...rest, verdict: said}};
}

/** One vote of a judge's two: the less sure one where they agree; void where one is; else an abstention. */
function together([one, other]: readonly Vote[]): Vote {
  const broken = [one, other].find(({answer}) => answer === "void");
  if (broken !== undefined) return broken;
  if (one.answer === other.answer) return (one.confidence ?? 0) <= (other.confidence ?? 0) ? one : other;
  return {...one, answer: "abstain", quote: "", detail: `${one.answer} in one order, ${other.answer} in the other`};
}
