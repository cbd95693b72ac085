import {defaultGuard} from "../run/dedupGuard.js";
import {semanticFiles} from "../run/semanticFiles.js";
import {integer, Misuse} from "./command.js";
import {share, type DedupKind} from "./dedupFlags.js";
import {counted, dedupInWords} from "./dedupInWords.js";

/** `--by semantic`: texts that say the same, by TF-IDF or by an endpoint's embeddings. */
export const semantic: DedupKind = {
  flags: ["threshold", "cluster-share", "embeddings", "model", "batch"],
  async run(paths, out, {text, embeddings, model, batch = "64", ...values}) {
    if ((embeddings === undefined) !== (model === undefined))
      throw new Misuse("expected --embeddings and --model together, got one of them");
    if (embeddings !== undefined && !/^https?:\/\//.test(embeddings))
      throw new Misuse(`--embeddings: expected an http(s) address, got ${JSON.stringify(embeddings)}`);
    const asked = integer("--batch", batch, {min: 1});
    const key = process.env.EMBEDDINGS_API_KEY;
    const found = await semanticFiles(paths, out, {
      text,
      threshold: share("--threshold", values.threshold, {above: 0}),
      clusterShare: share("--cluster-share", values["cluster-share"], {above: 0}) ?? defaultGuard.cluster,
      embeddings: embeddings === undefined ? undefined : {url: embeddings, model: model!, key, batch: asked}
    });
    const {rows, kept, exact, semantic, clusters, largestCluster, threshold, vectors} = found;
    const facts: [string, string][] = [
      ["compared", `${vectors === "terms" ? "TF-IDF" : `embeddings of ${model!}`}, cosine ≥ ${threshold}`],
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
