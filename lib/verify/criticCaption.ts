import {z} from "zod";
import {quotable} from "../text/findQuote.js";
import {Reply as Word} from "./critics/ask.js";
import {claimsOf} from "./critics/claims.js";
import {textCritic} from "./critics/textCritic.js";
import {verdict, type Verifier} from "./verifier.js";

const Reply = z
  .strictObject({
    claims: z.array(z.strictObject({words: z.string().max(1000), shown: z.enum(["yes", "no", "unclear"])})),
    ...Word.shape
  })
  .refine(({claims, verdict}) => claims.length > 0 || verdict === "abstain", {
    path: ["claims"],
    error: "expected the caption's claims, got none"
  })
  .refine(({claims, verdict}) => verdict !== "pass" || claims.every(({shown}) => shown === "yes"), {
    path: ["verdict"],
    error: 'expected "pass" only where every claim is shown'
  })
  .refine(({claims, verdict}) => verdict !== "fail" || claims.some(({shown}) => shown === "no"), {
    path: ["verdict"],
    error: 'expected "fail" only where a claim is not shown'
  });

const panel = textCritic({
  id: "critic-caption",
  version: "1",
  failed: "not-shown",
  values: ({text}) => ({text}),
  pictures: ({media = []}) => media,
  reply: () => Reply,
  fault: ({claims}, {text}) => claimFault(claims, text)
});

/**
 * Refuses captions that say what their picture does not show, by a panel of models that see it. Each judge lists the
 * caption's claims, in the caption's own words, with whether the picture shows them, and its verdict follows from that; it
 * quotes the words that decide it. A vote is void where a quote or a claim does not stand in the caption, where a sentence
 * has no claim, and where the judge's model takes no pictures (`unseen`).
 *
 * Reasons: not-shown, disagreement, no-quorum, no-picture. Whoever drew the picture counts as a writer: no judge is of that
 * family. The quotes show that a judge read this caption, nothing shows that it looked: measure the panel on pictures
 * with captions of known truth. Writing in a picture may try to talk its judges round; only a verdict is read.
 */
export const criticCaption: Verifier = {
  ...panel,
  async verify(sample, context) {
    if ((sample.media ?? []).length === 0)
      return verdict(panel, "no-picture", {detail: "expected a picture that the caption is of"});
    return panel.verify(sample, context);
  }
};

/** Why claims are not those of a caption, as a slug; empty where they are. */
function claimFault(claims: readonly {words: string}[], caption: string): string {
  const {folded} = quotable(caption);
  const places = claims.map(({words}) => {
    const claim = quotable(words).folded.trim();
    const start = claim === "" ? -1 : folded.indexOf(claim);
    return {start, end: start + claim.length};
  });
  if (places.some(({start}) => start < 0)) return "claim-not-found";
  let from = 0;
  for (const sentence of claimsOf(caption)) {
    const {length} = quotable(sentence).folded.trim();
    const start = folded.indexOf(quotable(sentence).folded.trim(), from);
    from = start + length;
    if (!places.some((one) => one.start < from && one.end > start)) return "claim-missing";
  }
  return "";
}
