import {readObservations} from "../../lib/run/observations.js";
import {queryRuns} from "../../lib/run/queryRuns.js";
import type {RunsSelection} from "../../lib/run/selection.js";
import type {Observations} from "../../lib/scaling/observations.js";
import {finephraseFile} from "../published/finephrase.js";
import {curveFiles, curvesOf} from "../published/finetuning.js";
import {domains, regmixRuns} from "../published/regmix.js";
import type {Study, Target} from "./study.js";

type File = (name: string) => string;

const read = async (path: string, selection: RunsSelection, name: string): Promise<Target> => ({
  name,
  columns: (await readObservations(path, selection)).columns
});

const finephrase = (format: string): Study => ({
  id: `finephrase-${format}`,
  title: `FinePhrase ${format}: share × tokens`,
  set: "scaling/finephrase",
  files: [finephraseFile],
  split: "fitted on checkpoints up to 5,000 steps (10.5 billion tokens), tested on the later ones, up to 10,000",
  lowerIsBetter: false,
  targets: async (file) => [
    await read(
      file(finephraseFile),
      {
        target: "agg_score_macro",
        share: "synthetic_fraction",
        scalars: {d: "step * 2.1e6"},
        where: `format IN ('${format}', '(none)')`,
        holdout: "step > 5000"
      },
      "macro"
    )
  ]
});

const mixinglaws = (name: string, subsets: readonly string[], from: number): Study => ({
  id: `mixinglaws-${name}`,
  title: `Data Mixing Laws ${name}: ${subsets.length} domains × size × steps`,
  set: "scaling/mixinglaws",
  files: [`${name}.csv`],
  split: `fitted on checkpoints before step ${from.toLocaleString("en")}, tested on the later ones; tokens counted in steps`,
  lowerIsBetter: true,
  targets: (file) =>
    Promise.all(
      subsets.map((subset) =>
        read(
          file(`${name}.csv`),
          {
            target: "loss",
            shares: Object.fromEntries(
              subsets.map((domain, j) => [domain, `split_part(ratio, '-', ${j + 1})::DOUBLE`])
            ),
            scalars: {n: "replace(model_size, 'M', 'e6')::DOUBLE", d: "step"},
            where: `valid_subdomain = '${subset}' AND step > 0`,
            holdout: `step >= ${from}`
          },
          subset
        )
      )
    )
});

/** The 19 tasks of datablations' models, each a target of its own. */
const byTask = (name: string, {where, ...selection}: Omit<RunsSelection, "target"> & {where: string}) => ({
  set: "scaling/datablations",
  files: [name],
  lowerIsBetter: false,
  async targets(file: File): Promise<Target[]> {
    const path = file(name);
    const {task} = await queryRuns(path, ({select}) => select({task: "task"}, "task NOT LIKE 'Average%'"));
    const tasks = [...new Set(task.map(String))];
    return Promise.all(
      tasks.map((task) =>
        read(path, {...selection, target: "rescaled_score_pct", where: `${where} AND task = '${task}'`}, task)
      )
    );
  }
});

const collapse = (setting: string, target: string, title: string): Study => ({
  id: `collapse-${setting.toLowerCase()}`,
  title,
  set: "scaling/collapse-or-thrive",
  files: ["gaussian_replace_vs_accumulate.csv"],
  split: "fitted on the first 30 generations at n = 10, 32, 100 and 316, tested on generations 31 to 100",
  lowerIsBetter: true,
  targets: async (file) => [
    await read(
      file("gaussian_replace_vs_accumulate.csv"),
      {
        target,
        scalars: {generation: "iteration", samples: "n_per_iter"},
        where: `setting = '${setting}'`,
        holdout: "iteration > 30"
      },
      target
    )
  ]
});

/** Every set, in the order of the table. */
export const studies: readonly Study[] = [
  finephrase("math"),
  finephrase("faq"),
  {
    id: "regmix",
    title: "RegMix: 17 domains",
    set: "scaling/regmix",
    files: [
      ...["train", "test"].flatMap((split) => [`${split}_mixture_1m.csv`, `${split}_pile_loss_1m.csv`]),
      "test_mixture_60m.csv",
      "test_pile_loss_60m.csv"
    ],
    split: "fitted on 512 mixtures at 1M parameters, tested on 256 others at 1M, and by rank on the same 256 at 60M",
    lowerIsBetter: true,
    targets: (file) => Promise.all(domains.map((domain) => regmix(file, domain)))
  },
  mixinglaws("2Mix", ["Github", "Pile-CC"], 20_000),
  mixinglaws("3Mix", ["Github", "Pile-CC", "Books3"], 30_000),
  {
    id: "datablations",
    title: "Datablations: size × tokens × repeats, 182 runs",
    set: "scaling/datablations",
    files: ["fit_set_182.csv"],
    split: "fitted on the runs below 6e20 FLOP (6 N D), tested on the larger ones",
    lowerIsBetter: true,
    targets: async (file) => [
      await read(
        file("fit_set_182.csv"),
        {
          target: "c4_val_loss",
          scalars: {n: "params_N", d: "tokens_D", u: "unique_tokens_U"},
          holdout: "6 * params_N * tokens_D >= 6e20"
        },
        "c4_val_loss"
      )
    ]
  },
  {
    id: "code-share",
    title: "Datablations: share of code, 19 tasks",
    split: "fitted on shares up to 50 % at 4.2 billion parameters, tested on 60 to 90 %",
    ...byTask("code_fraction_vs_benchmarks.csv", {
      share: "python_pct / 100",
      where: "model = '4.2B'",
      holdout: "python_pct > 50"
    })
  },
  {
    id: "epochs",
    title: "Datablations: epochs, 19 tasks",
    split: "fitted on 1 to 7 epochs of 84 billion tokens, tested on 14 and 44",
    ...byTask("epochs_vs_benchmarks.csv", {
      scalars: {d: "84e9", u: "84e9 / epochs"},
      where: "true",
      holdout: "epochs > 7"
    })
  },
  {
    id: "chinchilla",
    title: "Chinchilla: size × tokens, 240 points",
    set: "scaling/epoch-chinchilla",
    files: ["svg_extracted_data.csv"],
    split: "fitted on the runs below 1e21 FLOP, tested on the 23 larger ones; the 5 highest losses left out",
    lowerIsBetter: true,
    targets: async (file) => [
      await read(
        file("svg_extracted_data.csv"),
        {
          target: "loss",
          scalars: {n: '"Model Size"', d: '"Training FLOP" / (6 * "Model Size")'},
          where: "loss NOT IN (SELECT loss FROM runs ORDER BY loss DESC LIMIT 5)",
          holdout: '"Training FLOP" >= 1e21'
        },
        "loss"
      )
    ]
  },
  {
    id: "finetuning",
    title: "Fine-tuning: 90 curves by tokens",
    set: "scaling/finetuning-rectified",
    files: curveFiles,
    split: "each curve fitted up to 204,800 tokens, tested on its last three points, up to 1,638,400",
    lowerIsBetter: true,
    async targets(file) {
      const curves = (await Promise.all(curveFiles.map((name) => curvesOf(file(name))))).flat();
      return curves.map(({model, columns}) => ({
        name: model,
        columns: {...columns, holdout: columns.target.map((_, i) => i >= columns.target.length - 3)}
      }));
    }
  },
  collapse("Replace", "trace_median", "Gaussian, replace: variance by generation"),
  collapse("Accumulate", "mean_sqerr_mean", "Gaussian, accumulate: error of the mean by generation")
];

async function regmix(file: File, domain: string): Promise<Target> {
  const target = `metric/the_pile_${domain}_val_loss`;
  const train = await regmixRuns(file, "train", "1m", target);
  const test = await regmixRuns(file, "test", "1m", target);
  const large = await regmixRuns(file, "test", "60m", target);
  const none = train.target.map(() => NaN);
  return {name: domain, columns: both(train, test), ranked: [...none, ...large.target]};
}

/** Runs to fit, then runs to predict. */
function both(train: Observations, test: Observations): Observations {
  const inputs = Object.keys(train.inputs).map((name) => [name, [...train.inputs[name], ...test.inputs[name]]]);
  return {
    inputs: Object.fromEntries(inputs) as Record<string, number[]>,
    target: [...train.target, ...test.target],
    holdout: [...train.target.map(() => false), ...test.target.map(() => true)]
  };
}
