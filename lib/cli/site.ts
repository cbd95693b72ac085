import {parse, Misuse, type Command} from "./command.js";

/** `ballast site`: the static report. */
export const command: Command = {
  usage: "[DIR|RUNS] --out DIST [--pages DIR] [--json]",
  summary: "Builds the static notebook over a data set, a runs table, or the built-in demo.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {out: {type: "string"}, pages: {type: "string"}, json: {type: "boolean"}},
      {most: 1}
    );
    if (values.out === undefined) throw new Misuse("expected --out DIST");
    const {buildSite} = await import("../run/site.js");
    const log = (line: string) => process.stderr.write(`${line}\n`);
    await buildSite({data: positionals[0], out: values.out, pages: values.pages, log});
    process.stdout.write(values.json ? `${JSON.stringify({out: values.out})}\n` : "");
    return 0;
  }
};
