import {readFile, stat} from "node:fs/promises";
import {join} from "node:path";
import {isDeepStrictEqual} from "node:util";
import {sha256File} from "../io/sha256.js";
import {DataCard} from "../schema/card.js";
import {canonicalJson} from "../text/json.js";
import {datasetFiles} from "./datasetFiles.js";
import {Manifest} from "./manifest.js";
import {mediaFacts} from "./media.js";

/** The manifest of the data set in a folder, null where there is none that can be read. */
export async function previousManifest(out: string): Promise<Manifest | null> {
  const text = await readFile(join(out, "meta", "manifest.json"), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** What a finished run leaves: the code and content it was made from, and the hash of the two files no card vouches for. */
export async function runStamp(out: string, code: string, key: string): Promise<string> {
  const files = await Promise.all(["data-card.json", "README.md"].map((name) => sha256File(join(out, name))));
  return [code, key, ...files].join("\n");
}

/** The card of the data set in a folder, if every file is what the card says. */
export async function intactCard(out: string): Promise<DataCard | null> {
  try {
    const card = DataCard.parse(JSON.parse(await readFile(join(out, "data-card.json"), "utf8")));
    if (canonicalJson(Object.keys(card.files).sort()) !== canonicalJson(await datasetFiles(out))) return null;
    for (const [path, {sha256: expected}] of Object.entries(card.files)) {
      if ((await sha256File(join(out, path))) !== expected) return null;
    }
    await stat(join(out, "README.md"));
    if (!isDeepStrictEqual(await mediaFacts(out), card.media)) return null;
    return card;
  } catch {
    return null;
  }
}
