import type {EmbeddingsEndpoint} from "../endpoints/embeddings.js";
import type {OnnxModel} from "../io/onnxEmbeddings.js";
import {defaultGuard} from "../run/dedupGuard.js";
import {semanticFiles} from "../run/semanticFiles.js";
import {integer, Misuse} from "./command.js";
import {share, type DedupFlags, type DedupKind} from "./dedupFlags.js";
import {counted, dedupInWords} from "./dedupInWords.js";

/** `--by semantic`: texts that say the same, by TF-IDF or by embeddings of an endpoint or of a model in a folder. */
export const semantic: DedupKind = {
  flags: ["threshold", "cluster-share", "embeddings", "model", "batch"],
  async run(paths, out, {text, embeddings, model, batch, ...values}) {
    const source = sourceOf({embeddings, model, batch});
    const found = await semanticFiles(paths, out, {
      text,
      threshold: share("--threshold", values.threshold, {above: 0}),
      clusterShare: share("--cluster-share", values["cluster-share"], {above: 0}) ?? defaultGuard.cluster,
      embeddings: source
    });
    const {rows, kept, exact, semantic, clusters, largestCluster, threshold, vectors} = found;
    const facts: [string, string][] = [
      [
        "compared",
        `${vectors === "terms" ? "TF-IDF" : `embeddings of ${model ?? embeddings!}`}, cosine ≥ ${threshold}`
      ],
      ["kept", String(kept)],
      [
        "removed",
        `${rows - kept}: ${exact} equal, ${semantic} near in meaning` +
          (clusters === 0 ? "" : `, in ${counted(clusters, "cluster")}, the largest of ${largestCluster} texts`)
      ]
    ];
    const outputs = {
      kept: "what stays",
      rejects: "what went, with duplicate_of, duplicate_kind, duplicate_cosine",
      clusters: "member, representative, cosine, kind"
    };
    return {found, words: dedupInWords(found, facts, {out, outputs})};
  }
};

function sourceOf({
  embeddings,
  model,
  batch
}: Pick<DedupFlags, "embeddings" | "model" | "batch">): EmbeddingsEndpoint | OnnxModel | undefined {
  if (embeddings === undefined && model !== undefined)
    throw new Misuse("--model: expected --embeddings with it, got none");
  if (embeddings === undefined) return undefined;
  if (!/^https?:\/\//.test(embeddings)) {
    if (model !== undefined) throw new Misuse("--model: expected none with a model in a folder");
    return {folder: embeddings, ...(batch === undefined ? {} : {batch: integer("--batch", batch, {min: 1})})};
  }
  if (model === undefined) throw new Misuse("--embeddings: expected --model with an address, got none");
  const key = process.env.EMBEDDINGS_API_KEY;
  return {url: embeddings, model, key, batch: integer("--batch", batch ?? "64", {min: 1})};
}
