import {laws} from "../scaling/laws.js";
import {parse, type Command} from "./command.js";
import {table} from "./table.js";

/** `ballast laws`: what `ballast fit --law` knows. */
export const command: Command = {
  usage: "[--json]",
  summary: "Lists the laws that runs can be fitted with.",
  async run(args) {
    const {values} = parse(args, {json: {type: "boolean"}});
    const list = laws.map((law) => ({
      id: law.id,
      reads: law.reads,
      formula: law.formula,
      parameters: law
        .parameters({
          tiers: law.reads.includes("shares") ? ["T0", "T1", "T2", "T3"] : [],
          varies: new Set([...law.reads, ...(law.optional ?? [])]),
          lowerIsBetter: true
        })
        .map(({name, unit}) => ({name, unit})),
      source: law.source
    }));
    if (values.json) process.stdout.write(JSON.stringify(list, null, 2) + "\n");
    else
      process.stdout.write(
        table([
          ["law", "reads", "formula", "source"],
          ...list.map(({id, reads, formula, source}) => [id, reads.join(", "), formula, source])
        ])
      );
    return 0;
  }
};
