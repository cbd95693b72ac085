import {sha256File} from "../io/sha256.js";
import type {Tokenizer} from "../text/tokenizer.js";
import type {ChunkTask} from "./chunkPlan.js";
import {chunkPath} from "./makeChunks.js";
import type {Manifest} from "./manifest.js";
import type {BenchmarkFile} from "./refuseContaminated.js";
import type {Seeds} from "./seedStage.js";

interface ManifestParts extends Pick<Manifest, "key"> {
  version: string;
  tokenizer: Tokenizer;
  seeds: Seeds;
  benchmarks: readonly BenchmarkFile[];
  /** folder of the finished chunks */
  chunks: string;
}

/** What a data set is made of: seeds, benchmarks and its finished chunks, whose counts are filled in as they are read. */
export async function manifestOf(tasks: readonly ChunkTask[], parts: ManifestParts): Promise<Manifest> {
  const {id, sha256: hash} = parts.tokenizer;
  const manifest: Manifest = {
    ...{version: 1, key: parts.key, ballast: parts.version, tokenizer: {id, sha256: hash}},
    seeds: parts.seeds.sets.map((set) => ({
      ...{id: set.id, sha256: set.sha256, train: set.train, heldOut: set.heldOut},
      ...{dropped: set.dropped, redacted: set.redacted}
    })),
    benchmarks: parts.benchmarks.map((one) => ({path: one.path, sha256: one.sha256})),
    chunks: [],
    fullBands: 0
  };
  for (const task of tasks)
    manifest.chunks.push({
      ...{key: task.key, sha256: await sha256File(chunkPath(parts.chunks, task)), step: task.step, label: task.label},
      ...{seeds: task.seeds, drafts: 0, refused: 0}
    });
  return manifest;
}
