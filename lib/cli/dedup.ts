import {availableParallelism} from "node:os";
import {normalisations, type NormalisationName} from "../dedup/normalise.js";
import {presets, type PresetName} from "../dedup/presets.js";
import type {ShingleUnit} from "../dedup/shingles.js";
import {progress} from "../io/progress.js";
import {dedupFiles, type DedupedFiles} from "../run/dedupFiles.js";
import {defaultGuard} from "../run/dedupGuard.js";
import {dedupSections} from "../run/dedupSections.js";
import {integer, Misuse, parse, type Command} from "./command.js";

const text = {type: "string"} as const;
const several = {type: "string", multiple: true} as const;

/** `ballast dedup`: exact and near duplicates out of somebody's own files. */
export const command: Command = {
  usage:
    `IN… --out DIR [--text COLUMN] [--by near|line|paragraph] [--preset ${Object.keys(presets).join("|")}] [--threshold 0.8] ` +
    `[--unit words|characters|tokens] [--size N] [--normalise ${Object.keys(normalisations).join("|")}] ` +
    "[--bands N --rows N] [--keep ORDER]… [--against FILE]… [--index DIR] [--annotate] " +
    "[--cluster-share 0.1] [--source-share 0.9] [--source COLUMN] [--workers N] [--json]; " +
    "or --semantic [--threshold COSINE] [--cluster-share 0.1] [--embeddings URL --model NAME [--batch 64]]",
  summary:
    "Purges Parquet or JSONL of exact and near duplicates, each verified against the kept one; writes kept, rejects, clusters. Stops where one cluster or source would lose more than its share.",
  async run(args) {
    if (args.includes("--semantic")) return (await import("./dedupSemantic.js")).command.run(args);
    const {values, positionals} = parse(
      args,
      {
        ...{out: text, text: {...text, default: "text"}, preset: {...text, default: "ballast"}},
        ...{threshold: text, unit: text, size: text, normalise: text, bands: text, rows: text},
        ...{keep: several, against: several, index: text, source: text, workers: text},
        "cluster-share": {...text, default: String(defaultGuard.cluster)},
        "source-share": {...text, default: String(defaultGuard.source)},
        by: {...text, default: "near"},
        annotate: {type: "boolean", default: false},
        json: {type: "boolean", default: false}
      },
      {least: 1, most: Infinity}
    );
    const {out} = values;
    if (out === undefined || out === "") throw new Misuse("--out: expected a folder, got nothing");
    if (values.keep !== undefined && values.index !== undefined)
      throw new Misuse("--keep: expected none with --index: ranks of one batch say nothing of another's");
    if ((values.bands === undefined) !== (values.rows === undefined))
      throw new Misuse("expected both --bands and --rows, or neither");
    const bands = count("--bands", values.bands);
    const rows = count("--rows", values.rows);
    if (bands !== undefined && bands * rows! > 4096)
      throw new Misuse(`--bands, --rows: expected at most 4096 hashes in all, got ${bands * rows!}`);
    const by = oneOf("--by", values.by, ["near", "line", "paragraph"]);
    if (by === "line" || by === "paragraph") {
      const cut = await dedupSections(positionals, out, {
        ...{text: values.text, unit: by},
        normalisation: oneOf("--normalise", values.normalise, Object.keys(normalisations)) as
          NormalisationName | undefined
      });
      process.stdout.write(
        values.json
          ? `${JSON.stringify(cut)}\n`
          : `${cut.rows} rows: ${cut.cut} of ${cut.sections} ${by}s cut, ${cut.emptied} rows left empty; see ${out}\n`
      );
      return 0;
    }
    const deduped = await dedupFiles(positionals, out, {
      text: values.text,
      preset: oneOf("--preset", values.preset, Object.keys(presets)) as PresetName,
      threshold: share("--threshold", values.threshold, {above: 0}),
      unit: oneOf("--unit", values.unit, ["words", "characters", "tokens"]) as ShingleUnit | undefined,
      size: count("--size", values.size),
      normalisation: oneOf("--normalise", values.normalise, Object.keys(normalisations)) as
        NormalisationName | undefined,
      ...{bands, rows, keep: values.keep, against: values.against, index: values.index, source: values.source},
      guard: {
        ...defaultGuard,
        cluster: share("--cluster-share", values["cluster-share"])!,
        source: share("--source-share", values["source-share"])!
      },
      annotate: values.annotate,
      workers: count("--workers", values.workers) ?? availableParallelism(),
      progress
    });
    process.stdout.write(values.json ? `${JSON.stringify(deduped)}\n` : inWords(deduped, out));
    return 0;
  }
};

function count(flag: string, value: string | undefined): number | undefined {
  return value === undefined ? undefined : integer(flag, value, {min: 1, max: 4096});
}

function share(flag: string, value: string | undefined, {above = -Infinity} = {}): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === "" || !(number >= 0 && number > above && number <= 1))
    throw new Misuse(`${flag}: expected a number in ${above === 0 ? "(" : "["}0, 1], got ${JSON.stringify(value)}`);
  return number;
}

function oneOf(flag: string, value: string | undefined, names: readonly string[]): string | undefined {
  if (value !== undefined && !names.includes(value))
    throw new Misuse(`${flag}: expected one of ${names.join(", ")}, got ${JSON.stringify(value)}`);
  return value;
}

function inWords(
  {rows, kept, exact, near, clusters, largestCluster, superseded, left}: DedupedFiles,
  out: string
): string {
  const stars = `${clusters} clusters${clusters === 0 ? "" : `, the largest of ${largestCluster}`}`;
  const better = superseded === 0 ? "" : `; ${superseded} gave way to a later one of a higher ceiling`;
  const full =
    left === 0
      ? ""
      : `Bands were full ${left} times: near duplicates that share nothing but such a band may have been missed, none was removed wrongly.\n`;
  return `${rows} rows: ${kept} kept, ${exact} equal and ${near} near duplicates in ${stars}${better}; see ${out}\n${full}`;
}
