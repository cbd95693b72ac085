import {evidenceOf, hashComment} from "./evidence.js";
import type {Format} from "./format.js";
import {partsOf, sharesInText} from "./parts.js";
import {pythonString} from "./python.js";

/**
 * A Python file for MosaicML Streaming: one stream a tier with its proportion, batches stratified, so that each batch
 * holds the mix.
 *
 * Source: docs.mosaicml.com/projects/streaming, "Mixing datasets" and "Batching methods".
 */
export const mosaic: Format = {
  id: "mosaic",
  file: "mosaic_streaming.py",
  summary: "MosaicML Streaming: a Python file with one Stream a tier",
  render(exported) {
    const parts = partsOf(exported);
    const shares = sharesInText(parts.map((part) => part.weight));
    const header = [
      ...evidenceOf(exported),
      "Streaming reads MDS shards: tokenise and pack each tier's Parquet shards into samples of one length with MDSWriter,",
      "into DATA/mds/TIER. Proportions count samples, which are shares of tokens only when samples have one length.",
      ...parts.flatMap((part) => part.files.map((file) => `${part.tier} from ${file}`))
    ];
    const text = [
      hashComment(header.map((line) => line.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " "))),
      "import math\nimport os\n\nfrom streaming import Stream, StreamingDataset\n\n",
      `DATA = os.environ.get("BALLAST_DIR", ${pythonString(exported.data?.folder ?? ".")})\n`,
      `SEED = ${exported.seed}\n`,
      `PROPORTIONS = {\n${parts.map((part, i) => `    ${pythonString(part.tier)}: ${shares[i]},\n`).join("")}}\n`,
      "assert math.isclose(sum(PROPORTIONS.values()), 1.0, abs_tol=1e-8)\n\n\n",
      'def load(batch_size, cache="cache"):\n',
      '    """All tiers as one StreamingDataset."""\n',
      "    streams = [\n",
      '        Stream(remote=os.path.join(DATA, "mds", tier), local=os.path.join(cache, tier), proportion=proportion)\n',
      "        for tier, proportion in PROPORTIONS.items()\n    ]\n",
      "    return StreamingDataset(\n        streams=streams,\n        batch_size=batch_size,\n",
      '        batching_method="stratified",\n        shuffle=True,\n        shuffle_seed=SEED,\n    )\n'
    ].join("");
    return {text, evidence: null};
  }
};
