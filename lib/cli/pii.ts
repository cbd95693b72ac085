import {randomBytes} from "node:crypto";
import {readFile} from "node:fs/promises";
import {measurePii, type Measured} from "../curate/pii/measurePii.js";
import {piiMarkedTexts} from "../run/piiMarkedTexts.js";
import {redactFiles} from "../run/piiRedactFiles.js";
import {Misuse, parse, type Command} from "./command.js";
import {table} from "./table.js";

/** `ballast pii`: redacts personal data in files, or measures on marked texts how well it is found. */
export const command: Command = {
  usage:
    "redact IN… --out DIR [--text COLUMN]… [--key FILE] [--style stand-in|tag] [--json] | measure MARKED… [--match half|exact] [--json]",
  summary: "Replaces personal data in texts, the same value by the same stand-in, or measures how well it is found.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        out: {type: "string"},
        text: {type: "string", multiple: true},
        key: {type: "string"},
        style: {type: "string", default: "stand-in"},
        match: {type: "string", default: "half"},
        json: {type: "boolean", default: false}
      },
      {least: 2, most: Infinity}
    );
    const [action, ...inputs] = positionals;
    const {style, match} = values;
    if (action === "measure") {
      if (match !== "half" && match !== "exact") throw new Misuse(`--match: expected half or exact, got ${match}`);
      const texts = [];
      for await (const text of piiMarkedTexts(inputs)) texts.push(text);
      const measured = measurePii(texts, {match});
      process.stdout.write(
        values.json ? `${JSON.stringify({texts: texts.length, match, types: measured})}\n` : shown(measured)
      );
      return 0;
    }
    if (action !== "redact") throw new Misuse(`expected redact or measure, got ${JSON.stringify(action)}`);
    if (values.out === undefined) throw new Misuse("--out: expected a folder, got nothing");
    if (style !== "stand-in" && style !== "tag") throw new Misuse(`--style: expected stand-in or tag, got ${style}`);
    const key = values.key === undefined ? randomBytes(32) : await readFile(values.key);
    if (key.length < 16) throw new Misuse(`--key: expected a file of at least 16 bytes, got ${key.length}`);
    const done = await redactFiles(inputs, values.out, {texts: values.text ?? ["text"], key, style});
    if (values.json) process.stdout.write(`${JSON.stringify(done)}\n`);
    else {
      const counts = Object.entries(done.byType).filter(([, n]) => n > 0);
      process.stdout.write(table([["type", "redacted"], ...counts.map(([type, n]) => [type, String(n)])]));
      process.stdout.write(
        `${done.redacted} of ${done.rows} rows redacted; none of ${done.values} found values is in the outputs` +
          `${values.key === undefined ? "; the key was made for this run and is gone" : ""}\n`
      );
    }
    return 0;
  }
};

function shown(measured: ReturnType<typeof measurePii>): string {
  const share = ({value, interval}: Measured) =>
    value === null ? "–" : `${value.toFixed(3)} [${interval!.map((end) => end.toFixed(3)).join(", ")}]`;
  return table([
    ["type", "marked", "recalled", "found", "right", "precision", "recall", "F1"],
    ...measured
      .filter(({marked, found}) => marked + found > 0)
      .map(({type, marked, recalled, found, right, precision, recall, f1}) => [
        ...[type, String(marked), String(recalled), String(found), String(right)],
        ...[share(precision), share(recall), share(f1)]
      ])
  ]);
}
