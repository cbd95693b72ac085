import {execFile} from "node:child_process";
import {join} from "node:path";
import {promisify} from "node:util";
import type {Tools} from "./figure.js";

const files = ["train_mixture_1m.csv", "train_pile_loss_1m.csv", "test_mixture_60m.csv", "test_pile_loss_60m.csv"];

/** Spearman's rank correlation of LightGBM's predictions with RegMix's 60M runs, or null where there is no Python. */
export async function lightgbm({file, python}: Tools): Promise<number | null> {
  const program = await python(["lightgbm", "pandas", "scipy"]);
  if (program === null) return null;
  const script = join(import.meta.dirname, "regmixPeer.py");
  const {stdout} = await promisify(execFile)(program, [script, ...files.map(file), "metric/the_pile_pile_cc_val_loss"]);
  return Number(stdout);
}
