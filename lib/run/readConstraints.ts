import {isMap, isPair, type Document} from "yaml";
import {Constraints} from "../mix/constraints.js";
import {nearest} from "../text/nearest.js";
import {placedYaml} from "./placedYaml.js";

/**
 * Constraints from YAML or JSON text, checked but not filled in with defaults, so that what a data set says may stand
 * where nothing was written.
 *
 * @param name of the file, for errors
 * @throws TypeError with one line a problem: `rules.yaml:3:9: anchor: Too big: expected number to be <=1, got 2`
 */
export function parseConstraintsYaml(text: string, name: string): Record<string, unknown> {
  const {document, at} = placedYaml(text, name);
  const value: unknown = document.toJS() ?? {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new TypeError(`${at(0)}: expected fields such as bounds and anchor, got ${JSON.stringify(value)}`);
  const result = Constraints.safeParse(value);
  if (result.success) return value as Record<string, unknown>;
  const lines = result.error.issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => {
        const hint = path.length === 0 ? nearest(key, Object.keys(Constraints.shape)) : null;
        return `${at(placeOf(document, [...path, key], true))}: ${dotted([...path, key])}: unknown field${hint === null ? "" : `; did you mean ${hint}?`}`;
      });
    const got = path.reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], value);
    const shown = got === undefined ? "nothing" : JSON.stringify(got);
    return [`${at(placeOf(document, path))}: ${dotted(path)}: ${issue.message}, got ${shown.slice(0, 60)}`];
  });
  throw new TypeError(lines.join("\n"));
}

type Path = readonly (string | number)[];

/** Where a path is in the text, or the nearest node around it; of a key that is itself wrong, the key. */
function placeOf(document: Document, path: Path, key = false): number {
  const parent: unknown = key && path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (key && isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && String(item.key) === path.at(-1));
    const range = (pair?.key as {range?: readonly number[]} | undefined)?.range;
    if (range !== undefined) return range[0];
  }
  for (let n = path.length; n > 0; n--) {
    const node = document.getIn(path.slice(0, n), true) as {range?: readonly number[] | null} | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function dotted(path: Path): string {
  return path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");
}
