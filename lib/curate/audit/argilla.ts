import {z} from "zod";
import type {AuditHead, AuditLabel, AuditTask} from "../../schema/audit.js";
import {labelOf, shaped, type ExchangedRow} from "./exchanged.js";

/**
 * Records for one person as Argilla's `Dataset.from_disk` reads them from records.json. Checked with the parsers and exports
 * of argilla 2.8.0, both ways; not with a server.
 */
export function argillaRecords({plan, labeller}: AuditHead, tasks: readonly AuditTask[]): object[] {
  return tasks.map(({id, text, source}) => ({
    id,
    fields: {text, ...(source === "" ? {} : {source})},
    metadata: {plan, labeller},
    ...{suggestions: {}, responses: {}, vectors: {}, status: "pending"}
  }));
}

/** The settings of a dataset that such records need, .argilla/settings.json. */
export function argillaSettings(reasons: readonly string[]): object {
  const field = (name: string, required: boolean) => ({
    ...{name, title: name, required, description: null},
    settings: {type: "text", use_markdown: false}
  });
  const choice = (name: string, values: readonly string[], required: boolean) => ({
    ...{name, title: name, required, description: null},
    settings: {type: "label_selection", options: values.map((value) => ({value, text: value, description: null}))}
  });
  const terms = (name: string) => ({
    ...{name, title: name, visible_for_annotators: false},
    settings: {type: "terms", values: null}
  });
  return {
    guidelines: "Read the sample, and its source where there is one. Say whether it has a defect, and which.",
    fields: [field("text", true), field("source", false)],
    questions: [
      choice("label", ["accept", "defect", "skip"], true),
      choice("reason", reasons, false),
      {
        ...{name: "note", title: "note", required: false, description: null},
        settings: {type: "text", use_markdown: false}
      }
    ],
    ...{vectors: [], metadata: [terms("plan"), terms("labeller")], allow_extra_metadata: true},
    distribution: {strategy: "overlap", min_submitted: 1},
    mapping: null
  };
}

/** The description of the dataset itself, .argilla/dataset.json. */
export function argillaDataset({dataset, labeller}: AuditHead): object {
  return {name: `${dataset}-audit-${labeller}`, status: "draft", allow_extra_metadata: true};
}

const Answers = z.array(z.looseObject({value: z.string().nullish()})).optional();

/** As `records.to_json` writes it. */
const Nested = z.looseObject({
  id: z.string(),
  metadata: z.looseObject({plan: z.string(), labeller: z.string()}),
  responses: z.looseObject({label: Answers, reason: Answers, note: Answers})
});

const list = z.array(z.string().nullable()).nullish();

/** As `records.to_datasets` gives it, written as JSONL or Parquet. */
const Flat = z.looseObject({
  ...{id: z.string(), plan: z.string(), labeller: z.string()},
  ...{"label.responses": list, "reason.responses": list, "note.responses": list, "label.responses.status": list}
});

/**
 * Labels from records as Argilla 2 gives them: nested (records.json) or flat (a dataset as JSONL or Parquet). What a person
 * discarded there is a skip; a draft, or a record without a response, gives no label.
 *
 * @throws TypeError for a record of another shape, and where several people answered one record: each labeller has a dataset
 *   of their own
 */
export function fromArgilla({at, value}: ExchangedRow): AuditLabel[] {
  const nested = value !== null && typeof value === "object" && "responses" in value;
  const found = nested ? nestedWord(at, value) : flatWord(at, value);
  const {origin, label, status} = found;
  if (label.length > 1)
    throw new TypeError(
      `${at}: label: expected one response, for each labeller has their own records, got ${label.length}`
    );
  if (label.length === 0 || status === "draft") return [];
  const word = status === "discarded" ? "skip" : (label[0] ?? "");
  return [labelOf(at, origin, {label: word, reason: found.reason[0] ?? "", note: found.note[0] ?? "", at: ""})];
}

interface Word {
  origin: {sample: string; plan: string; labeller: string};
  label: readonly (string | null | undefined)[];
  reason: readonly (string | null | undefined)[];
  note: readonly (string | null | undefined)[];
  status: string;
}

function nestedWord(at: string, value: unknown): Word {
  const {id, metadata, responses} = shaped(Nested, at, value);
  const of = (name: "label" | "reason" | "note") => (responses[name] ?? []).map((answer) => answer.value);
  return {
    origin: {sample: id, plan: metadata.plan, labeller: metadata.labeller},
    ...{label: of("label"), reason: of("reason"), note: of("note"), status: ""}
  };
}

function flatWord(at: string, value: unknown): Word {
  const row = shaped(Flat, at, value);
  return {
    origin: {sample: row.id, plan: row.plan, labeller: row.labeller},
    label: row["label.responses"] ?? [],
    reason: row["reason.responses"] ?? [],
    note: row["note.responses"] ?? [],
    status: row["label.responses.status"]?.[0] ?? ""
  };
}
