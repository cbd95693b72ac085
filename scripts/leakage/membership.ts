import {deflateSync} from "node:zlib";
import {attacks} from "../../lib/curate/membership/attacks.js";
import {membershipAudit, type MembershipFindings} from "../../lib/curate/membership/membershipAudit.js";
import {createProxyScorer} from "../../lib/curate/membership/proxyScorer.js";
import {rocCurve, type RocPoint} from "../../lib/curate/membership/rocCurve.js";
import type {TokenScores} from "../../lib/curate/membership/scorer.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import {countNgrams, createModel} from "../../lib/proxy/ngram.js";
import {createRandom} from "../../lib/text/random.js";
import {shuffledPassages} from "./addresses.js";

/** An audit of a model whose members are known, and its ROC curves. */
interface MeasuredAudit extends MembershipFindings {
  case: "clean" | "generated" | "leak" | "shifted";
  /** what the model was trained on */
  trained: string;
  curves: {attack: string; points: RocPoint[]}[];
}

const side = 2000;
const lesson = 4000;
const told = lesson.toLocaleString("en");
const minK = 20;
const seed = 1;

/**
 * Audits of the built-in n-gram model on passages of presidents' addresses: one that saw no member, one that saw text
 * which a generator taught on the members wrote, one that saw each member once, and one that saw none of two sets that
 * are of different times.
 */
export async function measureMembership(): Promise<MeasuredAudit[]> {
  const passages = await shuffledPassages(seed);
  const texts = passages.map(({text}) => text);
  const members = texts.slice(0, side);
  const nonMembers = texts.slice(side, 2 * side);
  const others = texts.slice(2 * side, 2 * side + lesson);
  const reference = texts.slice(2 * side + lesson, 2 * side + 2 * lesson);
  const old = passages.filter(({year}) => year < 1900).map(({text}) => text);
  const late = passages.filter(({year}) => year >= 1950).map(({text}) => text);
  const from = {members, nonMembers, reference};
  return [
    await audit("clean", `${told} other passages of the same addresses: no member`, others, from),
    await audit(
      "generated",
      `${told} texts that a generator wrote, which had learnt from the members and ${told} others`,
      generated([...members, ...others]),
      from
    ),
    await audit(
      "leak",
      `the same ${told} other passages and each member once: a leak that was planted`,
      [...others, ...members],
      from
    ),
    await audit(
      "shifted",
      `${told} passages from before 1900: no member, but the members are of that time too and the non-members are of 1950 or later`,
      old.slice(side, side + lesson),
      {members: old.slice(0, side), nonMembers: late.slice(0, side), reference}
    )
  ];
}

/** Texts of the length of passages, drawn from a model with three tokens of memory. */
function generated(from: readonly string[]): string[] {
  const tokenizer = builtinTokenizer();
  const documents = from.map((text) => tokenizer.encode(text));
  const model = createModel([{counts: countNgrams(documents, {order: 4, vocabSize: tokenizer.vocabSize}), weight: 1}]);
  const random = createRandom(seed, "generated");
  return Array.from({length: lesson}, () =>
    tokenizer.decode(model.sample({random, length: random.pick(documents).length, temperature: 0.9}))
  );
}

async function audit(
  name: MeasuredAudit["case"],
  trained: string,
  lessons: readonly string[],
  {members, nonMembers, reference}: Record<"members" | "nonMembers" | "reference", readonly string[]>
): Promise<MeasuredAudit> {
  const scorer = kept(createProxyScorer(lessons, builtinTokenizer()));
  const compared = kept(createProxyScorer(reference, builtinTokenizer()));
  const compressed = (text: string) => deflateSync(text).length;
  const findings = await membershipAudit({members, nonMembers}, scorer, {
    ...{seed, minK, compressed},
    reference: compared
  });
  if (findings.shared + findings.unscored > 0)
    throw new Error(`expected every passage to be compared, got ${findings.shared} shared, ${findings.unscored} empty`);
  const scores = (texts: readonly string[], {score}: (typeof attacks)[number]) =>
    Float64Array.from(texts, (text) =>
      score({
        ...{target: scorer(text), lowered: scorer(text.toLowerCase()), reference: compared(text)},
        ...{compressed: compressed(text), minK}
      })!
    );
  const curves = attacks.map((attack) => ({
    attack: attack.id,
    points: rocCurve(scores(members, attack), scores(nonMembers, attack))
  }));
  process.stderr.write(`${name}: ${findings.verdict}, ${findings.detail}\n`);
  return {case: name, trained, ...findings, curves};
}

/** A scorer that scores each text once. */
function kept(scorer: (text: string) => TokenScores): (text: string) => TokenScores {
  const known = new Map<string, TokenScores>();
  return (text) => {
    let scores = known.get(text);
    if (scores === undefined) known.set(text, (scores = scorer(text)));
    return scores;
  };
}
