import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {chinchilla} from "./chinchilla.js";
import {collapse} from "./collapse.js";
import {datablations} from "./datablations.js";
import {agrees, type Group, type Reproduced, type Tools} from "./figure.js";
import {finephrase} from "./finephrase.js";
import {finetuning} from "./finetuning.js";
import {mixinglaws} from "./mixinglaws.js";
import {regmix} from "./regmix.js";

/** Everything that is held against a published figure. */
export const groups: readonly Group[] = [
  ...chinchilla,
  ...datablations,
  ...mixinglaws,
  ...regmix,
  ...finephrase,
  ...finetuning,
  ...collapse
];

const list = JSON.parse(readFileSync(new URL("../../data/public.json", import.meta.url), "utf8")) as {
  sets: {set: string; revision: string | null; files: Record<string, string>}[];
};

/**
 * Revision and hashes of files of a public data set.
 *
 * @throws RangeError for a file whose hash is not the one of data/public.json: figures are of that revision
 */
export function hashesOf(set: string, files: readonly string[], data: string) {
  const listed = list.sets.find((one) => one.set === set);
  const hashes = files.map((file): [string, string] => {
    const hash = createHash("sha256")
      .update(readFileSync(join(data, set, file)))
      .digest("hex");
    if (listed?.files[file] !== hash)
      throw new RangeError(
        `${set}/${file}: expected sha256 ${listed?.files[file] ?? "in data/public.json"}, got ${hash}`
      );
    return [file, hash];
  });
  return {revision: listed?.revision ?? null, files: Object.fromEntries(hashes)};
}

/**
 * The lines of one group, measured here.
 *
 * @param data folder of the public data sets
 * @throws as hashesOf
 */
export async function measure(
  {group, set, files, how, measure}: Group,
  data: string,
  tools: Omit<Tools, "file">
): Promise<Reproduced[]> {
  const found = hashesOf(set, files, data);
  const lines = await measure({...tools, file: (name) => join(data, set, name)});
  return lines.map((line) => ({
    group,
    set,
    ...found,
    how,
    note: "",
    ...line,
    ours: typeof line.ours === "number" ? Number(line.ours.toPrecision(8)) : line.ours,
    agrees: agrees(line)
  }));
}
