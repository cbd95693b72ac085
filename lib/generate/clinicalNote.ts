import {z} from "zod";
import {readBundle} from "./clinicalNote/bundle.js";
import {displaysOf, recordsOf, writeRecord, type ClinicalRecord, type Coded} from "./clinicalNote/record.js";
import {unfounded} from "./figures/unfounded.js";
import {askingOptions, modelGenerator, type Failed} from "./modelGenerator.js";

const Options = z.strictObject({
  ...askingOptions,
  /** whether a note must name every problem and every medication of its record */
  complete: z.boolean().default(true)
});

const Reply = z.strictObject({
  note: z.string().min(1).max(20_000),
  mentions: z.array(z.strictObject({code: z.string(), words: z.string().min(1).max(400)})).max(400)
});

/**
 * A clinical note from the record of one visit, drawn out of a FHIR R4 bundle (the seed's text, JSON). The text is the record
 * and the note, under `@record` and `@note`. No name, address or number of a person goes into the prompt, nor to critics,
 * who are shown the record in place of the bundle.
 *
 * Refused where a number of the note does not stand in the record (`changed-number`), where a code is not the record's
 * (`unknown-code`) or is named in other words than its display (`wrong-display`), where the words of a mention are not in
 * the note (`no-quote`), where the note names something of the patient's bundle that this visit's record does not hold
 * (`not-in-record`), and where a problem or a medication is missing (`incomplete`). The payload keeps the codes.
 *
 * A diagnosis that is neither in the bundle nor mentioned with a code is not found here: that is for the critics.
 */
export const clinicalNote = modelGenerator(
  {id: "clinical-note", version: "2", kind: "clinical-note", asks: {models: 1}, prompts: ["clinical-note"]},
  Options,
  async ({seed, options, number, seeded, models, ask}) => {
    const bundle = readBundle(seed.text);
    if (typeof bundle === "string") return {reason: "unreadable-record", detail: bundle};
    const records = recordsOf(bundle);
    if (records.length === 0) return {reason: "no-visit", detail: "expected a visit with something observed, got none"};
    const record = seeded("visits").shuffle(records)[number % records.length];
    const written = writeRecord(record);
    const reply = await ask(models[0], {prompt: "clinical-note", values: {record: written}}, Reply);
    if (!reply.ok) return reply;
    const note = reply.value.note.trim();
    if (/^@(?:record|note)\b/m.test(note))
      return {reason: "broken-form", detail: "expected no line that begins with @record or @note"};
    const fault = faultOf(note, reply.value.mentions, {
      record,
      written,
      displays: displaysOf(bundle),
      complete: options.complete
    });
    if (fault !== null) return fault;
    return {
      text: `@record\n${written}\n\n@note\n${note}`,
      source: written,
      payload: {visit: record.visit.date, codes: coded(record), mentions: reply.value.mentions}
    };
  }
);

function faultOf(
  note: string,
  mentions: z.infer<typeof Reply>["mentions"],
  {
    record,
    written,
    displays,
    complete
  }: {record: ClinicalRecord; written: string; displays: readonly string[]; complete: boolean}
): Failed | null {
  const codes = coded(record);
  const made = unfounded(withoutCodes(note, codes), withoutCodes(written, codes), {arithmetic: false});
  if (made !== null)
    return {
      reason: "changed-number",
      detail: `expected numbers of the record, got ${made.shown} in: ${note}`
    };
  const known = new Map(codes.map((one) => [one.code, one]));
  const text = folded(note);
  for (const {code, words} of mentions) {
    const one = known.get(code);
    if (one === undefined)
      return {reason: "unknown-code", detail: `expected a code of the record, got ${code}: ${words}`};
    if (folded(words) !== folded(one.display))
      return {reason: "wrong-display", detail: `${code}: expected ${one.display}, got ${words}`};
    if (!contains(text, folded(words)))
      return {reason: "no-quote", detail: `expected words that stand in the note, got ${words}`};
  }
  if (mentions.length === 0) return {reason: "no-codes", detail: "expected mentions with codes, got none"};
  const left = [...known.values()]
    .map(({display}) => folded(display))
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, display) => rest.replaceAll(display, "\n"), text);
  const foreign = displays.find((display) => folded(display).length >= 4 && contains(left, folded(display)));
  if (foreign !== undefined)
    return {reason: "not-in-record", detail: `expected nothing but this visit's record, got ${foreign}`};
  const missing = [...record.problems, ...record.medications].find(
    ({code}) => !mentions.some((mention) => mention.code === code)
  );
  if (complete && missing !== undefined)
    return {reason: "incomplete", detail: `expected every problem and medication, got none of ${missing.display}`};
  return null;
}

function coded({problems, medications, observations, procedures}: ClinicalRecord): Coded[] {
  return [...problems, ...medications, ...observations, ...procedures].map(({code, system, display}) => ({
    code,
    system,
    display
  }));
}

/** Codes are numbers only by their looks: what is part of one is no number of the record. */
function withoutCodes(text: string, codes: readonly Coded[]): string {
  return codes
    .toSorted((a, b) => b.code.length - a.code.length)
    .reduce((rest, {system, code}) => rest.replaceAll(`${system} ${code}`, system), text);
}

/** Without case, white space and SNOMED CT's tags such as "(disorder)". */
function folded(words: string): string {
  return words
    .normalize("NFC")
    .toLowerCase()
    .replace(/\s*\((?:disorder|finding|procedure|situation|morphologic abnormality|person|event)\)/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function contains(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const around = `${text[at - 1] ?? " "}${text[at + words.length] ?? " "}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}
