/** A piece of an XML document. */
export type XmlToken =
  | {kind: "open"; name: string; attributes: ReadonlyMap<string, string>}
  | {kind: "close"; name: string}
  | {kind: "text"; text: string};

const markup =
  /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\?[^]*?\?>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const entities: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};

/**
 * The tags and texts of an XML document, in order; an empty element is opened and closed. Comments and processing
 * instructions are passed over. A document type is refused: nothing that we read has one, and its entities can grow
 * without bound.
 *
 * @throws TypeError where the text is no XML
 */
export function* xmlTokens(xml: string): Generator<XmlToken> {
  let at = xml.startsWith("\ufeff") ? 1 : 0;
  while (at < xml.length) {
    const next = xml.indexOf("<", at);
    const end = next < 0 ? xml.length : next;
    if (end > at) yield {kind: "text", text: unescaped(xml.slice(at, end))};
    if (next < 0) return;
    markup.lastIndex = next;
    const match = markup.exec(xml);
    if (match === null) throw new TypeError(`expected a tag, got ${JSON.stringify(xml.slice(next, next + 40))}`);
    const [all, data, closed, opened, attributes, empty] = match;
    if (data !== undefined) yield {kind: "text", text: data};
    else if (closed !== undefined) yield {kind: "close", name: closed};
    else if (opened !== undefined) {
      const given = [...attributes.matchAll(attribute)].map(([, name, a, b]) => [name, unescaped(a ?? b)] as const);
      yield {kind: "open", name: opened, attributes: new Map(given)};
      if (empty !== "") yield {kind: "close", name: opened};
    }
    at = next + all.length;
  }
}

function unescaped(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g,
    (all, decimal: string | undefined, hex: string | undefined, name: string) => {
      if (decimal === undefined && hex === undefined) return entities[name] ?? all;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    }
  );
}
