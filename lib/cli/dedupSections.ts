import type {SectionUnit} from "../dedup/sections.js";
import {progress} from "../io/progress.js";
import {dedupSections} from "../run/dedupSections.js";
import {count, normalisation, share, type DedupKind} from "./dedupFlags.js";
import {counted, dedupInWords} from "./dedupInWords.js";

/** `--by line` and `--by paragraph`: those that repeat are cut from all texts but the first. */
export function sections(unit: SectionUnit): DedupKind {
  return {
    flags: ["normalise", "size", "cut-share", "annotate"],
    async run(paths, out, values) {
      const {annotate = false} = values;
      const found = await dedupSections(paths, out, {
        ...{text: values.text, unit, annotate, progress},
        normalisation: normalisation(values.normalise),
        words: count("--size", values.size),
        share: share("--cut-share", values["cut-share"])
      });
      const {sections, cut, emptied, units, cutUnits} = found;
      const part = units === 0 ? 0 : cutUnits / units;
      const facts: [string, string][] = [
        ["compared", counted(sections, unit)],
        [annotate ? "would cut" : "cut", `${counted(cut, unit)}, ${cutUnits} of ${units} code units (${percent(part)})`]
      ];
      if (!annotate) facts.push(["left empty", counted(emptied, "row")]);
      const outputs = {
        ...(annotate
          ? {annotated: "all rows, with repeated_units"}
          : {kept: "all rows, with what is left of the text"}),
        cuts: "row, start, end, first, words"
      };
      return {found, words: dedupInWords(found, facts, {out, outputs})};
    }
  };
}

function percent(part: number): string {
  return `${(100 * part).toPrecision(3)} %`;
}
