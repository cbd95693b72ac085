import {LineCounter, parseDocument, type Document} from "yaml";

/** A YAML document, and the place of an offset in it as `name:line:column`. */
interface PlacedYaml {
  document: Document;
  at(offset: number): string;
}

/**
 * Parses YAML so that errors can name their place.
 *
 * @param name of the file, for errors
 * @throws TypeError with one line a mistake: `recipe.yaml:12:5: expected YAML: …`
 */
export function placedYaml(text: string, name: string): PlacedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false});
  const at = (offset: number) => {
    const {line, col} = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  if (document.errors.length > 0)
    throw new TypeError(document.errors.map(({pos, message}) => `${at(pos[0])}: expected YAML: ${message}`).join("\n"));
  return {document, at};
}
