import {semanticThresholds} from "../dedup/semanticStars.js";
import {defaultGuard} from "../run/dedupGuard.js";
import {semanticFiles} from "../run/semanticFiles.js";
import {integer, Misuse, parse, type Command} from "./command.js";

/** `ballast dedup --semantic`: texts that say the same, by TF-IDF or by an endpoint's embeddings. */
export const command: Command = {
  usage: "IN… --semantic --out DIR [--text COLUMN] [--threshold COSINE] [--cluster-share 0.1] [--embeddings URL --model NAME [--batch 64]] [--json]", // prettier-ignore
  summary: `Purges texts near in meaning: cosine of TF-IDF (${semanticThresholds.terms}) or of an endpoint's embeddings (${semanticThresholds.embeddings}); key in EMBEDDINGS_API_KEY.`,
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        semantic: {type: "boolean"},
        out: {type: "string"},
        text: {type: "string", default: "text"},
        threshold: {type: "string"},
        "cluster-share": {type: "string", default: String(defaultGuard.cluster)},
        embeddings: {type: "string"},
        model: {type: "string"},
        batch: {type: "string", default: "64"},
        json: {type: "boolean", default: false}
      },
      {least: 1, most: Infinity}
    );
    const {out, text, embeddings, model} = values;
    if (out === undefined || out === "") throw new Misuse("--out: expected a folder, got nothing");
    if ((embeddings === undefined) !== (model === undefined))
      throw new Misuse("expected --embeddings and --model together, got one of them");
    if (embeddings !== undefined && !/^https?:\/\//.test(embeddings))
      throw new Misuse(`--embeddings: expected an http(s) address, got ${JSON.stringify(embeddings)}`);
    const found = await semanticFiles(positionals, out, {
      text,
      threshold: values.threshold === undefined ? undefined : share("--threshold", values.threshold),
      clusterShare: share("--cluster-share", values["cluster-share"]),
      embeddings:
        embeddings === undefined
          ? undefined
          : {
              url: embeddings,
              model: model!,
              key: process.env.EMBEDDINGS_API_KEY,
              batch: integer("--batch", values.batch, {min: 1})
            }
    });
    const {rows, kept, exact, semantic, clusters, largestCluster, threshold} = found;
    process.stdout.write(
      values.json
        ? `${JSON.stringify(found)}\n`
        : `${rows} rows: ${kept} kept, ${exact} equal and ${semantic} of cosine ${threshold} or more in ${clusters} clusters` +
            `${clusters === 0 ? "" : `, the largest of ${largestCluster}`}; see ${out}\n`
    );
    return 0;
  }
};

function share(flag: string, value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !(number > 0 && number <= 1))
    throw new Misuse(`${flag}: expected a number in (0, 1], got ${JSON.stringify(value)}`);
  return number;
}
