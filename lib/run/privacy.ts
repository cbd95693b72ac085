import {mkdir, mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {MemorisationSummary} from "../curate/memorisationTally.js";
import {createProxyScorer} from "../curate/membership/proxyScorer.js";
import {builtinTokenizer} from "../io/assets.js";
import {writeAtomic} from "../io/atomic.js";
import type {Row} from "../io/duckdb.js";
import {writeParquet} from "../io/parquet.js";
import {clopperPearson} from "../stats/proportion.js";
import {canonicalJson} from "../text/json.js";
import {privacyAlarms, type AlarmKind, type PrivacyAlarm} from "./privacyAlarms.js";
import {createCanaryCheck, type CanaryFindings} from "./privacyCanaryCheck.js";
import {copiedRuns} from "./privacyCopiedRuns.js";
import {findingColumns, findingOf, findingKinds, type FindingKind, type PrivacyFinding} from "./privacyFindings.js";
import {keyId} from "./privacyKey.js";
import {dataMembership, proxyUnits, type DataMembership, type MembershipFiles} from "./privacyMembership.js";
import {nearBands, nearSeeds, type NearBands, type NearCounts} from "./privacyNearSeeds.js";
import {createPiiTally, type PiiByType} from "./privacyPii.js";
import {createTextSample} from "./privacySample.js";
import {readPlacedTexts} from "./privacyTexts.js";
import {seedValues} from "./privacyValues.js";

interface PrivacyOptions {
  seeds: readonly string[];
  /** columns that hold the text: of the samples, and of seeds, members and non-members */
  text: string;
  seedText: string;
  seed: string | number;
  /** of the hashes of personal data; without it none is given */
  key: Uint8Array | null;
  /** the secrets that were put into the seeds: path of canaries.json */
  canaries: string | null;
  /** null where nobody says who was a member */
  membership: Omit<MembershipFiles, "column" | "seed"> | null;
  /** tokens from which a common run counts as copied */
  run: number;
  /** exact Jaccard similarity of 5-word shingles from which a sample is a near copy of a seed */
  threshold: number;
  /** what rings */
  alarms: readonly AlarmKind[];
  /** folder for privacy.parquet and privacy.json; null for none */
  out: string | null;
}

/** Samples that are near copies of a seed, and how they were looked for. */
interface NearCopies extends NearBands, NearCounts {
  threshold: number;
  samples: number;
  /** of all samples, null where there are none; the interval is for the generator that made them */
  share: number | null;
  interval: [number, number] | null;
}

/** What `ballast privacy` found: privacy.json. */
export interface Privacy {
  samples: number;
  seeds: number;
  /** id of the key of the hashes; null without one */
  key: string | null;
  /** rows of privacy.parquet by what they tell */
  findings: Record<FindingKind, number>;
  pii: PiiByType[];
  memorisation: MemorisationSummary;
  nearCopies: NearCopies;
  canaries: CanaryFindings | null;
  membership: DataMembership | null;
  /** texts that the proxy was trained on, for canaries and membership; null where it was not needed */
  proxyTexts: number | null;
  alarms: PrivacyAlarm[];
}

/**
 * What samples give away of the seeds that they were made from: personal data and whether the seeds have it, copied runs,
 * near copies, canaries, and whether a model trained on the samples can tell who was among the seeds.
 *
 * Samples are streamed, once for each of these; seeds lie in DuckDB and in indexes of bounded parts. What none of this
 * finds: paraphrases, and facts that were told in other words.
 *
 * @throws TypeError naming file and line, row or field
 */
export async function privacy(paths: readonly string[], options: PrivacyOptions): Promise<Privacy> {
  const {seeds, text, seedText, key, run, threshold, out} = options;
  const findings = Object.fromEntries(findingKinds.map((kind) => [kind, 0])) as Record<FindingKind, number>;
  const samples = () => readPlacedTexts(paths, text);
  const values = await seedValues(readPlacedTexts(seeds, seedText), key);
  const pii = createPiiTally(values, key);
  const canaries = await createCanaryCheck(options.canaries);
  const learning = canaries !== null || options.membership !== null;
  const lesson = createTextSample(proxyUnits, `${options.seed} proxy`);
  const runs = copiedRuns({run});
  const counts: NearCounts = {compared: 0, left: 0};

  async function* found(temporary: string): AsyncGenerator<PrivacyFinding> {
    for await (const sample of samples()) {
      yield* pii.look(sample);
      if (canaries !== null) yield* canaries.look(sample);
      if (learning) lesson.add(sample.at, sample.text);
    }
    yield* runs.look(samples, readPlacedTexts(seeds, seedText));
    const near = nearSeeds(samples(), readPlacedTexts(seeds, seedText), {threshold, counts, folder: temporary});
    for await (const {at, seed, jaccard} of near) yield findingOf("near-copy", at, {seed, jaccard});
  }

  async function* counted(temporary: string): AsyncGenerator<Row> {
    for await (const finding of found(temporary)) {
      findings[finding.finding]++;
      yield {...finding};
    }
  }

  if (out !== null) await mkdir(out, {recursive: true});
  const temporary = await mkdtemp(join(out ?? tmpdir(), ".ballast-privacy-"));
  try {
    if (out === null) for await (const _ of counted(temporary));
    else await writeParquet(join(out, "privacy.parquet"), findingColumns, counted(temporary));
  } finally {
    await rm(temporary, {recursive: true, force: true});
  }
  const memorised = runs.result();
  const near = findings["near-copy"];
  const all = memorised.samples;
  const learnt = learning ? lesson.texts() : null;
  const proxy = learnt === null ? null : createProxyScorer(learnt, builtinTokenizer());
  const told = {
    samples: all,
    seeds: values.texts,
    key: key === null ? null : keyId(key),
    findings,
    pii: pii.result(),
    memorisation: memorised,
    nearCopies: {
      ...{threshold, samples: near, share: all === 0 ? null : near / all},
      interval: all === 0 ? null : clopperPearson(near, all),
      ...nearBands(threshold),
      ...counts
    },
    canaries: canaries === null ? null : await canaries.result(proxy!, options.seed),
    membership:
      options.membership === null
        ? null
        : await dataMembership(proxy!, {...options.membership, column: seedText, seed: options.seed}),
    proxyTexts: learnt?.length ?? null
  };
  const result: Privacy = {...told, alarms: privacyAlarms(told, options.alarms)};
  if (out !== null) await writeAtomic(join(out, "privacy.json"), `${canonicalJson(result, 1)}\n`);
  return result;
}
