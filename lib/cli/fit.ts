import {fitRuns, type RunsFit} from "../run/fitRuns.js";
import {resultJson, writeResult} from "../run/fitFile.js";
import {laws} from "../scaling/laws.js";
import {integer, Misuse, parse, type Command} from "./command.js";
import {figure, table} from "./table.js";

/** `ballast fit`: runs to a law with intervals. */
export const command: Command = {
  usage:
    "RUNS --target SQL [--law NAME|auto] [--share SQL | --shares 'GLOB'] [--where SQL] [--holdout SQL] [--sd SQL] [--better lower|higher] [--cluster mix|run] [--bootstrap 1000] [--seed 1] [--json] [--out FILE]",
  summary: "Fits a law to a table of runs (CSV, Parquet, JSONL), with intervals.",
  async run(args) {
    const text = {type: "string"} as const;
    const {values, positionals} = parse(
      args,
      {
        target: text,
        law: {...text, default: "auto"},
        share: text,
        shares: text,
        where: text,
        holdout: text,
        sd: text,
        better: text,
        cluster: {...text, default: "mix"},
        bootstrap: {...text, default: "1000"},
        seed: {...text, default: "1"},
        json: {type: "boolean"},
        out: text
      },
      {least: 1}
    );
    const {target, law, share, shares, where, holdout, sd, better} = values;
    if (target === undefined) throw new Misuse("--target: expected the column to fit, got none");
    if (share !== undefined && shares !== undefined) throw new Misuse("expected --share or --shares, got both");
    if (law !== "auto" && !laws.some(({id}) => id === law))
      throw new Misuse(
        `--law: expected auto or one of ${laws.map(({id}) => id).join(", ")}, got ${JSON.stringify(law)}`
      );
    const result = await fitRuns(positionals[0], {
      target,
      law,
      share,
      shares,
      where,
      holdout,
      sd,
      ...(better !== undefined && {lowerIsBetter: oneOf("--better", better, ["lower", "higher"]) === "lower"}),
      cluster: oneOf("--cluster", values.cluster, ["mix", "run"]),
      bootstrap: integer("--bootstrap", values.bootstrap, {min: 100, max: 100_000}),
      seed: integer("--seed", values.seed)
    });
    if (values.out !== undefined) await writeResult(values.out, result.fit);
    process.stdout.write(values.json ? resultJson(result.fit) : inWords(result));
    return 0;
  }
};

function oneOf<const T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new Misuse(`${flag}: expected ${allowed.join(" or ")}, got ${JSON.stringify(value)}`);
  return found;
}

function inWords({fit, grid, missing}: RunsFit): string {
  const {heldOut} = fit;
  const level = `${figure(100 * fit.level)} %`;
  const mix = (x: readonly number[]) => fit.inputs.map((name, j) => `${name} ${figure(x[j])}`).join(", ");
  const rivals = grid.points.filter(({difference: d}) => d !== null && d.interval[0] <= 0 && d.interval[1] >= 0);
  return [
    `${fit.law}: ${fit.target} over ${fit.inputs.join(", ")}, ${fit.n} runs, ${fit.lowerIsBetter ? "lower" : "higher"} is better\n`,
    missing > 0 ? `${missing} runs have no value of ${fit.target} and were left out\n` : "",
    "\n",
    table([
      ["coefficient", "value", `${level} interval`, "identified", "unit"],
      ...Object.entries(fit.coefficients).map(([name, c]) => [
        name,
        figure(c.value),
        `[${c.interval.map(figure).join(", ")}]`,
        c.identified ? "yes" : "no",
        c.unit
      ])
    ]),
    "\n",
    table([
      ["law", "k", "AICc", "CV error", "note"],
      ...fit.candidates.map((c) => [c.law, String(c.k), figure(c.aicc), figure(c.cvRmse), c.note])
    ]),
    `\nheld out: ${heldOut.n} predictions, rmse ${figure(heldOut.rmse)}, mean relative error ${figure(heldOut.meanRelativeError)}, Spearman ${figure(heldOut.spearman)}\n`,
    `best mix that was run: ${mix(grid.best.x)}, mean ${figure(grid.best.mean)} of ${grid.best.runs} runs`,
    rivals.length > 0 ? `; not apart from it, in pairs by seed: ${rivals.map(({x}) => mix(x)).join("; ")}\n` : "\n"
  ].join("");
}
