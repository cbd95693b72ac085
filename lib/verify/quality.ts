import {qualityRules} from "./qualityRules.js";
import {textStatistics} from "./textStatistics.js";
import type {Verifier} from "./verifier.js";
import {verdict} from "./verifier.js";

const id = {id: "quality", family: "rules", version: "1"};
const prose = new Set(["prose", "cloze"]);

/**
 * Heuristics that tell running English prose from what surrounds it on the web, as Gopher, C4 and FineWeb used them, with
 * their thresholds. They say nothing of truth or sense. A text is kept or refused whole, where C4 edits line by line: it is
 * refused when C4 would have dropped half of its characters for want of a full stop.
 *
 * Left out, since a passage of some 1,500 characters is no page: C4's five words a line and its "privacy policy" and
 * citation marks (dialogue is short, presidents speak of privacy, editors put footnotes); its list of bad words (it is
 * nobody's but its authors'); its removal of sentences seen elsewhere (the purge of near duplicates does that); FineWeb's
 * limit on newlines per word, which is in its code but not in the paper. Kinds other than prose and cloze have forms of
 * their own and are refused as "not-prose".
 *
 * Of 5,735 passages of the state of the union 99.5 % pass; the others are tables, lists, and periods so long that fewer
 * than three fill a passage.
 */
export const quality: Verifier = {
  ...id,
  async verify({text, kind}) {
    if (!prose.has(kind)) return verdict(id, "not-prose", {detail: `expected prose or cloze, got ${kind}`});
    const statistics = textStatistics(text);
    for (const {measure, min = -Infinity, max = Infinity, ...rule} of qualityRules) {
      const value = measure(statistics);
      if (value >= min && value <= max) continue;
      const bound = value > max ? `at most ${max}` : `at least ${min}`;
      return verdict(id, rule.id, {detail: `expected ${bound}, got ${Number(value.toFixed(4))} (${rule.source})`});
    }
    return verdict(id);
  }
};
