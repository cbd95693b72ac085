import {brief} from "./critics/ask.js";
import {Critics} from "../schema/critics.js";
import {agreementOf} from "./terminology/agreement.js";
import {codesIn} from "./terminology/codesIn.js";
import {openTermIndex, type TermIndex} from "./terminology/termIndex.js";
import {verdict, type Verifier, type VerifyContext} from "./verifier.js";

const self = {id: "terminology", family: "terminology", version: "1"};

/**
 * Holds the codes in a text against terminologies that the user has: a code that its vocabulary does not have, one whose
 * names and the words beside it do not agree, one that only heads others and cannot be used for a case. Which codes count
 * as such is said in terminology/codesIn.ts, which words agree in terminology/agreement.ts. Codes of a vocabulary that no
 * file has are passed over; a text without any code passes. The score is the share of codes that are right.
 *
 * Reasons: unknown-code, code-mismatch, header-code. It does not know whether a code is the right one for the case.
 */
export const terminology: Verifier = {
  ...self,
  async verify({text}, {critics = {}}) {
    const index = await indexOf(critics);
    const codes = codesIn(text).filter(({system}) => index.systems.includes(system));
    const problems: {reason: string; detail: string}[] = [];
    const wrong = new Set<number>();
    for (const [i, code] of codes.entries()) {
      const problem = await problemOf(code, index);
      if (problem === null) continue;
      problems.push(problem);
      wrong.add(i);
    }
    if (codes.length === 0) return verdict(self, "", {detail: "no code"});
    const score = Number(((codes.length - wrong.size) / codes.length).toFixed(4));
    if (problems.length === 0) return verdict(self, "", {score});
    const worst = reasons.flatMap((reason) => problems.filter((one) => one.reason === reason))[0];
    const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more of ${codes.length} codes)`;
    return verdict(self, worst.reason, {score, detail: brief(worst.detail + more)});
  },
  async close() {
    for (const [key, index] of open) {
      open.delete(key);
      (await index.catch(() => null))?.close();
    }
  }
};

/** The gravest first. */
const reasons = ["unknown-code", "code-mismatch", "header-code"];

async function problemOf(
  code: ReturnType<typeof codesIn>[number],
  index: TermIndex
): Promise<{reason: string; detail: string} | null> {
  const known = await index.code(code.system, code.code);
  if (known === null) return {reason: "unknown-code", detail: `${code.system} has no ${code.written}`};
  const name = `${code.written} (${known.display})`;
  const agreement = await agreementOf(code, known, index);
  if (agreement.is === "other") return {reason: "code-mismatch", detail: `${name}: ${agreement.detail}`};
  if (known.use === "header" && !code.group)
    return {reason: "header-code", detail: `${name} heads other codes: expected one of these`};
  return null;
}

/** Indexes that are open, by files and vocabularies; one for all samples. */
const open = new Map<string, Promise<TermIndex>>();

function indexOf({
  terminology: paths = [],
  vocabularies,
  cache
}: NonNullable<VerifyContext["critics"]>): Promise<TermIndex> {
  if (paths.length === 0)
    throw new RangeError(
      "terminology: expected a terminology to hold codes against, got none; name an MRCONSO.RRF or ICD-10-CM file that you have in critics.terminology"
    );
  const chosen = vocabularies ?? Critics.parse({}).vocabularies;
  const key = JSON.stringify([paths, chosen, cache]);
  let index = open.get(key);
  if (index === undefined) {
    open.set(key, (index = openTermIndex(paths, {cache, vocabularies: chosen})));
    index.catch(() => open.delete(key));
  }
  return index;
}
