import {check} from "../run/check.js";
import {parse, type Command} from "./command.js";

/** `ballast check`: re-computes a data set; exit 1 names all that is off. */
export const command: Command = {
  usage: "DIR [--json]",
  summary: "Re-computes every hash, count, share, span, tier and rule of a data set and names what is off.",
  async run(args) {
    const {values, positionals} = parse(args, {json: {type: "boolean", default: false}}, {least: 1});
    const checked = await check(positionals[0]);
    const {name, files, kept, rejected, total, findings} = checked;
    if (values.json) process.stdout.write(`${JSON.stringify({ok: total === 0, ...checked})}\n`);
    else {
      for (const {file, row, field, expected, got} of findings) {
        const where = [file, row === "" ? "" : `row ${row}`, field].filter((part) => part !== "").join(": ");
        process.stdout.write(`${where}: expected ${expected}, got ${got}\n`);
      }
      if (total > findings.length) process.stdout.write(`and ${total - findings.length} more\n`);
      const seen = `${name}: ${files} files, ${kept} samples and ${rejected} rejects re-computed`;
      process.stdout.write(total === 0 ? `${seen}, all as the cards say\n` : `${seen}, ${total} findings\n`);
    }
    return total === 0 ? 0 : 1;
  }
};
