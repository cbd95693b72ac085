import {readdir, readFile, stat} from "node:fs/promises";
import {basename, extname, join, relative, sep} from "node:path";
import {z} from "zod";
import {localPath} from "./localPath.js";
import {optionsOf} from "./options.js";
import {passages} from "./passages.js";
import {seedOf} from "./seed.js";
import type {Source} from "./source.js";

const Options = z.strictObject({
  /** cut each file into passages of at most this many UTF-16 code units; without it a file is one seed */
  passage: z.int().min(100).optional(),
  /** files of a folder that are read */
  extensions: z.array(z.string().regex(/^\./)).min(1).default([".txt", ".md"])
});

const largest = 256 * 2 ** 20;

/** Local text: one file, or every text file of a folder and its folders. The document is the file's path in the folder. */
export const text: Source = {
  id: "text",
  async *read(spec, context) {
    const {passage, extensions} = optionsOf(spec, Options);
    const root = localPath(spec, context.folder);
    for (const path of await files(root, extensions)) {
      const document = path === root ? basename(path) : relative(root, path).split(sep).join("/");
      const {size} = await stat(path);
      if (size > largest) throw new RangeError(`${path}: expected at most ${largest} bytes in one text, got ${size}`);
      const content = decode(await readFile(path));
      if (content === null) {
        context.skip?.("no-utf-8", path);
        continue;
      }
      const pieces = passage === undefined ? [content] : passages(content.replace(/\r\n?/g, "\n"), passage);
      for (const [i, piece] of pieces.entries()) {
        const seed = seedOf(spec, document, piece, context, passage === undefined ? path : `${path}, passage ${i + 1}`);
        if (seed !== null) yield seed;
      }
    }
  }
};

async function files(root: string, extensions: readonly string[]): Promise<string[]> {
  const found = await stat(root).catch(() => null);
  if (found === null) throw new TypeError(`${root}: expected a file or folder, got nothing there`);
  if (found.isFile()) return [root];
  const paths = (await readdir(root, {recursive: true, withFileTypes: true}))
    .filter((entry) => entry.isFile() && extensions.includes(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
  if (paths.length === 0) throw new TypeError(`${root}: expected ${extensions.join(" or ")} files, got none`);
  return paths;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    return null;
  }
}
