import {writeAtomic} from "../io/atomic.js";
import {formatOf, formats} from "../export/formats.js";
import {readDataCard} from "../run/datasetConstraints.js";
import {readPlan} from "../run/fitFile.js";
import {integer, Misuse, parse, type Command} from "./command.js";

/** `ballast export`: a plan to a trainer's own syntax; a plan that breaks a rule is refused. */
export const command: Command = {
  usage: `PLAN --format ${formats.map(({id}) => id).join("|")} --out FILE [--data DIR] [--seed 1] [--json]`,
  summary: "Writes a plan's weights as a trainer's configuration.",
  async run(args) {
    const text = {type: "string"} as const;
    const {values, positionals} = parse(
      args,
      {format: text, out: text, data: text, seed: {...text, default: "1"}, json: {type: "boolean"}},
      {least: 1}
    );
    const {format: name, out, data: folder} = values;
    if (name === undefined || !formats.some(({id}) => id === name))
      throw new Misuse(`--format: expected ${formats.map(({id}) => id).join(", ")}; got ${name ?? "none"}`);
    if (out === undefined) throw new Misuse("--out: expected a file to write, got none");
    const seed = integer("--seed", values.seed);
    const {plan, sha256} = await readPlan(positionals[0]);
    const broken = plan.rules.filter((rule) => !rule.ok);
    if (broken.length > 0)
      throw new RangeError(
        `expected a plan that keeps its rules; broken: ${broken.map((r) => `${r.statement}, got ${r.value}`).join("; ")}`
      );
    const data = folder === undefined ? null : {folder, card: await readDataCard(folder)};
    const written = formatOf(name).render({plan, planSha256: sha256, data, seed});
    const files = [out];
    await writeAtomic(out, written.text);
    if (written.evidence !== null) {
      files.push(`${out}.evidence.txt`);
      await writeAtomic(files[1], written.evidence);
    }
    process.stdout.write(
      values.json ? JSON.stringify({format: name, files}) + "\n" : files.map((file) => `wrote ${file}\n`).join("")
    );
    return 0;
  }
};
