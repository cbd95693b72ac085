import {expect, test} from "vitest";
import {createFoldedText} from "../../lib/dedup/foldedText.js";
import {normalisations, words, type NormalisationName} from "../../lib/dedup/normalise.js";

const texts = [
  "",
  " …!? ",
  "One, two.\n\tTHREE: a+b − c_d 3,14 %",
  "Réglé re\u0301gle\u0301 ﬁn İstanbul soft\u00adhyphen",
  "漢字とかな 한국어 ภาษาไทย 🙂🙃 x🙂y",
  // Longer than a block, and one unit a word.
  `${"word ".repeat(15_000)}end`,
  "字".repeat(40_000)
];

test.each(Object.keys(normalisations) as NormalisationName[])(
  "a text folded by %s is its words with a blank between them, block by block",
  (name) => {
    const read = createFoldedText(name);
    const decoder = new TextDecoder("utf-16le");
    for (const text of texts) {
      const parts: string[] = [];
      const expected = words(text, name);
      expect(read(text, (units) => void parts.push(decoder.decode(units)))).toBe(expected.length);
      expect(parts.join("")).toBe(expected.join(" "));
    }
  }
);
