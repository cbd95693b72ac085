import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {createTokenizer, type Tokenizer, type TokenizerFile} from "../text/tokenizer.js";

/** The folder of the package itself, whether this file runs from lib/ or, compiled, from dist/lib/. */
export const packageFolder = findPackage(dirname(fileURLToPath(import.meta.url)));

/** A file that the project ships in data/. */
export function asset(name: string): string {
  return join(packageFolder, "data", name);
}

let loaded: Tokenizer | undefined;

/** The tokenizer that the project ships: 2,048 merges learnt from the training seeds of the built-in recipe. */
export function builtinTokenizer(): Tokenizer {
  loaded ??= createTokenizer(JSON.parse(readFileSync(asset("tokenizer.json"), "utf8")) as TokenizerFile);
  return loaded;
}

function findPackage(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("expected a package.json above lib/, found none");
  return findPackage(parent);
}
