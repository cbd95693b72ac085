import {words} from "../../dedup/normalise.js";
import {createRandom} from "../../text/random.js";
import {attacks} from "./attacks.js";
import {blindCheck, type BlindCheck} from "./blindClassifier.js";
import type {Scorer} from "./scorer.js";
import {separation, type Separation} from "./separation.js";

interface MembershipOptions {
  seed: string | number;
  /** bytes of a text after DEFLATE, e.g. node:zlib's */
  compressed: (text: string) => number;
  /** a model of the same kind that was trained on no member */
  reference?: Scorer;
  /** percent of the tokens that Min-K looks at: 20 as its authors use most */
  minK?: number;
  /** bootstrap samples */
  draws?: number;
}

/** What one attack found. */
interface AttackFinding extends Separation {
  id: string;
  source: string;
  /**
   * its AUC's interval at 1 − 0.05 / attacks (so that all of them together ring by chance once in 20) lies above 0.5, or,
   * where words alone tell the sets apart, above what they reach
   */
  leaks: boolean;
}

export interface MembershipFindings {
  /** texts that were compared */
  members: number;
  nonMembers: number;
  /** non-members left out because a member has the same words: they are none */
  shared: number;
  /** texts left out because the model gives no token to score */
  unscored: number;
  /** whether words alone tell the two sets apart; null where there are fewer than 20 texts on a side */
  blind: BlindCheck | null;
  attacks: AttackFinding[];
  /**
   * leak: an attack tells members from non-members, better than words alone do. not-comparable: words alone tell them
   * apart and no attack does better, so that the attacks' figures say nothing of memorisation. unknown: too few texts to
   * compare the sets. none-seen: no attack does, which is no proof that none could.
   */
  verdict: "leak" | "none-seen" | "not-comparable" | "unknown";
  detail: string;
}

/** Texts a side that the check by words needs: four a fold. */
const leastBlind = 20;
/** Chance that any of the attacks tells a leak where none is. */
const alarmLevel = 0.05;
/** Chance to call two sets of one distribution different: lower, since that call can hide a leak. */
const blindLevel = 0.01;

/**
 * Whether a model gives away which texts it has seen: the loss-based attacks on members and non-members, who must be of
 * one distribution; a classifier that knows no model checks that.
 *
 * @throws RangeError where a side has no text that can be scored
 */
export async function membershipAudit(
  {members, nonMembers}: {members: readonly string[]; nonMembers: readonly string[]},
  scorer: Scorer,
  {seed, compressed, reference, minK = 20, draws}: MembershipOptions
): Promise<MembershipFindings> {
  const known = new Set(members.map(bag));
  const others = nonMembers.filter((text) => !known.has(bag(text)));
  const a = await scoresOf(members, {scorer, reference, compressed, minK});
  const b = await scoresOf(others, {scorer, reference, compressed, minK});
  for (const [name, {texts}] of Object.entries({members: a, "non-members": b}))
    if (texts.length === 0) throw new RangeError(`expected ${name} that the model can score, got none`);
  const random = (part: string) => createRandom(seed, "membership", part);
  const enough = Math.min(a.texts.length, b.texts.length) >= leastBlind;
  const blind = enough ? blindCheck(a.texts, b.texts, {random: random("blind")}) : null;
  // What words alone can explain: their AUC, and how far chance moves it.
  const differ = blind !== null && blind.p <= blindLevel;
  const explained = differ ? blind.auc + blind.chance[1] - 0.5 : 0.5;
  const able = attacks.flatMap(({id, source}, i) =>
    [...a.scores, ...b.scores].some((scores) => scores[i] === null) ? [] : [{id, source, i}]
  );
  const found = able.map(({id, source, i}): AttackFinding => {
    const column = (scores: readonly (number | null)[][]) => Float64Array.from(scores, (one) => one[i]!);
    const [mine, theirs] = [column(a.scores), column(b.scores)];
    const strict = separation(mine, theirs, {random: random(id), draws, level: 1 - alarmLevel / able.length, fprs: []});
    return {
      id,
      source,
      ...separation(mine, theirs, {random: random(id), draws}),
      leaks: strict.interval[0] > explained
    };
  });
  return {
    members: a.texts.length,
    nonMembers: b.texts.length,
    shared: nonMembers.length - others.length,
    unscored: members.length - a.texts.length + others.length - b.texts.length,
    blind,
    attacks: found,
    ...judge(blind, found)
  };
}

function judge(
  blind: BlindCheck | null,
  found: readonly AttackFinding[]
): Pick<MembershipFindings, "verdict" | "detail"> {
  if (blind === null)
    return {
      verdict: "unknown",
      detail: `fewer than ${leastBlind} texts on a side: nobody can say whether the two sets are of one distribution`
    };
  const leaking = found.filter(({leaks}) => leaks).map(({id}) => id);
  const differ = blind.p <= blindLevel;
  const alone = `words and length alone tell members from non-members (AUC ${blind.auc.toFixed(3)}, p ${blind.p})`;
  if (leaking.length > 0)
    return {
      verdict: "leak",
      detail: `told from non-members by ${leaking.join(", ")}${differ ? `, better than by words: ${alone}` : ""}`
    };
  return differ
    ? {
        verdict: "not-comparable",
        detail: `${alone}: the sets differ, and no attack's AUC says anything of memorisation`
      }
    : {verdict: "none-seen", detail: "no attack tells members from non-members; a stronger one might"};
}

async function scoresOf(
  texts: readonly string[],
  {scorer, reference, compressed, minK}: Omit<MembershipOptions, "seed"> & {scorer: Scorer; minK: number}
): Promise<{texts: string[]; scores: (number | null)[][]}> {
  const scored: {texts: string[]; scores: (number | null)[][]} = {texts: [], scores: []};
  for (const text of texts) {
    const target = await scorer(text);
    if (target.logProbs.length === 0) continue;
    const input = {
      target,
      lowered: await scorer(text.toLowerCase()),
      reference: reference === undefined ? null : await reference(text),
      compressed: compressed(text),
      minK
    };
    scored.texts.push(text);
    scored.scores.push(attacks.map(({score}) => score(input)));
  }
  return scored;
}

function bag(text: string): string {
  return words(text, "plain").join(" ");
}
