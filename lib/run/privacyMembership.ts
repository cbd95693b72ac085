import {deflateSync} from "node:zlib";
import {membershipAudit, type MembershipFindings} from "../curate/membership/membershipAudit.js";
import {createProxyScorer, type ProxyScorer} from "../curate/membership/proxyScorer.js";
import {separation, type Separation} from "../curate/membership/separation.js";
import {builtinTokenizer} from "../io/assets.js";
import {createRandom} from "../text/random.js";
import {createTextSample} from "./privacySample.js";
import {readPlacedTexts} from "./privacyTexts.js";

export interface MembershipFiles {
  /** texts that the generator has seen, and texts of the same distribution that it has not */
  members: readonly string[];
  nonMembers: readonly string[];
  /** texts of the same kind, none of them a member, for the reference model */
  reference: readonly string[];
  column: string;
  seed: string | number;
  /** percent of the tokens that Min-K looks at */
  minK: number;
  /** bootstrap samples */
  draws: number;
}

/** What the audited texts give away of who was among the seeds. */
export interface DataMembership extends MembershipFindings {
  /** texts in the files; fewer are compared where they are many */
  memberTexts: number;
  nonMemberTexts: number;
  /**
   * The loss attack on a proxy that was trained on the members themselves: what these texts could show at most. Where
   * its interval reaches 0.5 the audit has no power.
   */
  control: Separation;
}

/** UTF-16 units of the members, of the non-members and of the reference texts that are used: about 5 million tokens. */
export const proxyUnits = 20_000_000;

/**
 * Whether the audited texts tell members from non-members: the proxy is trained on them, and attacked. So it measures
 * what the texts pass on to a model trained on them, not what the generator itself knows.
 *
 * Source: attacks on synthetic text through an n-gram model trained on it: Meeus et al. (2025), arXiv:2502.14921.
 */
export async function dataMembership(
  proxy: ProxyScorer,
  {members, nonMembers, reference, column, seed, minK, draws}: MembershipFiles
): Promise<DataMembership> {
  const read = async (paths: readonly string[], name: string) => {
    const sample = createTextSample(proxyUnits, `${seed} ${name}`);
    for await (const {at, text} of readPlacedTexts(paths, column)) sample.add(at, text);
    return {texts: sample.texts(), seen: sample.seen};
  };
  const inside = await read(members, "members");
  const outside = await read(nonMembers, "non-members");
  const elsewhere = await read(reference, "reference");
  const tokenizer = builtinTokenizer();
  const findings = await membershipAudit({members: inside.texts, nonMembers: outside.texts}, proxy, {
    ...{seed, minK, draws},
    compressed: (text) => deflateSync(text).length,
    ...(elsewhere.texts.length === 0 ? {} : {reference: createProxyScorer(elsewhere.texts, tokenizer)})
  });
  const taught = createProxyScorer(inside.texts, tokenizer);
  const scores = (texts: readonly string[]) =>
    Float64Array.from(
      texts.filter((text) => tokenizer.count(text) > 0),
      (text) => taught.total(text) / tokenizer.count(text)
    );
  const control = separation(scores(inside.texts), scores(outside.texts), {
    random: createRandom(seed, "membership", "control"),
    draws
  });
  return {memberTexts: inside.seen, nonMemberTexts: outside.seen, ...findings, control};
}
