import {readFile} from "node:fs/promises";
import {asset} from "../io/assets.js";
import {ProxyRecipe} from "../schema/proxyRecipe.js";
import {placedYaml} from "./placedYaml.js";

/** Reads the proxy's recipe: YAML, checked against its schema. */
export async function readProxyRecipe(path: string): Promise<ProxyRecipe> {
  let text;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    throw new TypeError(`${path}: expected a recipe of the proxy, got ${code === "ENOENT" ? "nothing there" : code}`, {
      cause: error
    });
  }
  return parseProxyRecipe(text, path);
}

/** The recipe that the demo runs: some 40 seconds on two cores. */
export function builtinProxyRecipe(): Promise<ProxyRecipe> {
  return readProxyRecipe(asset("proxy.yaml"));
}

/**
 * The proxy's recipe from YAML text.
 *
 * @param name of the file, for errors
 * @throws TypeError with one line a problem: `proxy.yaml:7:11: share.budget: invalid input: expected …`
 */
export function parseProxyRecipe(text: string, name: string): ProxyRecipe {
  const {document, at} = placedYaml(text, name);
  const result = ProxyRecipe.safeParse(document.toJS());
  if (result.success) return result.data;
  throw new TypeError(
    result.error.issues
      .map(({path, message}) => {
        let offset = 0;
        for (let n = path.length; n >= 0 && offset === 0; n--) {
          const node = document.getIn(path.slice(0, n), true) as {range?: readonly number[]} | undefined;
          offset = node?.range?.[0] ?? 0;
        }
        const where = path.length === 0 ? "" : `${path.join(".")}: `;
        return `${at(offset)}: ${where}${message[0].toLowerCase()}${message.slice(1)}`;
      })
      .join("\n")
  );
}
