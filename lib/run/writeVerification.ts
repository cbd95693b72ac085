import {appendFile, mkdir, open} from "node:fs/promises";
import {hostname, platform} from "node:os";
import {join} from "node:path";
import {atomic, writeAtomic} from "../io/atomic.js";
import {writeParquet, type Columns} from "../io/parquet.js";
import type {VerifiedRow} from "./verifySamples.js";
import {createVerifyTally, type VerifierTally} from "./verifyTally.js";

/** What verification.json holds. */
export interface WrittenVerification {
  /** whether a site may show the samples' text */
  publishText: boolean;
  /** by verifier */
  verifiers: Record<string, Omit<VerifierTally, "usage">>;
}

/** A verified sample with all its evidence, as evidence.parquet holds it. */
const evidenceColumns: Columns = {
  at: "VARCHAR",
  name: "VARCHAR",
  id: "VARCHAR",
  kind: "VARCHAR",
  domain: "VARCHAR",
  generator: "VARCHAR",
  text: "VARCHAR",
  reference: "VARCHAR",
  label: "BOOLEAN",
  verdicts:
    "STRUCT(verifier VARCHAR, version VARCHAR, ok BOOLEAN, reason VARCHAR, score DOUBLE, detail VARCHAR, sandbox VARCHAR)[]",
  mutants: 'STRUCT("operator" VARCHAR, "line" INTEGER, "from" VARCHAR, "to" VARCHAR, "state" VARCHAR)[]'
};

/**
 * Counts verdicts and, where `out` is a folder, writes them: verdicts.jsonl, one line a verdict; evidence.parquet, one row
 * a sample with its text, verdicts and mutants; verification.json, the counts. These are the same bytes every time; what
 * is not (time, memory, host) is added to meta/run.jsonl. No file has its name before it is whole.
 *
 * @param options.now milliseconds since 1970
 * @param options.publishText whether a site may show the samples' text
 */
export async function writeVerification(
  verified: AsyncIterable<VerifiedRow>,
  out: string | null,
  {now, publishText, tools = {}}: {now: () => number; publishText: boolean; tools?: Readonly<Record<string, string>>}
): Promise<Record<string, VerifierTally>> {
  const tally = createVerifyTally();
  async function* counted() {
    for await (const found of verified) {
      tally.add(found);
      yield found;
    }
  }
  if (out === null) {
    for await (const _ of counted());
    return tally.result();
  }
  const started = now();
  await mkdir(out, {recursive: true});
  await atomic(join(out, "verdicts.jsonl"), async (temporary) => {
    const file = await open(temporary, "wx");
    async function* evidence() {
      for await (const found of counted()) {
        await file.write(found.verdicts.map((line) => `${JSON.stringify(line)}\n`).join(""));
        yield evidenceOf(found);
      }
    }
    try {
      await writeParquet(join(out, "evidence.parquet"), evidenceColumns, evidence());
    } finally {
      await file.close();
    }
  });
  const result = tally.result();
  const stable = Object.fromEntries(Object.entries(result).map(([id, {usage: _, ...rest}]) => [id, rest]));
  const written: WrittenVerification = {publishText, verifiers: stable};
  await writeAtomic(join(out, "verification.json"), `${JSON.stringify(written, null, 1)}\n`);
  await mkdir(join(out, "meta"), {recursive: true});
  const finished = now();
  await appendFile(
    join(out, "meta", "run.jsonl"),
    `${JSON.stringify({
      finished: new Date(finished).toISOString(),
      seconds: (finished - started) / 1000,
      usage: Object.fromEntries(Object.entries(result).map(([id, {usage}]) => [id, usage])),
      tools,
      node: process.version,
      platform: platform(),
      host: hostname()
    })}\n`
  );
  return result;
}

function evidenceOf({row, verdicts, observations}: VerifiedRow): Record<string, unknown> {
  const {at, name, label, evidence} = row;
  return {
    at,
    name,
    id: verdicts[0]?.id ?? "",
    kind: evidence.kind,
    domain: evidence.domain,
    generator: evidence.generator,
    text: evidence.text.toWellFormed().replaceAll("\0", "\u2400"),
    reference: evidence.reference ?? null,
    label,
    verdicts: verdicts.map(({verifier, version, ok, reason, score, detail, sandbox}) => ({
      verifier,
      version,
      ok,
      reason,
      score,
      detail,
      sandbox
    })),
    mutants: observations.flatMap(({mutants = []}) => mutants)
  };
}
