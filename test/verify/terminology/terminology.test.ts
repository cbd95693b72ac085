import {readdirSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, expect, test} from "vitest";
import {terminology} from "../../../lib/verify/terminology.js";
import {codesIn} from "../../../lib/verify/terminology/codesIn.js";
import {icdTabular} from "../../../lib/verify/terminology/icdTabular.js";
import {openTermIndex} from "../../../lib/verify/terminology/termIndex.js";
import {xmlTokens} from "../../../lib/verify/terminology/xmlTokens.js";
import {asked} from "../critics/judges.js";
import {atom, mrconsoFile, orderFile, tabularFile, written} from "./files.js";

const folders: string[] = [];
const files = (content: Readonly<Record<string, string>>) => {
  const made = written(content);
  folders.push(made.folder);
  return made.paths;
};
afterEach(async () => {
  await terminology.close!();
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true, force: true});
});
const vocabularies = ["ICD10CM", "SNOMEDCT_US", "RXNORM"];
const said = async (text: string, paths: readonly string[]) => {
  const {verdict} = await asked(terminology, {text}, [], {terminology: [...paths], vocabularies});
  return [verdict.reason, verdict.score] as const;
};

test("codes count with a dot, or beside the name of their vocabulary", () => {
  const codes = (text: string) =>
    codesIn(text).map(({system, code, group}) => [system, code, ...(group ? ["group"] : [])]);
  expect(codes("Sugar fever (E11.9), vitamin B12, T4 and I10; rim S02.110A.")).toEqual([["ICD10CM", "E119"], ["ICD10CM", "S02110A"]]); // prettier-ignore
  expect(codes("ICD-10-CM codes: E119, I10 and J44.9.")).toEqual([["ICD10CM", "E119"], ["ICD10CM", "I10"], ["ICD10CM", "J449"]]); // prettier-ignore
  expect(codes("Diagnosis code I10. SNOMED CT: 73211009, RxCUI 4711; LOINC 4548-4, MeSH D003920, C0011849")).toEqual([
    ["ICD10CM", "I10"],
    ["SNOMEDCT_US", "73211009"],
    ["RXNORM", "4711"],
    ["LNC", "4548-4"],
    ["MSH", "D003920"],
    ["CUI", "C0011849"] // prettier-ignore
  ]);
  expect(codes("any of E11.-, category ICD-10 E11")).toEqual([
    ["ICD10CM", "E11", "group"],
    ["ICD10CM", "E11", "group"]
  ]);
  expect(codes("a1c 6.5, version 2.E11.9x, e11.9, F10.20mg")).toEqual([]);
});

test("an order file: unknown codes, headers, and codes beside words of another", async () => {
  const paths = files({"icd10cm_order_2026.txt": orderFile()});
  const cases: [string, string, number | null][] = [
    ["No code at all: vitamin B12.", "", null],
    ["Sugar fever of the second sort without trouble (E11.9).", "", 1],
    ["1. Essential high pressure (ICD-10-CM: I10)\n2. Sugar fever w kidney trouble - E11.21", "", 1],
    ["E11.9: sugar fever, doing well. I feel fine.", "", 1],
    ["COPD? No: CLLA (J44.9).", "", 1],
    ["Sugar fever (E11.8)", "unknown-code", 0],
    ["Sugar fever (E11.9) and more (E11.77), more still (E11.78)", "unknown-code", 0.3333],
    ["Essential high pressure (E11.9)", "code-mismatch", 0],
    ["E11.9 - essential high pressure", "code-mismatch", 0],
    ["A broken ankle (E11.9)", "code-mismatch", 0],
    ["Codes: E11.9, J44.9", "", 1],
    ["HTNX (I10.)", "", null],
    ["Diagnosis code E11", "header-code", 0],
    ["The group E11.- is meant", "", 1],
    ["Fracture of vault of thimble, initial encounter (S02.0XXA)", "", 1]
  ];
  for (const [text, reason, score] of cases) expect(await said(text, paths), text).toEqual([reason, score]);
});

test("the tabular list gives codes with their seventh character, synonyms and headers", async () => {
  const [path] = files({"icd10cm_tabular_2026.xml": tabularFile});
  const terms: string[] = [];
  for await (const {code, term, use} of icdTabular(path)) terms.push(`${code} ${use}: ${term}`);
  expect(terms.sort()).toEqual([
    "S02 header: Broken thimble",
    "S02 header: Fracture of thimble bone",
    "S020 header: Fracture of vault of thimble",
    "S020XXA billable: Fracture of vault of thimble, initial encounter",
    "S020XXD billable: Fracture of vault of thimble, later & further encounter",
    "S0211 header: Fracture of rim",
    "S02110 header: Fracture of rim < edge",
    "S02110S billable: Fracture of rim < edge, sequela",
    "S03 billable: Sprain"
  ]);
  expect(await said("Broken thimble (S02.-), then S02.0", [path])).toEqual(["header-code", 0.5]);
  expect(await said("Sprain (S03.1)", [path])).toEqual(["unknown-code", 0]);
});

test("MRCONSO: chosen vocabularies in English, not suppressed, synonyms across them by concept", async () => {
  const paths = files({"MRCONSO.RRF": mrconsoFile});
  const index = await openTermIndex(paths, {vocabularies});
  try {
    expect(index.systems).toEqual(["CUI", "ICD10CM", "RXNORM", "SNOMEDCT_US"]);
    const code = await index.code("ICD10CM", "E119");
    expect(code).toMatchObject({display: "Sugar fever of the second sort without trouble", use: "billable"});
    expect([...code!.names].sort()).toEqual(["sugar fever of the second sort without trouble", "sweet blood", "the sweet fever"]); // prettier-ignore
    expect((await index.code("ICD10CM", "E11"))?.use).toBe("header");
    expect(await index.code("OTHER", "X1")).toBe(null);
    expect([...(await index.named("RXNORM", ["pillorex", "sweet blood"]))]).toEqual([["pillorex", ["4711"]]]);
    expect((await index.code("CUI", "C0000003"))?.display).toBe("Pillorex");
  } finally {
    index.close();
  }
  expect(await said("Sweet blood (E11.9); SNOMED CT 730000001; Pillorex, RxNorm 4711; LOINC 1234-5", paths)).toEqual([
    "",
    1
  ]);
  expect(await said("Sweet blood, SNOMED CT: 730000002", paths)).toEqual(["unknown-code", 0]);
  expect(await said("Pillorex (SNOMED CT 730000001)", paths)).toEqual(["code-mismatch", 0]);
  expect(await said("Honey disease (E11.9)", paths)).toEqual(["code-mismatch", 0]);
});

test("an index is made once, found again, and made anew for another file; files are asked together", async () => {
  const paths = files({"order.txt": orderFile(), "MRCONSO.RRF": mrconsoFile});
  const cache = join(folders.at(-1)!, ".ballast");
  await said("Sweet blood (E11.9), essential high pressure (I10)", paths);
  const made = readdirSync(cache).sort();
  expect(made).toHaveLength(8);
  const times = made.map((name) => statSync(join(cache, name)).mtimeMs);
  await terminology.close!();
  expect(await said("Sweet blood (E11.9), essential high pressure (I10)", paths)).toEqual(["", 1]);
  expect(made.map((name) => statSync(join(cache, name)).mtimeMs)).toEqual(times);
  await terminology.close!();
  writeFileSync(paths[1], mrconsoFile + atom("C0000009", "ICD10CM", "PT", "Z99.9", "Own thing"));
  expect(await said("Own thing (Z99.9)", paths)).toEqual(["", 1]);
  expect(readdirSync(cache)).toHaveLength(12);
});

test("files of another form, broken lines and no file at all are told by name", async () => {
  const bad = (name: string, text: string) => said("E11.9", files({[name]: text}));
  await expect(bad("a.txt", "hello\n")).rejects.toThrow(
    /a\.txt: expected MRCONSO\.RRF, an ICD-10-CM order file.*got "hello"/
  );
  await expect(bad("b.txt", `${orderFile()}\n00009 broken\n`)).rejects.toThrow(
    /b\.txt:8: expected columns.*got "00009 broken"/
  );
  await expect(bad("c.xml", "<ICD10CM.tabular><diag><name>S03</name></diag></ICD10CM.tabular>")).rejects.toThrow(/c\.xml: .*expected a code and its description in <diag>, got "S03"/); // prettier-ignore
  await expect(bad("d.xml", "<ICD10CM.tabular><diag></x></ICD10CM.tabular>")).rejects.toThrow(
    /expected <\/diag>, got <\/x>/
  );
  await expect(bad("e.RRF", atom("C0000001", "OTHER", "PT", "1", "x"))).rejects.toThrow(
    /e\.RRF: expected names of ICD10CM.*none/
  );
  await expect(bad("f.RRF", `${mrconsoFile}C0000001|ENG|P\n`)).rejects.toThrow(
    /f\.RRF: expected a terminology that can be read/
  );
  await expect(said("E11.9", ["nowhere.txt"])).rejects.toThrow(/nowhere\.txt: expected a terminology file/);
  await expect(said("E11.9", [])).rejects.toThrow(/critics\.terminology/);
});

test("XML with a document type is refused before any of its entities is read", () => {
  expect(() => [...xmlTokens('<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>')]).toThrow(/expected a tag, got "<!DOCTYPE/);
  expect([...xmlTokens("<a b='1 &lt; 2'><c/>x &#x41;&#66; &unknown;</a>")]).toEqual([
    {kind: "open", name: "a", attributes: new Map([["b", "1 < 2"]])},
    {kind: "open", name: "c", attributes: new Map()},
    {kind: "close", name: "c"},
    {kind: "text", text: "x AB &unknown;"},
    {kind: "close", name: "a"}
  ]);
});
