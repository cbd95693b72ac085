import {randomBytes} from "node:crypto";
import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join, resolve} from "node:path";
import type {Recipe} from "../schema/recipe.js";
import {readKey} from "./privacyKey.js";

/**
 * The key of a run's hashes of personal data: the recipe's file, or one that is made for the store and stays there, for its
 * owner alone to read. Hashes of two folders agree only where a recipe names the key; nothing else depends on it.
 */
export async function piiKeyFile({pii}: Pick<Recipe, "pii">, folder: string, store: string): Promise<Uint8Array> {
  if (pii.key !== undefined) return readKey(resolve(folder, pii.key));
  const path = join(store, "pii.key");
  await mkdir(store, {recursive: true});
  const there = await readFile(path).catch(() => null);
  if (there?.length === 32) return there;
  const key = randomBytes(32);
  await writeFile(path, key, {mode: 0o600});
  return key;
}
