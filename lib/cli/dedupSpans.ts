import {progress} from "../io/progress.js";
import {defaultGuard} from "../run/dedupGuard.js";
import {spanFiles} from "../run/spanFiles.js";
import {integer} from "./command.js";
import {normalisation, share, type DedupKind} from "./dedupFlags.js";
import {counted, dedupInWords} from "./dedupInWords.js";

/** `--by span`: runs of tokens that stand in two texts, or twice in one, are cut from all but the first. */
export const spans: DedupKind = {
  flags: ["normalise", "size", "most", "annotate", "source", "cluster-share", "source-share"],
  async run(paths, out, values) {
    const {annotate = false} = values;
    const found = await spanFiles(paths, out, {
      ...{text: values.text, annotate, source: values.source, progress},
      size: values.size === undefined ? undefined : integer("--size", values.size, {min: 2, max: 65_536}),
      most: share("--most", values.most, {above: 0}),
      normalisation: normalisation(values.normalise),
      guard: {
        ...defaultGuard,
        cluster: share("--cluster-share", values["cluster-share"]) ?? defaultGuard.cluster,
        source: share("--source-share", values["source-share"]) ?? defaultGuard.source
      }
    });
    const {rows, kept, cut, dropped, spans, tokens, repeatedTokens, collisions} = found;
    const facts: [string, string][] = [
      ["repeated", `${repeatedTokens} of ${tokens} tokens, in ${counted(spans, "span")}`],
      ...(annotate
        ? []
        : ([
            ["kept", `${kept}: ${rows - cut - dropped} as they came, ${cut} without what repeats`],
            ["dropped", String(dropped)]
          ] satisfies [string, string][]))
    ];
    if (collisions > 0)
      facts.push(["not cut", `${counted(collisions, "span")} whose hashes agree and whose tokens do not`]);
    const counts = "repeated_tokens, text_tokens";
    const outputs = {
      ...(annotate
        ? {annotated: `all rows, with ${counts}`}
        : {kept: "what stays, without the spans", rejects: `what was dropped, whole, with ${counts}`}),
      spans: "document, start, end, tokens, run, repeats, repeats_start, repeats_end, action"
    };
    return {found, words: dedupInWords(found, facts, {out, outputs})};
  }
};
