import {findPii} from "../curate/pii/findPii.js";
import {FoundPii, type FoundValue} from "../curate/pii/foundPii.js";
import {isReserved} from "../curate/pii/isReserved.js";
import type {PiiSpan, PiiType} from "../curate/pii/piiSpan.js";
import {redactPii} from "../curate/pii/redactPii.js";
import {sha256} from "../io/sha256.js";
import type {Recipe} from "../schema/recipe.js";
import type {Tokenizer} from "../text/tokenizer.js";
import type {Judged} from "./chunk.js";

/** A judged draft that holds no personal data, and hashes of what it held. */
export interface GuardedDraft extends Judged {
  pii: FoundValue[];
}

/** What always names one person or one account; reserved values aside. */
const forms: readonly PiiType[] = ["EMAIL", "PHONE", "CARD", "IBAN", "SSN", "NATIONAL_ID", "IP"];

/** The personal data of a text that a recipe does not let through. */
export function personalSpans({pii}: Pick<Recipe, "pii">): (text: string) => PiiSpan[] {
  const types: ReadonlySet<PiiType> = new Set([...forms, ...pii.also]);
  // Every form has one of these.
  const possible = pii.also.length > 0 ? /[^]/ : /[@＠:：\p{Nd}]/u;
  return (text) =>
    possible.test(text)
      ? findPii(text, {types}).filter(({type, start, end}) => !isReserved(type, text.slice(start, end)))
      : [];
}

/** Redacts seeds and drafts, and remembers what it found. */
export interface PiiGuard {
  /** hashes of all that was found */
  readonly found: FoundPii;
  /** a text with tags such as <EMAIL> for personal data, and the types of what they stand for */
  text(text: string): {text: string; types: PiiType[]};
  /** the draft as it came, or refused and redacted in all its texts */
  draft(draft: Judged): GuardedDraft;
  /** likewise, for values that were found elsewhere; null where it has none */
  again(draft: GuardedDraft): GuardedDraft | null;
}

/**
 * @param options.tokenizer counts redacted texts anew
 * It sees what findPii sees of the recipe's types, and every whole value that was found once: a value in another spelling, or
 * one that no rule knows, passes.
 */
export function createPiiGuard(
  recipe: Pick<Recipe, "pii">,
  {key, tokenizer}: {key: Uint8Array; tokenizer: Pick<Tokenizer, "count">}
): PiiGuard {
  const found = new FoundPii({key});
  const spansOf = personalSpans(recipe);
  const cut = (text: string, spans: readonly PiiSpan[], values: FoundValue[]): string => {
    if (spans.length === 0) return text;
    for (const {type, start, end} of spans) {
      // What is too short to be looked for elsewhere is redacted here all the same.
      const value = found.valueOf(type, text.slice(start, end));
      if (value === null) continue;
      values.push(value);
      found.addValue(value);
    }
    return redactPii(text, {key, style: "type", spans}).text;
  };
  const elsewhere = (text: string): PiiSpan[] =>
    found.find(text).map(({start, end, type}) => ({start, end, type, rule: "found-elsewhere", confidence: 0.5}));

  function refused<T extends Judged>(draft: T, before: readonly FoundValue[], look: (text: string) => PiiSpan[]) {
    // Nearly every draft has nothing: it is looked through before a copy is made of it.
    if (!someText(draft, look === elsewhere, (text) => look(text).length > 0)) return null;
    const counts = new Map<PiiType, number>();
    const values: FoundValue[] = [];
    const clean = (text: string): string => {
      const spans = look(text);
      for (const {type} of spans) counts.set(type, (counts.get(type) ?? 0) + 1);
      return cut(text, spans, values);
    };
    const text = clean(draft.text);
    const changed = {
      payload: cleanJson(draft.payload, clean, look === elsewhere ? clean : (number) => number),
      detail: clean(draft.detail),
      verdicts: draft.verdicts.map((verdict) => ({...verdict, detail: clean(verdict.detail)})),
      votes: draft.votes.map((vote) => ({...vote, quote: clean(vote.quote), detail: clean(vote.detail)}))
    };
    const told = [...counts].map(([type, n]) => `${n} ${type}`).join(", ");
    const pii = new Map([...before, ...values].map((value) => [value.hash, value]));
    return {
      ...draft,
      ...changed,
      // It was drawn after words that held what is redacted here.
      ...(draft.media === undefined ? {} : {media: []}),
      // Spans into the text as it was would be false.
      ...(text === draft.text ? {} : counted(text, tokenizer)),
      ...(draft.stage === ""
        ? {stage: "privacy", reason: "personal-data", detail: `expected none, got ${told}`, tier: null}
        : {}),
      pii: [...pii.values()]
    };
  }

  return {
    found,
    text(text) {
      const spans = spansOf(text);
      return {text: cut(text, spans, []), types: spans.map(({type}) => type)};
    },
    draft: (draft) => refused(draft, [], spansOf) ?? {...draft, pii: []},
    again: (draft) => refused(draft, draft.pii, elsewhere)
  };
}

function counted(text: string, tokenizer: Pick<Tokenizer, "count">) {
  const tokens = tokenizer.count(text);
  return {text, id: sha256(text), spans: [], tokens, generated: tokens};
}

/** Whether some text of a draft is such as is looked for; numbers of its payload too where they count. */
function someText(
  {text, payload, detail, verdicts, votes}: Judged,
  numbers: boolean,
  is: (text: string) => boolean
): boolean {
  const within = (value: unknown): boolean => {
    if (typeof value === "string") return is(value);
    if (typeof value === "number") return numbers && is(String(value));
    if (Array.isArray(value)) return value.some(within);
    if (value === null || typeof value !== "object") return false;
    return Object.entries(value).some(([name, item]) => is(name) || within(item));
  };
  return (
    [text, detail].some(is) ||
    within(JSON.parse(payload)) ||
    verdicts.some((verdict) => is(verdict.detail)) ||
    votes.some(({quote, detail: said}) => is(quote) || is(said))
  );
}

/** JSON with its texts, numbers and names of fields cleaned; the same bytes where nothing was to clean. */
function cleanJson(json: string, clean: (text: string) => string, cleanNumber: (text: string) => string): string {
  let same = true;
  const walk = (value: unknown): unknown => {
    if (typeof value === "string" || typeof value === "number") {
      const cleaned = typeof value === "string" ? clean(value) : cleanNumber(String(value));
      if (cleaned === String(value)) return value;
      same = false;
      return cleaned;
    }
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [String(walk(name)), walk(item)]));
  };
  const walked = walk(JSON.parse(json));
  return same ? json : JSON.stringify(walked);
}
