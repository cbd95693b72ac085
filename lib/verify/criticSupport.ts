import {z} from "zod";
import type {Answered, LanguageModel, Question} from "../endpoints/languageModel.js";
import {readPrompt, type Prompt} from "../io/prompts.js";
import type {Vote} from "../schema/vote.js";
import {quotable, type Quotable} from "../text/findQuote.js";
import {aggregateVotes, type Outcome} from "./critics/aggregate.js";
import {brief, questionOf, Reply, voteOf} from "./critics/ask.js";
import {claimsOf} from "./critics/claims.js";
import {leastJudges, panelFor} from "./critics/panel.js";
import {inWords, panelFamily, reasonOf, rounded} from "./critics/textCritic.js";
import {verdict, type Verifier} from "./verifier.js";

const self = {id: "critic-support", family: panelFamily, version: "1"};
/** Claims in one request: more of them at once are judged with less care. */
const batch = 16;
const mostClaims = 400;

const ClaimReply = Reply.extend({claim: z.int().min(1), verdict: z.enum(["pass", "fail", "abstain", "no-claim"])});
type ClaimReply = z.infer<typeof ClaimReply>;

/** A judge's vote on one claim, and whether it takes the sentence for no claim at all. */
interface ClaimVote extends Vote {
  claimsNothing: boolean;
}

/**
 * Refuses texts that say what their source does not, by a panel of models. The text is split into sentences, each of them
 * judged: whoever passes one quotes what supports it from the source, whoever fails one quotes the unsupported words from
 * that sentence; quotes that do not stand there make the vote void. A sentence that most judges take for no claim (a
 * question, a heading) drops out. Votes are put together sentence by sentence, and the text passes where each of its
 * sentences does: the score is that of the weakest. A judge's vote on the text is its worst word on any sentence.
 *
 * Reasons: unsupported, disagreement, no-quorum, no-source, too-many-claims. It does not guard against a text that leaves
 * out what matters, or a source that is wrong.
 */
export const criticSupport: Verifier = {
  ...self,
  asks: {judges: leastJudges},
  prompts: [self.id],
  async verify({text, source, family}, {judges, vote, critics = {}}) {
    const panel = panelFor(self.id, family, judges);
    if (source === undefined || source.trim() === "")
      return verdict(self, "no-source", {detail: "expected the text of a source to find support in"});
    const claims = claimsOf(text);
    if (claims.length > mostClaims)
      return verdict(self, "too-many-claims", {
        detail: `expected at most ${mostClaims} sentences, got ${claims.length}`
      });
    const found = quotable(source);
    const parts = partsOf(claims, source, readPrompt(self.id, {folder: critics.prompts}));
    const byJudge = await Promise.all(panel.map((judge) => votesOf(judge, parts, found)));
    const judged = claims.flatMap((claim, i) => {
      const votes = byJudge.map((list) => list[i]);
      if (2 * votes.filter(({claimsNothing}) => claimsNothing).length > votes.length) return [];
      return [{claim, votes}];
    });
    const whole = panel.map((_, j) => worst(judged.map(({votes}) => votes[j])) ?? claimless(byJudge[j], panel[j]));
    vote?.(whole);
    if (judged.length === 0) return verdict(self, "", {detail: "claims nothing"});
    if (critics.aggregate === "dawid-skene") {
      const outcome = aggregateVotes(whole, critics);
      const detail = inWords(outcome, whole);
      return verdict(self, reasonOf(outcome, "unsupported"), {score: rounded(outcome.score), detail});
    }
    const outcomes = judged.map((one) => ({...one, outcome: aggregateVotes(one.votes, critics)}));
    const weakest = outcomes.reduce((a, b) => (rank(b.outcome) < rank(a.outcome) ? b : a));
    const {outcome, votes, claim} = weakest;
    const unsupported = outcomes.some((one) => one.outcome.answer === "fail" && one.outcome.passes === 0);
    const reason = unsupported ? "unsupported" : reasonOf(outcome, "unsupported");
    const where = reason === "" || claims.length === 1 ? "" : `${JSON.stringify(brief(claim).slice(0, 120))}: `;
    return verdict(self, reason, {score: rounded(outcome.score), detail: brief(where + inWords(outcome, votes))});
  }
};

/** Claims that are asked about in one request. */
interface Part {
  question: Question;
  claims: readonly Quotable[];
}

function partsOf(claims: readonly string[], source: string, prompt: Prompt): Part[] {
  const starts = claims.flatMap((_, i) => (i % batch === 0 ? [i] : []));
  return starts.map((start) => {
    const some = claims.slice(start, start + batch);
    const question = questionOf(prompt, {source, before: claims.slice(0, start).join(" "), claims: some}, 4096);
    return {question, claims: some.map(quotable)};
  });
}

/** A judge's votes on all claims. @param source where support must be quoted from */
async function votesOf(judge: LanguageModel, parts: readonly Part[], source: Quotable): Promise<ClaimVote[]> {
  const votes = parts.map(async ({question, claims}) => {
    const answered = await judge.ask(question, repliesTo(claims.length));
    return claims.map((claim, i) => claimVote(judge, one(answered, i), {pass: source, fail: claim}));
  });
  return (await Promise.all(votes)).flat();
}

/** One entry for each claim, in any order; made once for each number of claims. */
function repliesTo(n: number) {
  const numbers = Array.from({length: n}, (_, i) => i + 1).join();
  return (forms[n] ??= z.strictObject({claims: z.array(ClaimReply)}).refine(
    ({claims}) =>
      claims
        .map(({claim}) => claim)
        .sort((a, b) => a - b)
        .join() === numbers,
    {path: ["claims"], error: `expected one entry for each of the claims 1 to ${n}`}
  ));
}

const forms: z.ZodType<{claims: ClaimReply[]}>[] = [];

function one(answered: Answered<{claims: ClaimReply[]}>, i: number): Answered<ClaimReply> {
  if (!answered.ok) return answered;
  return {...answered, value: answered.value.claims.find(({claim}) => claim === i + 1)!};
}

function claimVote(
  judge: LanguageModel,
  answered: Answered<ClaimReply>,
  within: Readonly<Record<"pass" | "fail", Quotable>>
): ClaimVote {
  const claimsNothing = answered.ok && answered.value.verdict === "no-claim";
  const plain: Answered<Reply> = !answered.ok
    ? answered
    : {
        ...answered,
        value: {...answered.value, verdict: answered.value.verdict === "no-claim" ? "abstain" : answered.value.verdict}
      };
  return {...voteOf(self.id, judge, plain, within), claimsNothing};
}

/** A fail before a void, a void before an abstention, an abstention before the least sure pass. */
function worst(votes: readonly ClaimVote[]): Vote | null {
  const order = {fail: 0, void: 1, abstain: 2, pass: 3};
  const sure = ({answer, confidence}: Vote) => (answer === "pass" ? 1 : -1) * (confidence ?? 0);
  const [first] = votes.toSorted((a, b) => order[a.answer] - order[b.answer] || sure(a) - sure(b));
  if (first === undefined) return null;
  const {claimsNothing: _, ...vote} = first;
  return vote;
}

function claimless(votes: readonly ClaimVote[], {id, model, family}: LanguageModel): Vote {
  const {claimsNothing: _, ...first} = votes[0] ?? {critic: self.id, judge: id, model, family, answer: "abstain", confidence: null, quote: "", reason: "", detail: "", claimsNothing: true}; // prettier-ignore
  return first;
}

/** Lower is worse: a fail by its score, then what no quorum decided, then a pass by its score. */
function rank({answer, score}: Outcome): number {
  return answer === "no-quorum" ? 0 : answer === "fail" ? score! - 2 : score! + 2;
}
