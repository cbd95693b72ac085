import {generatedTokens} from "../curate/generatedTokens.js";
import type {PiiSpan} from "../curate/pii/piiSpan.js";
import type {HeldOutOverlap} from "../curate/heldOutOverlap.js";
import {checkSpans} from "../curate/spans.js";
import {assignTier} from "../curate/tier.js";
import {sha256} from "../io/sha256.js";
import type {Recipe} from "../schema/recipe.js";
import {Reject, Sample} from "../schema/sample.js";
import {mediaPath} from "../schema/media.js";
import {canonical, malformed} from "../text/canonical.js";
import type {Tokenizer} from "../text/tokenizer.js";
import type {KnownSeed} from "./seedLookup.js";

/** What rows are checked against. */
export interface RowContext {
  policy: Recipe["policy"];
  /** null where the data set names another tokenizer than ours: then tokens are not recounted */
  tokenizer: Tokenizer | null;
  heldOut: HeldOutOverlap;
  /** personal data that the recipe does not let through */
  personal: (text: string) => readonly PiiSpan[];
  /** whether the recipe names benchmarks */
  benchmarks: boolean;
  /** training seeds that the row names */
  seeds: ReadonlyMap<string, KnownSeed>;
  /** what the folder says */
  domain: string;
}

type Add = (field: string, expected: unknown, got: unknown) => void;

/** Re-derives everything that a kept sample says of itself from its text, its spans' seeds and the recipe's policy. */
export function checkSample(value: unknown, tier: string, context: RowContext, add: Add): void {
  const sample = parse(Sample, value, add);
  if (sample === null) return;
  const fault = malformed(sample.text);
  if (fault !== null) add("text", "a text that a sample may have", fault);
  else if (canonical(sample.text) !== sample.text) add("text", "canonical text", "another form");
  checkShared(sample, context, add);
  const spans = checkSpans(sample, (hash) => context.seeds.get(hash));
  if (spans !== null) add("spans", "true copies of training seeds", spans.detail);
  if (sample.tier !== tier) add("tier", `${tier}, as the folder says`, sample.tier);
  const recounted = recount(sample, context, add);
  const assigned = assignTier({...sample, ...recounted}, context.policy);
  if (!("tier" in assigned)) add("tier", "a sample that the policy keeps", `${assigned.reason}: ${assigned.detail}`);
  else if (assigned.tier !== sample.tier) add("tier", `${assigned.tier}, by ceiling, spans and verdicts`, sample.tier);
  const overlap = context.heldOut.refusal(sample.text);
  if (overlap !== null) add("text", "nothing of the held-out texts", overlap.detail);
}

/** Re-derives why a sample was refused, where its text and verdicts tell. */
export function checkReject(value: unknown, context: RowContext, add: Add): void {
  const reject = parse(Reject, value, add);
  if (reject === null) return;
  checkShared(reject, context, add);
  const recounted = recount(reject, context, add);
  if (reject.reason === "") add("reason", "a reason", "nothing");
  if (reject.stage === "verify" || reject.stage === "audit") {
    const assigned = assignTier({...reject, ...recounted}, context.policy);
    const got = "tier" in assigned ? `kept as ${assigned.tier}` : assigned.reason;
    if (got !== reject.reason) add("reason", `${got}, by verdicts and policy`, reject.reason);
  } else if (reject.stage === "contamination" && reject.reason === "benchmark-overlap") {
    // Whether its trace is there, the report tells.
    if (!context.benchmarks) add("reason", "a reason of a recipe without benchmarks", reject.reason);
  } else if (reject.stage === "contamination") {
    // A redacted text does not tell what was in it.
    if (reject.pii.length === 0 && context.heldOut.refusal(reject.text) === null)
      add("reason", "something of the held-out texts", "nothing of them");
  } else if (reject.stage === "privacy") {
    if (reject.reason !== "personal-data") add("reason", "personal-data", reject.reason);
  } else if (reject.stage === "quota") {
    if (reject.reason !== "beyond-quota") add("reason", "beyond-quota", reject.reason);
  } else if (reject.stage === "generate") {
    if (reject.text !== "") add("text", "none, as no model gave one", `${reject.text.length} code units`);
  } else if (!["form", "dedup"].includes(reject.stage))
    add("stage", "generate, form, contamination, verify, privacy, dedup, quota or audit", reject.stage);
}

function parse<T>(
  schema: {
    safeParse(value: unknown): {data?: T; error?: {issues: readonly {path: readonly PropertyKey[]; message: string}[]}};
  },
  value: unknown,
  add: Add
): T | null {
  const {data, error} = schema.safeParse(value);
  for (const {path, message} of error?.issues ?? []) {
    const got = path.reduce<unknown>((at, name) => (at as Record<PropertyKey, unknown> | null)?.[name], value);
    add(path.map(String).join("."), message.replace(/^Invalid input: /, ""), got);
  }
  return data ?? null;
}

function checkShared(row: Omit<Sample, "tier">, {seeds, domain, personal}: RowContext, add: Add): void {
  // Not the values: findings are shown.
  const found = personal(row.text);
  if (found.length > 0)
    add("text", "no personal data", found.map(({type, start, end}) => `${type} at [${start}, ${end})`).join(", "));
  const id = sha256(row.text);
  if (id !== row.id) add("id", id, row.id);
  for (const media of row.media ?? [])
    if (media.path !== mediaPath(media)) add("media.path", mediaPath(media), media.path);
  if (row.domain !== domain) add("domain", `${domain}, as the folder says`, row.domain);
  if (!seeds.has(row.seed)) add("seed", "a training seed of meta/seeds.parquet", row.seed);
  for (const {verifier, family, ok, reason} of row.verdicts) {
    if (family === row.family) add("verdicts", `a family other than the generator's for ${verifier}`, family);
    if (ok !== (reason === "")) add("verdicts", `a reason exactly where ${verifier} said no`, `ok ${ok}, ${reason}`);
  }
}

/** Tokens and generated tokens as they are; where they cannot be counted, as the row says. */
function recount(row: Omit<Sample, "tier">, {tokenizer}: RowContext, add: Add): Pick<Sample, "tokens" | "generated"> {
  if (tokenizer === null) return row;
  let counted;
  try {
    counted = generatedTokens(row.text, row.spans, tokenizer);
  } catch (error) {
    add("spans", "spans in order within the text", (error as Error).message);
    return row;
  }
  if (counted.tokens !== row.tokens) add("tokens", counted.tokens, row.tokens);
  if (counted.generated !== row.generated) add("generated", counted.generated, row.generated);
  return counted;
}
