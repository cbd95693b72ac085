import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import type {Artefacts} from "./artefacts.js";
import {revision} from "./revision.js";

/** What a page's footer says of its own making. */
interface Stamp {
  kind: Artefacts["kind"];
  revision: string;
  /** of the data set or the runs table */
  name: string;
  /** sha256 over the files that the figures come from */
  hash: string;
  cite: string;
}

/** The stamp of a site over these artefacts. */
export async function stamp({kind, source, card, key}: Artefacts): Promise<Stamp> {
  const named = card === null ? null : (JSON.parse(await readFile(card, "utf8")) as {name?: unknown}).name;
  const name = typeof named === "string" ? named : basename(source);
  const version = revision();
  return {kind, revision: version, name, hash: key, cite: `Ballast ${version}, data “${name}”, sha256 ${key}.`};
}
