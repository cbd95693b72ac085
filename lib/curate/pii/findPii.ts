import {confidenceOf} from "./confidenceOf.js";
import {findAccounts} from "./findAccounts.js";
import {findAddresses} from "./findAddresses.js";
import {findDates, findYears} from "./findDates.js";
import {findNames} from "./findNames.js";
import {findNationalIds} from "./findNationalIds.js";
import {findPhones} from "./findPhones.js";
import {findWebForms} from "./findWebForms.js";
import {foldForms} from "./foldForms.js";
import {piiTypes, type Find, type PiiSpan, type PiiType} from "./piiSpan.js";
import {tokens} from "./tokens.js";
import {wordLists} from "./wordLists.js";

const all: ReadonlySet<PiiType> = new Set(piiTypes);

/**
 * The personal data of a text, in order, without overlaps: of finds that overlap the first of these stays: what has a check
 * digit or an unmistakable form, addresses, numbers by their look, names.
 *
 * @param options.types what is looked for; without names and addresses it takes a fraction of the time
 * Time and memory grow with the text's length alone, whatever is in it. What is not found is told at each of the rules.
 */
export function findPii(text: string, {types = all}: {types?: ReadonlySet<PiiType>} = {}): PiiSpan[] {
  const folded = foldForms(text);
  const worded = types.has("PERSON") || types.has("ADDRESS");
  const lists = worded ? wordLists() : null;
  const words = lists === null ? [] : tokens(folded, (word) => lists.common(word));
  const digits = folded.match(/\d/g)?.length ?? 0;
  const sure = [
    ...findWebForms(folded),
    // The shortest number that these find has six digits.
    ...(digits < 6 ? [] : [...findAccounts(folded), ...findNationalIds(folded)]),
    ...(digits === 0 ? [] : findDates(folded))
  ];
  const spans: Find[] = [];
  const cover = new Cover(text.length);
  const take = (finds: readonly Find[]) => {
    for (const find of finds) {
      if (cover.touches(find.start, find.end)) continue;
      cover.add(find.start, find.end);
      spans.push(find);
    }
  };
  take(sure);
  if (digits > 0) take(findAddresses(words));
  if (digits >= 6) take(findPhones(folded));
  if (types.has("DATE")) take(findYears(folded));
  if (lists !== null && types.has("PERSON")) take(findNames(words, lists, (start, end) => cover.touches(start, end)));
  return spans
    .filter(({type}) => types.has(type))
    .sort((a, b) => a.start - b.start)
    .map((find) => ({...find, confidence: confidenceOf(find.rule)}));
}

/** Which units of a text are taken. */
class Cover {
  readonly #taken: Uint8Array;

  constructor(length: number) {
    this.#taken = new Uint8Array(length);
  }

  touches(start: number, end: number): boolean {
    for (let i = start; i < end; i++) if (this.#taken[i] === 1) return true;
    return false;
  }

  add(start: number, end: number): void {
    this.#taken.fill(1, start, end);
  }
}
