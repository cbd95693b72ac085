import {z} from "zod";
import type {MarkedText} from "../curate/pii/measurePii.js";
import {piiTypes} from "../curate/pii/piiSpan.js";
import {readRows} from "../io/readRows.js";

const types = z.enum([...piiTypes, "PLACE"]);

/** Our own form, and that of Presidio's synthetic sets. */
const marked = z.union([
  z.object({
    text: z.string(),
    spans: z.array(z.object({start: z.int().min(0), end: z.int().min(0), type: types})),
    cluster: z.string().optional()
  }),
  z.object({
    full_text: z.string(),
    spans: z.array(z.object({entity_type: z.string(), start_position: z.int().min(0), end_position: z.int().min(0)})),
    template_id: z.union([z.int(), z.string()]).nullish()
  })
]);

/** Presidio's names of types; others (titles, ages, firms, ...) are not judged. */
const ours: Readonly<Record<string, MarkedText["spans"][number]["type"]>> = {
  PERSON: "PERSON",
  STREET_ADDRESS: "ADDRESS",
  EMAIL_ADDRESS: "EMAIL",
  PHONE_NUMBER: "PHONE",
  CREDIT_CARD: "CARD",
  IBAN_CODE: "IBAN",
  US_SSN: "SSN",
  US_DRIVER_LICENSE: "NATIONAL_ID",
  US_PASSPORT: "NATIONAL_ID",
  IP_ADDRESS: "IP",
  DOMAIN_NAME: "URL",
  URL: "URL",
  DATE_TIME: "DATE",
  GPE: "PLACE",
  LOCATION: "PLACE",
  ZIP_CODE: "PLACE"
};

/**
 * Texts whose personal data people marked, of Parquet, JSONL or JSON: `{text, spans: [{start, end, type}], cluster?}`, or
 * as Presidio's sets have it (`full_text`, `entity_type`, `start_position`, `end_position`, `template_id` as cluster).
 * Positions are in UTF-16 units.
 *
 * @throws TypeError naming the place of a row of another form
 */
export async function* piiMarkedTexts(paths: readonly string[]): AsyncGenerator<MarkedText> {
  for await (const {at, value} of readRows(paths)) {
    const parsed = marked.safeParse(value);
    if (!parsed.success)
      throw new TypeError(
        `${at}: expected {text, spans: [{start, end, type}]} or {full_text, spans: [{entity_type, …}]}`
      );
    const row = parsed.data;
    if ("text" in row) {
      yield row;
      continue;
    }
    const spans = row.spans.flatMap(({entity_type, start_position: start, end_position: end}) =>
      entity_type in ours ? [{start, end, type: ours[entity_type]}] : []
    );
    yield {
      text: row.full_text,
      spans,
      ...(row.template_id === null || row.template_id === undefined ? {} : {cluster: String(row.template_id)})
    };
  }
}
