import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

/** Codes of an invented chapter in the columns of an order file: [code, flag, short, long]. */
const codes: readonly (readonly [string, 0 | 1, string, string])[] = [
  ["E11", 0, "Sugar fever", "Sugar fever of the second sort"],
  ["E119", 1, "Sugar fever without trouble", "Sugar fever of the second sort without trouble"],
  ["E1121", 1, "Sugar fever w kidney trouble", "Sugar fever of the second sort with kidney trouble"],
  ["I10", 1, "High pressure", "Essential high pressure"],
  ["J449", 1, "Chronic long lung ailment", "Chronic long lung ailment, unspecified"],
  ["S02", 0, "Fracture of thimble", "Fracture of thimble bone"],
  ["S020XXA", 1, "Fracture of vault of thimble, init", "Fracture of vault of thimble, initial encounter"]
];

export function orderFile(): string {
  return codes
    .map(
      ([code, flag, short, long], i) =>
        `${String(i + 1).padStart(5, "0")} ${code.padEnd(7)} ${flag} ${short.padEnd(60)} ${long}`
    ) // prettier-ignore
    .join("\r\n");
}

export const tabularFile = `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2026</version>
 <chapter><name>19</name><desc>Injuries (S00-T88)</desc>
  <section id="S00-S09"><desc>Injuries of the <!-- no --> hand (S00-S09)</desc>
   <diag><name>S02</name><desc>Fracture of thimble bone</desc>
    <inclusionTerm><note>Broken thimble</note></inclusionTerm>
    <excludes1><note>sugar fever (E11.-)</note></excludes1>
    <sevenChrDef><extension char="A">initial encounter</extension><extension char="D">later &amp; further encounter</extension></sevenChrDef>
    <diag><name>S02.0</name><desc>Fracture of vault of thimble</desc></diag>
    <diag><name>S02.11</name><desc>Fracture of rim</desc>
     <sevenChrDef><extension char="S">sequela</extension></sevenChrDef>
     <diag><name>S02.110</name><desc>Fracture of <![CDATA[rim < edge]]></desc></diag>
    </diag>
   </diag>
   <diag placeholder="true"><name>S03</name><desc>Sprain</desc></diag>
  </section>
 </chapter>
</ICD10CM.tabular>`;

/** A line of MRCONSO.RRF with invented content. */
export function atom(
  cui: string,
  sab: string,
  tty: string,
  code: string,
  str: string,
  {lat = "ENG", suppress = "N"} = {}
) {
  return `${[cui, lat, "P", "L0000001", "PF", "S0000001", "Y", "A0000001", "", "", "", sab, tty, code, str, "0", suppress, ""].join("|")}|\n`;
}

export const mrconsoFile = [
  atom("C0000001", "ICD10CM", "HT", "E11", "Sugar fever of the second sort"),
  atom("C0000002", "ICD10CM", "PT", "E11.9", "Sugar fever of the second sort without trouble"),
  atom("C0000002", "SNOMEDCT_US", "PT", "730000001", "Sweet blood"),
  atom("C0000002", "SNOMEDCT_US", "SY", "730000001", 'The "sweet" fever'),
  atom("C0000002", "SNOMEDCT_US", "OAP", "730000001", "Honey disease", {suppress: "O"}),
  atom("C0000002", "MDRGER", "PT", "10000001", "Zuckerfieber", {lat: "GER"}),
  atom("C0000003", "RXNORM", "IN", "4711", "Pillorex"),
  atom("C0000004", "OTHER", "PT", "X1", "Something else")
].join("");

export function written(files: Readonly<Record<string, string>>): {folder: string; paths: string[]} {
  const folder = mkdtempSync(join(tmpdir(), "ballast-terms-"));
  const paths = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  return {folder, paths};
}
