import {join} from "node:path";
import {argillaDataset, argillaRecords, argillaSettings, fromArgilla} from "../curate/audit/argilla.js";
import {fromLabelStudio, labelStudioConfig, labelStudioTasks} from "../curate/audit/labelStudio.js";
import {readTasks, type TaskFile} from "../curate/audit/readTasks.js";
import {writeAtomic} from "../io/atomic.js";
import {readRows} from "../io/readRows.js";
import {canonicalJson} from "../text/json.js";
import {Misuse, parse, type Command} from "./command.js";

/** Programs in which people label: the files that each takes, and how its own are read. */
const programs = {
  "label-studio": {
    files: ({head, tasks}: TaskFile) => ({
      "tasks.json": canonicalJson(labelStudioTasks(head, tasks), 1),
      "config.xml": labelStudioConfig(head.reasons)
    }),
    read: fromLabelStudio
  },
  argilla: {
    files: ({head, tasks}: TaskFile) => ({
      "records.json": canonicalJson(argillaRecords(head, tasks), 1),
      ".argilla/settings.json": canonicalJson(argillaSettings(head.reasons), 1),
      ".argilla/dataset.json": canonicalJson(argillaDataset(head), 1)
    }),
    read: fromArgilla
  }
};

/** `ballast audit export`: a file of tasks for Label Studio or Argilla. */
export const exportTasks: Omit<Command, "summary"> = {
  usage: `TASKS.jsonl --to ${Object.keys(programs).join("|")} --out DIR [--json]`,
  async run(args) {
    const {values, positionals} = parse(
      args,
      {to: {type: "string"}, out: {type: "string"}, json: {type: "boolean", default: false}},
      {least: 1}
    );
    if (values.out === undefined) throw new Misuse("--out: expected a folder, got nothing");
    const program = programOf("--to", values.to);
    const made = program.files(readTasks(await all(positionals)));
    for (const [name, text] of Object.entries(made)) await writeAtomic(join(values.out, name), `${text.trimEnd()}\n`);
    const files = Object.keys(made).map((name) => join(values.out!, name));
    process.stdout.write(values.json ? `${JSON.stringify({files})}\n` : `${files.join("\n")}\n`);
    return 0;
  }
};

/** `ballast audit import`: labels that people gave in Label Studio or Argilla. */
export const importLabels: Omit<Command, "summary"> = {
  usage: `FILE… --from ${Object.keys(programs).join("|")} --out LABELS.jsonl [--json]`,
  async run(args) {
    const {values, positionals} = parse(
      args,
      {from: {type: "string"}, out: {type: "string"}, json: {type: "boolean", default: false}},
      {least: 1, most: Infinity}
    );
    if (values.out === undefined) throw new Misuse("--out: expected a file, got nothing");
    const {read} = programOf("--from", values.from);
    const rows = await all(positionals);
    const labels = rows.flatMap(read);
    await writeAtomic(values.out, labels.map((label) => `${canonicalJson(label)}\n`).join(""));
    const counts = {items: rows.length, labels: labels.length, out: values.out};
    process.stdout.write(
      values.json ? `${JSON.stringify(counts)}\n` : `${values.out}: ${labels.length} labels of ${rows.length} items\n`
    );
    return 0;
  }
};

function programOf(flag: string, name: string | undefined) {
  if (name === undefined || !Object.hasOwn(programs, name))
    throw new Misuse(`${flag}: expected one of ${Object.keys(programs).join(", ")}, got ${name ?? "nothing"}`);
  return programs[name as keyof typeof programs];
}

async function all(paths: readonly string[]): Promise<{at: string; value: unknown}[]> {
  const rows = [];
  for await (const row of readRows(paths)) rows.push(row);
  return rows;
}
