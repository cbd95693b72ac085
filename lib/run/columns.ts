import type {Columns} from "../io/parquet.js";

/** Columns of a kept sample on disk, in order: the fields of Sample. */
export const sampleColumns = {
  id: "VARCHAR",
  origin: "VARCHAR",
  text: "VARCHAR",
  payload: "VARCHAR",
  domain: "VARCHAR",
  kind: "VARCHAR",
  tokens: "INTEGER",
  generated: "INTEGER",
  seed: "VARCHAR",
  generator: "VARCHAR",
  family: "VARCHAR",
  version: "VARCHAR",
  ceiling: "VARCHAR",
  tier: "VARCHAR",
  spans: 'STRUCT("start" INTEGER, "end" INTEGER, seed VARCHAR, "from" INTEGER)[]',
  verdicts:
    "STRUCT(verifier VARCHAR, family VARCHAR, version VARCHAR, ok BOOLEAN, reason VARCHAR, score DOUBLE, detail VARCHAR, sandbox VARCHAR)[]"
} as const satisfies Columns;

const {tier: _tier, ...untiered} = sampleColumns;

/** Column of the pictures that belong to a sample or reject; only in data sets in which some draft has one, after all others. */
export const mediaColumn = {
  media: 'STRUCT(path VARCHAR, sha256 VARCHAR, "mediaType" VARCHAR, bytes INTEGER, width INTEGER, height INTEGER)[]'
} as const satisfies Columns;

/** Columns of a reject on disk, in order: the fields of Reject. */
export const rejectColumns = {
  ...untiered,
  stage: "VARCHAR",
  reason: "VARCHAR",
  detail: "VARCHAR",
  pii: "STRUCT(type VARCHAR, hash VARCHAR)[]"
} as const satisfies Columns;

/** Columns of a judged draft in the store: the fields of GuardedDraft. */
export const judgedColumns = {
  ...sampleColumns,
  votes:
    "STRUCT(critic VARCHAR, judge VARCHAR, model VARCHAR, family VARCHAR, answer VARCHAR, confidence DOUBLE, quote VARCHAR, reason VARCHAR, detail VARCHAR)[]",
  requests:
    "STRUCT(role VARCHAR, endpoint VARCHAR, model VARCHAR, prompt VARCHAR, version VARCHAR, requests INTEGER, input INTEGER, output INTEGER)[]",
  stage: "VARCHAR",
  reason: "VARCHAR",
  detail: "VARCHAR",
  pii: "STRUCT(type VARCHAR, hash VARCHAR, words INTEGER, digits INTEGER, print UINTEGER)[]",
  ...mediaColumn
} as const satisfies Columns;
