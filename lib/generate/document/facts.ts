import {z} from "zod";
import {findQuote, quotable} from "../../text/findQuote.js";
import {unfounded} from "../figures/unfounded.js";
import type {AskingOptions, Failed, Task} from "../modelGenerator.js";

/** A statement and the words that it was read from. */
export interface Fact {
  fact: string;
  /** as it stands in the document */
  quote: string;
  /** offset of the quote in the document, UTF-16 code units */
  from: number;
}

/** What a model read out of a document, and how many of its facts were dropped, by reason. */
export interface Facts {
  facts: Fact[];
  dropped: Record<string, number>;
}

const longest = 2000;
/**
 * UTF-16 code units of the shortest quote of a fact, which must hold the fact's numbers, too. Of runs of so many 2.9 % of
 * those of PubMedQA's abstracts stand in another abstract as well; see the judges' longer quotes for more.
 */
const shortestQuote = 8;

const Reply = z.strictObject({
  facts: z.array(z.strictObject({fact: z.string().min(1).max(longest), quote: z.string().min(1).max(longest)})).max(200)
});

/** Prompt file of `extractFacts`. */
export const factsPrompt = "facts";

/**
 * The facts that the step's first model finds in a part of a document. A fact counts where its quote stands in the part
 * (plain string search, see findQuote) and holds every number of the fact; others are dropped. All drafts of one part ask
 * the same question, which is paid once.
 *
 * That a quote is there does not prove that it says what the fact says: that is the critics' to judge.
 *
 * @param options.most facts that are asked for
 * @param options.offset of the part in the document
 */
export async function extractFacts<O extends AskingOptions>(
  {ask, models}: Task<O>,
  part: string,
  {most, offset}: {most: number; offset: number}
): Promise<Facts | Failed> {
  const asking = {prompt: factsPrompt, values: {document: part, most}, temperature: 0, sample: 0};
  const read = await ask(models[0], asking, Reply);
  if (!read.ok) return read;
  const facts: Fact[] = [];
  const dropped: Record<string, number> = {};
  const text = quotable(part);
  for (const {fact, quote} of read.value.facts) {
    const place = findQuote(text, quote, {least: shortestQuote});
    const reason =
      "reason" in place
        ? "no-quote"
        : unfounded(fact, place.quote, {arithmetic: false}) !== null
          ? "changed-number"
          : facts.some((other) => other.fact === fact)
            ? "twice"
            : facts.length === most
              ? "too-many"
              : "";
    if (!("reason" in place) && reason === "") facts.push({fact, quote: place.quote, from: offset + place.start});
    else dropped[reason] = (dropped[reason] ?? 0) + 1;
  }
  if (facts.length > 0) return {facts, dropped};
  const why = Object.entries(dropped).map(([reason, count]) => `${count} ${reason}`);
  return {
    reason: "no-facts",
    detail: `expected facts with quotes from the document, got ${why.length === 0 ? "none" : why.join(", ")}`
  };
}
