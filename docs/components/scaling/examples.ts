import {benchmarkOf} from "../../lib/scaling/benchmark.js";
import type {Fit} from "../../lib/schema/fit.js";
import {createRandom} from "../../lib/text/random.js";
import type {RunsFile} from "../runsDatabase.js";
import {noChoices, type Choices} from "./choices.js";

/** A table that the page brings, with choices that fit it. */
export interface Example {
  readonly id: string;
  readonly label: string;
  /** what it is, in a sentence */
  readonly about: string;
  readonly choices: Choices;
  file(): Promise<RunsFile>;
}

/** What has the bytes of a file: a file attachment, say. */
interface Source {
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * The tables that the page brings: the site's own runs where there are any, ours that are measured, and runs simulated
 * from a law whose coefficients are known.
 */
export function examplesOf({own, ownFit, measured}: {own: Source; ownFit: Fit | null; measured: Source}): Example[] {
  const at = (name: string, source: Source) => async () => ({name, bytes: new Uint8Array(await source.arrayBuffer())});
  return [
    ...(ownFit === null
      ? []
      : [
          {
            id: "own",
            label: "this site's own runs",
            about: `The runs that this site was built over, ${ownFit.n} of them fitted.`,
            choices: choicesOf(ownFit),
            file: at("runs.parquet", own)
          }
        ]),
    {
      id: "simulated",
      label: "simulated: a known law of N and D",
      about:
        "72 runs drawn from L = 1.8 + 480 / N^0.35 + 2100 / D^0.37 with 0.5 % noise: the truth is known, so the intervals can be held against it.",
      choices: {...noChoices, target: "loss", n: "n", d: "d", law: "auto", bootstrap: 500},
      file: () => Promise.resolve({name: "simulated.csv", bytes: new TextEncoder().encode(simulated())})
    },
    {
      id: "share",
      label: "measured: synthetic share at a fixed budget",
      about: "Our proxy: bits per byte of held-out text as human text gives way to a teacher's.",
      choices: {
        ...noChoices,
        target: "bpb_test",
        share: "synthetic_share",
        where: "experiment = 'share' AND arm = 'teacher/supply=100000'",
        bootstrap: 500
      },
      file: at("measured.parquet", measured)
    },
    {
      id: "tiers",
      label: "measured: shares of four tiers",
      about: "Our proxy over a lattice of mixes of T0 to T3.",
      choices: {...noChoices, target: "bpb_dev", shares: "share_T*", where: "experiment = 'tiers'", bootstrap: 500},
      file: at("measured.parquet", measured)
    }
  ];
}

/** What was asked when a fit was made of this table. */
function choicesOf({target, inputs, data, lowerIsBetter}: Fit): Choices {
  return {
    ...noChoices,
    target,
    ...(inputs.length === 1 ? {share: inputs[0]} : {shares: inputs.join(",")}),
    where: data.where ?? "",
    ...(benchmarkOf(target).lowerIsBetter !== lowerIsBetter && {better: lowerIsBetter ? "lower" : "higher"}),
    bootstrap: 500
  };
}

/** Runs of a law with known coefficients, as CSV: nine model sizes, eight budgets, 0.5 % of noise, one fixed seed. */
function simulated(): string {
  const random = createRandom("simulated runs", 1);
  const lines = ["n,d,flops,loss"];
  for (let i = 0; i < 9; i++)
    for (let j = 0; j < 8; j++) {
      const n = Math.round(4e7 * 2 ** (i * 0.9));
      const d = Math.round(n * 4 * 2 ** (j * 0.8));
      const loss = (1.8 + 480 / n ** 0.35 + 2100 / d ** 0.37) * Math.exp(0.005 * random.normal());
      lines.push([n, d, 6 * n * d, loss.toFixed(5)].join(","));
    }
  return lines.join("\n") + "\n";
}
