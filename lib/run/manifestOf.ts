import type {Tokenizer} from "../text/tokenizer.js";
import type {ChunkTask} from "./chunkPlan.js";
import type {Manifest} from "./manifest.js";
import type {BenchmarkFile} from "./refuseContaminated.js";
import type {Seeds} from "./seedStage.js";

interface ManifestParts extends Pick<Manifest, "key"> {
  version: string;
  tokenizer: Tokenizer;
  seeds: Seeds;
  benchmarks: readonly BenchmarkFile[];
}

/** What a data set is made of: seeds, benchmarks and its finished chunks, whose hashes and counts are filled in as they are read. */
export function manifestOf(tasks: readonly ChunkTask[], parts: ManifestParts): Manifest {
  const {id, sha256: hash} = parts.tokenizer;
  return {
    ...{version: 1, key: parts.key, ballast: parts.version, tokenizer: {id, sha256: hash}},
    seeds: parts.seeds.sets.map((set) => ({
      ...{id: set.id, sha256: set.sha256, train: set.train, heldOut: set.heldOut},
      ...{dropped: set.dropped, redacted: set.redacted}
    })),
    benchmarks: parts.benchmarks.map((one) => ({path: one.path, sha256: one.sha256})),
    chunks: tasks.map(({key, step, label, seeds}) => ({key, sha256: "", step, label, seeds, drafts: 0, refused: 0})),
    fullBands: 0
  };
}
