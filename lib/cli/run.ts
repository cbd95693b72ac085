import {availableParallelism} from "node:os";
import {resolve} from "node:path";
import type {DataCard} from "../schema/card.js";
import {runFactory} from "../run/factory.js";
import {readRecipe} from "../run/recipe.js";
import {integer, Misuse, parse, type Command} from "./command.js";

/** `ballast run`: the factory. Started again it resumes; where nothing has changed it returns at once. */
export const command: Command = {
  usage: "RECIPE.yaml --out DIR [--workers N] [--offline] [--json]",
  summary:
    "Runs the factory: seeds, drafts, verdicts, duplicates, tiers, Parquet shards with provenance; it resumes. Models that a recipe names are asked once for each answer; --offline takes kept answers alone.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        out: {type: "string"},
        workers: {type: "string"},
        offline: {type: "boolean", default: false},
        json: {type: "boolean", default: false}
      },
      {least: 1}
    );
    if (values.out === undefined || values.out === "") throw new Misuse("--out: expected a folder, got nothing");
    const workers =
      values.workers === undefined ? availableParallelism() : integer("--workers", values.workers, {min: 1, max: 1024});
    const {recipe, folder} = await readRecipe(positionals[0]);
    const {card, changed} = await runFactory({
      recipe,
      folder,
      out: resolve(values.out),
      workers,
      offline: values.offline,
      log: (line) => process.stderr.write(`${line}\n`)
    });
    process.stdout.write(values.json ? `${JSON.stringify({changed, card})}\n` : report(card, values.out));
    return 0;
  }
};

function report(
  {name, counts, tokens, anchorShare, syntheticShare, tiers, rules, warnings}: DataCard,
  out: string
): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const reasons = Object.entries(counts.byReason).sort(([, a], [, b]) => b - a);
  return [
    `${name}: ${counts.kept} samples kept of ${counts.generated} drafts, ${tokens} tokens, in ${out}`,
    ...Object.entries(tiers).map(
      ([tier, total]) => `  ${tier}  ${total.rows} samples, ${percent(total.share)} of the tokens`
    ),
    `  anchor ${percent(anchorShare)}, synthetic ${percent(syntheticShare)}`,
    ...rules.map(({rule, statement, value}) => `  rule ${rule} holds: ${statement} (${Number(value.toFixed(4))})`),
    ...(reasons.length === 0 ? [] : [`  rejected: ${reasons.map(([reason, n]) => `${reason} ${n}`).join(", ")}`]),
    ...warnings.map((warning) => `  warning: ${warning}`),
    ""
  ].join("\n");
}
