import {evidenceOf} from "./evidence.js";
import type {Format} from "./format.js";
import {partsOf, sharesInText} from "./parts.js";

/**
 * A blend for Megatron-LM's `--data-args-path`: weight, prefix, weight, prefix. Megatron draws sequences of one length,
 * so that the weights are shares of tokens. The file has no comments; the evidence, and how to make the binary files
 * that the prefixes name, go beside it.
 *
 * Source: Megatron-LM, megatron/training/arguments.py, --data-path and --data-args-path.
 */
export const megatron: Format = {
  id: "megatron",
  file: "megatron_blend.txt",
  summary: "Megatron-LM: a blend for --data-args-path, with its evidence beside it",
  render(exported) {
    const parts = partsOf(exported);
    const folder = exported.data === null ? "megatron" : `${exported.data.folder.replace(/\/+$/, "")}/megatron`;
    if (/\s/.test(folder))
      throw new RangeError(`expected a folder without white space, for Megatron splits its blend there; got ${folder}`);
    const shares = sharesInText(parts.map((part) => part.weight));
    const prefix = (tier: string) => `${folder}/${encodeURIComponent(tier)}_text_document`;
    const evidence = [
      ...evidenceOf(exported),
      "",
      "Use: --data-args-path FILE",
      "The prefixes name Megatron's own binary files (.bin and .idx), which have to be made first, tier by tier:",
      '1. Write the column `text` of the tier\'s Parquet shards as JSONL, one {"text": …} a line.',
      "2. python tools/preprocess_data.py --input TIER.jsonl --output-prefix OUT/TIER --append-eod --workers N, with the tokenizer's options.",
      ...parts.flatMap((part) => ["", `${prefix(part.tier)} from`, ...part.files.map((file) => `  ${file}`)])
    ];
    return {
      text: parts.map((part, i) => `${shares[i]} ${prefix(part.tier)}\n`).join(""),
      evidence: evidence.join("\n") + "\n"
    };
  }
};
