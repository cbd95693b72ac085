import type {Columns} from "../io/parquet.js";

/** What a finding can be, and what can ring. */
export const findingKinds = ["pii", "pii-replay", "copied-run", "near-copy", "canary"] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Columns of privacy.parquet: a row a finding. No value of personal data and no secret is among them. */
export const findingColumns = {
  finding: "VARCHAR",
  at: "VARCHAR",
  start: "INTEGER",
  end: "INTEGER",
  type: "VARCHAR",
  rule: "VARCHAR",
  hash: "VARCHAR",
  seed: "VARCHAR",
  seed_start: "INTEGER",
  seed_end: "INTEGER",
  tokens: "INTEGER",
  jaccard: "DOUBLE"
} as const satisfies Columns;

/** One thing that was found in a sample. */
export interface PrivacyFinding {
  finding: FindingKind;
  /** place of the sample */
  at: string;
  /** where in its text, in UTF-16 units; null where it is the whole text */
  start: number | null;
  end: number | null;
  /** kind of personal data, or the canary's id */
  type: string | null;
  /** what found it */
  rule: string | null;
  /** see keyedHash; null without a key */
  hash: string | null;
  /** place of the seed it is shared with */
  seed: string | null;
  seed_start: number | null;
  seed_end: number | null;
  /** length of a copied run */
  tokens: number | null;
  /** exact similarity to the seed */
  jaccard: number | null;
}

const blank = {
  ...{start: null, end: null, type: null, rule: null, hash: null},
  ...{seed: null, seed_start: null, seed_end: null, tokens: null, jaccard: null}
};

/** A finding with the fields that it has. */
export function findingOf(
  finding: FindingKind,
  at: string,
  fields: Partial<Omit<PrivacyFinding, "finding" | "at">>
): PrivacyFinding {
  return {finding, at, ...blank, ...fields};
}
