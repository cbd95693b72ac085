import {randomBytes} from "node:crypto";
import {redactFiles} from "../run/piiRedactFiles.js";
import {readKey} from "../run/privacyKey.js";
import {Misuse, parse} from "./command.js";
import {table} from "./table.js";

const options = {
  out: {type: "string"},
  text: {type: "string", multiple: true},
  key: {type: "string"},
  style: {type: "string", default: "stand-in"},
  json: {type: "boolean", default: false}
} as const;

/** `ballast privacy redact`: replaces personal data in files, the same value by the same stand-in. */
export async function privacyRedact(args: readonly string[]): Promise<number> {
  const {values, positionals: inputs} = parse(args, options, {least: 1, most: Infinity});
  const {style} = values;
  if (values.out === undefined) throw new Misuse("--out: expected a folder, got nothing");
  if (style !== "stand-in" && style !== "tag" && style !== "type")
    throw new Misuse(`--style: expected stand-in, tag or type, got ${style}`);
  const key = values.key === undefined ? randomBytes(32) : await readKey(values.key);
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
