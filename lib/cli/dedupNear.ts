import {availableParallelism} from "node:os";
import {presets, type PresetName} from "../dedup/presets.js";
import {progress} from "../io/progress.js";
import {dedupFiles, type DedupedFiles} from "../run/dedupFiles.js";
import {defaultGuard} from "../run/dedupGuard.js";
import {Misuse} from "./command.js";
import {count, normalisation, oneOf, share, type DedupFlags, type DedupKind} from "./dedupFlags.js";
import {counted, dedupInWords} from "./dedupInWords.js";

const common = ["preset", "normalise", "keep", "against", "source", "annotate", "cluster-share", "source-share", "workers"] as const; // prettier-ignore

/** `--by near`: equal texts, and those whose shingles are nearly the same. */
export const near: DedupKind = {
  flags: [...common, "threshold", "unit", "size", "bands", "rows", "index"],
  run: (paths, out, values) => purge(paths, out, values, false)
};

/** `--by text`: texts that the normalisation reads alike, whole. */
export const wholeText: DedupKind = {
  flags: common,
  run: (paths, out, values) => purge(paths, out, values, true)
};

async function purge(paths: readonly string[], out: string, values: DedupFlags, whole: boolean) {
  if (values.keep !== undefined && values.index !== undefined)
    throw new Misuse("--keep: expected none with --index: ranks of one batch say nothing of another's");
  if ((values.bands === undefined) !== (values.rows === undefined))
    throw new Misuse("expected both --bands and --rows, or neither");
  const bands = count("--bands", values.bands);
  const rows = count("--rows", values.rows);
  if (bands !== undefined && bands * rows! > 4096)
    throw new Misuse(`--bands, --rows: expected at most 4096 hashes in all, got ${bands * rows!}`);
  const found = await dedupFiles(paths, out, {
    ...{text: values.text, whole, bands, rows, annotate: values.annotate, progress},
    preset: oneOf("--preset", values.preset, Object.keys(presets) as PresetName[]),
    threshold: share("--threshold", values.threshold, {above: 0}),
    unit: oneOf("--unit", values.unit, ["words", "characters", "tokens"]),
    size: count("--size", values.size),
    normalisation: normalisation(values.normalise),
    ...{keep: values.keep, against: values.against, index: values.index, source: values.source},
    guard: {
      ...defaultGuard,
      cluster: share("--cluster-share", values["cluster-share"]) ?? defaultGuard.cluster,
      source: share("--source-share", values["source-share"]) ?? defaultGuard.source
    },
    workers: count("--workers", values.workers) ?? availableParallelism()
  });
  return {found, words: inWords(found, out, values)};
}

function inWords(found: DedupedFiles, out: string, {annotate = false, index}: DedupFlags): string {
  const {rows, kept, exact, near, normalised, clusters, largestCluster, superseded, left} = found;
  const {unit, size, normalisation, threshold, bands, rows: perBand} = found.settings;
  const whole = unit === "text";
  const read = unit === "tokens" ? "" : `, read ${normalisation}`;
  const facts: [string, string][] = [
    [
      "compared",
      whole
        ? `whole texts${read}`
        : `shingles of ${size} ${unit}${read}; ${bands} bands of ${perBand}, J ≥ ${threshold}`
    ],
    [annotate ? "would keep" : "kept", String(kept)],
    [
      annotate ? "would drop" : "removed",
      `${rows - kept}: ${exact} equal, ${whole ? `${normalised} read alike` : `${near} near`}` +
        (clusters === 0 ? "" : `, in ${counted(clusters, "cluster")}, the largest of ${largestCluster} texts`)
    ]
  ];
  if (superseded > 0) facts.push(["superseded", `${superseded} by a later one of a higher ceiling`]);
  if (left > 0)
    facts.push([
      "full bands",
      `${left} times: near duplicates that share nothing but such a band may be missed, none was removed wrongly`
    ]);
  if (index !== undefined) facts.push(["index", `${index}, with the kept texts from now on`]);
  const added = "duplicate_of, duplicate_kind, duplicate_jaccard";
  const outputs = {
    ...(annotate ? {annotated: `all rows, with ${added}`} : {kept: "what stays", rejects: `what went, with ${added}`}),
    clusters: "member, representative, jaccard, kind, superseded"
  };
  return dedupInWords(found, facts, {out, outputs});
}
