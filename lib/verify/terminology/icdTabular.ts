import {readFile, stat} from "node:fs/promises";
import type {Term} from "./term.js";
import {xmlTokens} from "./xmlTokens.js";

const largest = 2 ** 28;

interface Diagnosis {
  name: string;
  desc: string;
  synonyms: string[];
  /** meanings of the seventh character: those from above, and its own, which take their place */
  above: ReadonlyMap<string, string>;
  own: Map<string, string>;
  children: number;
}

/**
 * The codes of the ICD-10-CM tabular list in XML (icd10cm_tabular_YYYY.xml): `<diag>` elements within each other, each with
 * `<name>`, `<desc>`, inclusion terms (synonyms) and, for some, the meanings of a seventh character, which hold for all
 * below. A code with others below it heads them; one without is billable, unless it needs a seventh character: then each
 * with its character is, filled up with X to six.
 *
 * The list defines seventh characters for a whole category and says in words where only some codes take them; such
 * words are not read, so that a few codes count as billable here which the order file does not have.
 *
 * @throws TypeError where it is no such XML, or larger than 256 MB
 */
export async function* icdTabular(path: string): AsyncGenerator<Term> {
  const {size} = await stat(path);
  if (size > largest) throw new TypeError(`${path}: expected at most ${largest} bytes of XML, got ${size}`);
  const open: Diagnosis[] = [];
  const stack: string[] = [];
  let found = 0;
  let text = "";
  let character = "";
  try {
    for (const token of xmlTokens(await readFile(path, "utf8"))) {
      if (token.kind === "text") text += token.text;
      else if (token.kind === "open") {
        stack.push(token.name);
        text = "";
        if (token.name === "extension") character = token.attributes.get("char") ?? "";
        if (token.name === "diag") {
          const parent = open.at(-1);
          if (parent !== undefined) parent.children++;
          const above = parent === undefined ? new Map<string, string>() : extensionsOf(parent);
          open.push({name: "", desc: "", synonyms: [], above, own: new Map(), children: 0});
        }
      } else {
        const name = stack.pop();
        if (name !== token.name) throw new TypeError(`expected </${name ?? ""}>, got </${token.name}>`);
        const one = open.at(-1);
        const said = text.replace(/\s+/g, " ").trim();
        text = "";
        if (one === undefined) continue;
        const parent = stack.at(-1);
        if (name === "name" && parent === "diag") one.name = said;
        else if (name === "desc" && parent === "diag") one.desc = said;
        else if (name === "note" && parent === "inclusionTerm") one.synonyms.push(said);
        else if (name === "extension") one.own.set(character, said);
        else if (name === "diag") {
          open.pop();
          found++;
          yield* termsOf(one);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TypeError(`${path}: expected the ICD-10-CM tabular list in XML: ${error.message}`, {cause: error});
  }
  if (found === 0) throw new TypeError(`${path}: expected the ICD-10-CM tabular list in XML, got no <diag> in it`);
}

function extensionsOf({own, above}: Diagnosis): ReadonlyMap<string, string> {
  return own.size > 0 ? own : above;
}

function* termsOf(diagnosis: Diagnosis): Generator<Term> {
  const {name, desc, synonyms, children} = diagnosis;
  const extensions = extensionsOf(diagnosis);
  const code = name.replace(".", "");
  if (!/^[A-Z]\d[0-9AB][0-9A-Z]{0,4}$/.test(code) || desc === "")
    throw new TypeError(
      `expected a code and its description in <diag>, got ${JSON.stringify(`${name} ${desc}`.trim())}`
    );
  const extended = children === 0 && extensions.size > 0 && code.length < 7;
  const use = children > 0 || extended ? "header" : "billable";
  const named = (own: string, term: string, preferred: boolean, as: Term["use"]): Term => ({
    ...{system: "ICD10CM", code: own, concept: `ICD10CM:${own}`, term, preferred, use: as}
  });
  yield named(code, desc, true, use);
  for (const synonym of synonyms) yield named(code, synonym, false, use);
  if (!extended) return;
  for (const [character, meaning] of extensions)
    yield named(code.padEnd(6, "X") + character, `${desc}, ${meaning}`, true, "billable");
}
