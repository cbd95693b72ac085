import {normalisations} from "../dedup/normalise.js";
import {presets} from "../dedup/presets.js";
import {semanticThresholds} from "../dedup/semanticStars.js";
import {defaultGuard} from "../run/dedupGuard.js";
import {Misuse, parse, type Command} from "./command.js";
import {dedupFlags, oneOf, type DedupFlags, type DedupKind} from "./dedupFlags.js";

const kinds: Record<string, () => Promise<DedupKind>> = {
  near: async () => (await import("./dedupNear.js")).near,
  text: async () => (await import("./dedupNear.js")).wholeText,
  line: async () => (await import("./dedupSections.js")).sections("line"),
  paragraph: async () => (await import("./dedupSections.js")).sections("paragraph"),
  span: async () => (await import("./dedupSpans.js")).spans,
  semantic: async () => (await import("./dedupSemantic.js")).semantic
};

const readings = Object.keys(normalisations).join("|");
const guard = `[--cluster-share ${defaultGuard.cluster}] [--source-share ${defaultGuard.source}] [--source COLUMN]`;

/** `ballast dedup`: duplicates out of somebody's own files, of six kinds. */
export const command: Command = {
  usage: [
    `IN… --out DIR [--by ${Object.keys(kinds).join("|")}] [--text COLUMN] [--json], and`,
    `  near       [--preset ${Object.keys(presets).join("|")}] [--threshold 0.8]`,
    `             [--unit words|characters|tokens] [--size 5] [--bands N --rows N] [--index DIR], and what text takes`,
    `  text       [--normalise ${readings}] [--keep ORDER]… [--against FILE]… [--annotate] [--workers N]`,
    `             ${guard}`,
    `  line, paragraph  [--normalise ${readings}] [--size 5] [--cut-share 0.5] [--annotate]`,
    `  span       [--normalise ${readings}] [--size 50] [--most 0.8] [--annotate] ${guard}`,
    `  semantic   [--threshold ${semanticThresholds.terms}] [--cluster-share ${defaultGuard.cluster}] [--embeddings URL --model NAME [--batch 64]] | [--embeddings FOLDER [--batch 16]]`
  ].join("\n"),
  summary:
    "Purges Parquet or JSONL of duplicates and tells of each what it was compared with: near (verified by exact Jaccard), text (whole texts that read alike), repeated lines, paragraphs or spans of tokens, semantic (cosine). Writes what stays, what went, and the map of both; stops where one cluster or one source would lose more than its share, and shows examples.",
  async run(args) {
    const {values, positionals} = parse(args, dedupFlags, {least: 1, most: Infinity});
    const given: DedupFlags = values;
    if (given.semantic === true && given.by !== undefined && given.by !== "semantic")
      throw new Misuse(`--semantic: expected --by semantic or none, got --by ${given.by}`);
    const by = given.semantic === true ? "semantic" : (oneOf("--by", given.by, Object.keys(kinds)) ?? "near");
    const kind = await kinds[by]();
    const all = ["by", "out", "text", "json", "semantic", ...kind.flags];
    for (const name of Object.keys(given)) {
      if (!all.includes(name))
        throw new Misuse(`--${name}: expected none with --by ${by}, which takes --${kind.flags.join(", --")}`);
    }
    if (given.out === undefined || given.out === "") throw new Misuse("--out: expected a folder, got nothing");
    const {found, words} = await kind.run(positionals, given.out, given);
    process.stdout.write(given.json === true ? `${JSON.stringify(found)}\n` : `${words}\n`);
    return 0;
  }
};
