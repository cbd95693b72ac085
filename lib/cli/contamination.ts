import {contamination} from "../run/contamination.js";
import {Misuse, parse, type Command} from "./command.js";

/** Held-out texts that a person is shown; --json has them all. */
const shown = 20;

/** `ballast contamination`: what of held-out files is in data. */
export const command: Command = {
  usage: "IN… --against FILE [--against FILE…] [--text COLUMN] [--against-text COLUMN] [--json]",
  summary: "Finds held-out texts in data (Parquet or JSONL) by shared 13-grams and near duplicates, no paraphrases.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        against: {type: "string", multiple: true},
        text: {type: "string", default: "text"},
        "against-text": {type: "string"},
        json: {type: "boolean", default: false}
      },
      {least: 1, most: Infinity}
    );
    if (values.against === undefined) throw new Misuse("--against: expected a file of held-out texts, got nothing");
    const {text} = values;
    const found = await contamination(positionals, values.against, {text, againstText: values["against-text"] ?? text});
    if (values.json) {
      process.stdout.write(`${JSON.stringify(found)}\n`);
      return 0;
    }
    for (const {at, ngram, near, first, nearest} of found.items.slice(0, shown)) {
      const parts = [
        ...(ngram > 0 ? [`${ngram} texts share ${found.ngram} words`] : []),
        ...(nearest === null ? [] : [`${near} near duplicates, Jaccard up to ${nearest.jaccard.toFixed(3)}`])
      ];
      process.stdout.write(`${at}: ${parts.join("; ")}; first in ${first.at}\n`);
      if (first.ngram !== null) process.stdout.write(`  "${first.ngram}"\n`);
    }
    if (found.items.length > shown) process.stdout.write(`and ${found.items.length - shown} more: see --json\n`);
    const {contaminatedHeldOut, heldOut, contaminatedTexts, texts, tooShort} = found;
    process.stdout.write(
      `${contaminatedHeldOut} of ${heldOut} held-out texts are in ${contaminatedTexts} of ${texts} texts` +
        `${tooShort === 0 ? "" : `; ${tooShort} held-out texts are shorter than ${found.ngram} words`}\n`
    );
    return 0;
  }
};
