import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {z} from "zod";
import {optionsOf} from "./options.js";
import {seedOf} from "./seed.js";
import type {Source} from "./source.js";

/** One documented function of lodash. */
export interface Documented {
  /** "chunk"; methods of wrapped values as "_#plant" */
  name: string;
  text: string;
}

/**
 * The documented functions of lodash's own source, in its order: each comment without its stars and bookkeeping tags
 * (@static, @since, …): what the function does, @param and @returns, then @example and the code with `// => value`
 * comments. Every character is a person's.
 *
 * Source: lodash 4, https://lodash.com, MIT.
 */
export function readDocumented(source: string): Documented[] {
  const out: Documented[] = [];
  for (const [, comment, after] of source.matchAll(/^[ \t]*\/\*\*\n([\s\S]*?)\*\/\n([^\n]*)/gm)) {
    const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
    const example = lines.indexOf("@example");
    if (example < 0 || lines.slice(example + 1).every((line) => line === "")) continue;
    const named = lines.find((line) => line.startsWith("@name "))?.slice("@name ".length);
    const declared = /^\s*(?:function|var) (\w+)/.exec(after)?.[1];
    if (named === undefined && declared === undefined) continue;
    const name = named === undefined ? declared! : named === "_" ? "_" : `_#${named}`;
    out.push({name, text: [...withoutTags(lines.slice(0, example)), ...lines.slice(example)].join("\n").trim()});
  }
  return out;
}

function withoutTags(lines: readonly string[]): string[] {
  let kept = true;
  return lines.filter((line) => {
    if (line.startsWith("@")) kept = /^@(?:param|returns) /.test(line);
    else if (line === "") kept = true;
    return kept;
  });
}

/** The documented examples of lodash, as seeds: one a function, its name as the document. */
export const lodash: Source = {
  id: "lodash",
  async *read(spec, context) {
    optionsOf(spec, z.strictObject({}));
    const path = createRequire(import.meta.url).resolve("lodash/lodash.js");
    for (const {name, text} of readDocumented(readFileSync(path, "utf8"))) {
      const seed = seedOf(spec, name, text, context, name);
      if (seed !== null) yield seed;
    }
  }
};
