import {z} from "zod";
import {chrf} from "../text/chrf.js";
import {windows} from "./document/windows.js";
import {unfounded} from "./figures/unfounded.js";
import {askingOptions, modelGenerator} from "./modelGenerator.js";
import {plainReply} from "./plainReply.js";

const language = z.string().min(2).max(60);
const Options = z.strictObject({
  ...askingOptions,
  /** languages by their English names: of the documents, and the one that they are put into */
  from: language.default("English"),
  to: language.default("German"),
  /** "pair": a passage and its translation; "paraphrase": what came back, alone */
  form: z.enum(["pair", "paraphrase"]).default("pair"),
  /**
   * chrF of the way there and back, at least. Of 2,000 pairs of unrelated passages of up to 1,500 characters (addresses of
   * American presidents) none reached 46, and half were above 32.
   */
  least: z.number().min(0).max(100).default(50),
  /** chrF from which on a paraphrase is a copy: one changed letter leaves 98 of a passage of 200 characters */
  most: z.number().min(0).max(100).default(97),
  /** UTF-16 code units of a passage */
  window: z.int().min(40).max(20_000).default(1500)
});

/**
 * A passage put into another language and back, the way back by the step's next model where there is one, which sees the
 * translation alone:
 *
 *     English: The mill burned in 1890.
 *
 *     German: Die Mühle brannte 1890 ab.
 *
 * The chrF of what came back against the passage is in the payload; under `least` the draft is refused (`low-chrf`), and so
 * it is where the way there and back changed a number, or where a translation is its original (`untranslated`).
 *
 * chrF sees letters and not meaning, and a faithful translation of a bad one comes back well: the last word is a critic's.
 */
export const backTranslation = modelGenerator(
  {id: "back-translation", version: "1", kind: "back-translation", asks: {models: 1}, prompts: ["translate"]},
  Options,
  async ({seed, options, number, seeded, models, write}) => {
    const {from, to, form, least, most} = options;
    const parts = windows(seed.text, options.window);
    if (parts.length === 0) return {reason: "no-text", detail: "expected a document with words, got none"};
    const {start, end} = seeded("windows").shuffle(parts)[number % parts.length];
    const passage = seed.text.slice(start, end);
    const there = await write(models[0], {prompt: "translate", values: {text: passage, from, to}});
    if (!there.ok) return there;
    const translation = plainReply(there.value);
    const back = await write(models[1 % models.length], {
      prompt: "translate",
      values: {text: translation, from: to, to: from}
    });
    if (!back.ok) return back;
    const returned = plainReply(back.value);
    if (translation === "" || returned === "") return {reason: "empty", detail: "expected a translation, got none"};
    if (chrf(translation, passage) >= most)
      return {reason: "untranslated", detail: `expected ${to}, got the passage: ${translation}`};
    const score = Number(chrf(returned, passage).toFixed(2));
    if (score < least)
      return {reason: "low-chrf", detail: `expected a chrF of at least ${least}, got ${score}: ${returned}`};
    const made = unfounded(returned, passage, {arithmetic: false});
    if (made !== null)
      return {reason: "changed-number", detail: `expected numbers of the passage, got ${made.shown}: ${returned}`};
    if (form === "paraphrase" && score >= most)
      return {reason: "unchanged", detail: `expected a chrF under ${most}, got ${score}`};
    return {
      text: form === "pair" ? `${from}: ${passage}\n\n${to}: ${translation}` : returned,
      payload: {from, to, chrf: score, translation, returned, window: [start, end]}
    };
  }
);
