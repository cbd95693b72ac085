import {defaultSpace, expectSpace} from "../curate/membership/canarySpace.js";
import {findingKinds} from "../run/privacyFindings.js";
import type {AlarmKind} from "../run/privacyAlarms.js";
import {insertCanaries} from "../run/privacyCanaries.js";
import {readKey} from "../run/privacyKey.js";
import {privacy} from "../run/privacy.js";
import {integer, Misuse, parse, type Command} from "./command.js";
import {privacyInWords} from "./privacyInWords.js";
import {privacyMeasure} from "./privacyMeasure.js";
import {privacyRedact} from "./privacyRedact.js";

const text = {type: "string"} as const;
const several = {type: "string", multiple: true} as const;
const kinds: readonly AlarmKind[] = [...findingKinds, "membership"];

const options = {
  seeds: several,
  text: {...text, default: "text"},
  "seed-text": text,
  members: several,
  "non-members": several,
  reference: several,
  canaries: text,
  key: text,
  run: {...text, default: "50"},
  threshold: {...text, default: "0.8"},
  "min-k": {...text, default: "20"},
  draws: {...text, default: "2000"},
  seed: {...text, default: "1"},
  alarm: {...text, default: kinds.filter((kind) => kind !== "pii").join(",")},
  "insert-canaries": text,
  repeats: {...text, default: "1"},
  template: {...text, default: defaultSpace.template},
  out: text,
  json: {type: "boolean", default: false}
} as const;

type Values = ReturnType<typeof parse<typeof options>>["values"];

/** `ballast privacy`: what samples give away of their seeds; canaries for seeds, so that a later look can tell; redaction. */
export const command: Command = {
  usage:
    "IN… --seeds FILE [--text COLUMN] [--seed-text COLUMN] [--members FILE --non-members FILE [--reference FILE]] [--canaries FILE] [--key FILE] [--run 50] [--threshold 0.8] [--min-k 20] [--draws 2000] [--seed 1] [--alarm KIND[,KIND]|none] [--out DIR] [--json] | SEEDS… --insert-canaries N --key FILE --out DIR [--repeats N[,N]] [--template WORDS] [--text COLUMN] [--seed 1] [--json] | redact IN… --out DIR [--text COLUMN]… [--key FILE] [--style stand-in|tag|type] [--json] | measure MARKED… [--match half|exact] [--json]",
  summary:
    "Finds personal data, copied runs, near copies, canaries and traces of membership that samples have of their seeds (Parquet, JSONL, JSON); exits 1 when one of the kinds listened to is there. Or puts canaries into seeds, redacts personal data in files (a file of this name: ./redact), measures on marked texts how well it is found.",
  async run(args) {
    if (args[0] === "redact") return privacyRedact(args.slice(1));
    if (args[0] === "measure") return privacyMeasure(args.slice(1));
    const {values, positionals} = parse(args, options, {least: 1, most: Infinity});
    return values["insert-canaries"] === undefined ? look(positionals, values) : insert(positionals, values);
  }
};

async function look(paths: readonly string[], values: Values): Promise<number> {
  if (values.seeds === undefined) throw new Misuse("--seeds: expected a file of seeds, got nothing");
  const {members, "non-members": nonMembers} = values;
  if ((members === undefined) !== (nonMembers === undefined))
    throw new Misuse("expected --members and --non-members together");
  if (values.reference !== undefined && members === undefined)
    throw new Misuse("--reference: expected --members and --non-members beside it");
  const found = await privacy(paths, {
    seeds: values.seeds,
    text: values.text,
    seedText: values["seed-text"] ?? values.text,
    seed: values.seed,
    key: values.key === undefined ? null : await readKey(values.key),
    canaries: values.canaries ?? null,
    membership:
      members === undefined || nonMembers === undefined
        ? null
        : {
            ...{members, nonMembers, reference: values.reference ?? []},
            minK: number("--min-k", values["min-k"], 100),
            draws: integer("--draws", values.draws, {min: 100, max: 1_000_000})
          },
    run: integer("--run", values.run, {min: 8, max: 1_000_000}),
    threshold: number("--threshold", values.threshold, 1),
    alarms: alarmsOf(values.alarm),
    out: values.out ?? null
  });
  process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : privacyInWords(found));
  return found.alarms.length > 0 ? 1 : 0;
}

async function insert(paths: readonly string[], values: Values): Promise<number> {
  const {out, key, template} = values;
  if (out === undefined) throw new Misuse("--out: expected a folder, got nothing");
  if (key === undefined) throw new Misuse("--key: expected a file with a key, got nothing");
  const count = integer("--insert-canaries", values["insert-canaries"]!, {min: 1, max: 100_000});
  const repeats = values.repeats.split(",").map((part) => integer("--repeats", part, {min: 1, max: 1_000_000}));
  const space = {...defaultSpace, template};
  try {
    expectSpace(space);
  } catch (error) {
    throw new Misuse(`--template: ${(error as Error).message}`);
  }
  const inserted = await insertCanaries(paths, out, {
    ...{column: values.text, space, count, repeats, seed: values.seed},
    key: await readKey(key)
  });
  const {texts, canaries, copies, bits} = inserted;
  process.stdout.write(
    values.json
      ? `${JSON.stringify(inserted)}\n`
      : `${canaries} canaries of ${bits} bits in ${copies} places among ${texts} texts; see ${out}, and keep canaries.json to yourself\n`
  );
  return 0;
}

function number(flag: string, value: string, most: number): number {
  const found = Number(value);
  if (value.trim() === "" || !(found > 0 && found <= most))
    throw new Misuse(`${flag}: expected a number in (0, ${most}], got ${JSON.stringify(value)}`);
  return found;
}

function alarmsOf(list: string): AlarmKind[] {
  if (list === "none") return [];
  return list.split(",").map((name) => {
    const kind = kinds.find((one) => one === name);
    if (kind === undefined)
      throw new Misuse(`--alarm: expected none or some of ${kinds.join(", ")}, got ${JSON.stringify(name)}`);
    return kind;
  });
}
