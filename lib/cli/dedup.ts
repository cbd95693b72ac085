import {normalisations, type NormalisationName} from "../dedup/normalise.js";
import {dedupFiles} from "../run/dedupFiles.js";
import {Misuse, parse, type Command} from "./command.js";

/** `ballast dedup`: exact and near duplicates out of somebody's own files. */
export const command: Command = {
  usage: `IN… --out DIR [--text COLUMN] [--threshold 0.8] [--normalise ${Object.keys(normalisations).join("|")}] [--json]`,
  summary:
    "Purges Parquet or JSONL of exact and near duplicates, each verified against the kept one; writes kept, rejects, clusters.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        out: {type: "string"},
        text: {type: "string", default: "text"},
        threshold: {type: "string", default: "0.8"},
        normalise: {type: "string", default: "precise"},
        json: {type: "boolean", default: false}
      },
      {least: 1, most: Infinity}
    );
    const {out, text, threshold, normalise} = values;
    if (out === undefined || out === "") throw new Misuse("--out: expected a folder, got nothing");
    const least = Number(threshold);
    if (threshold.trim() === "" || !(least > 0 && least <= 1))
      throw new Misuse(`--threshold: expected a number in (0, 1], got ${JSON.stringify(threshold)}`);
    if (!Object.hasOwn(normalisations, normalise))
      throw new Misuse(
        `--normalise: expected one of ${Object.keys(normalisations).join(", ")}, got ${JSON.stringify(normalise)}`
      );
    const deduped = await dedupFiles(positionals, out, {
      text,
      threshold: least,
      normalisation: normalise as NormalisationName
    });
    const {rows, kept, exact, near, clusters, largestCluster} = deduped;
    process.stdout.write(
      values.json
        ? `${JSON.stringify(deduped)}\n`
        : `${rows} rows: ${kept} kept, ${exact} equal and ${near} near duplicates in ${clusters} clusters` +
            `${clusters === 0 ? "" : `, the largest of ${largestCluster}`}; see ${out}\n`
    );
    return 0;
  }
};
