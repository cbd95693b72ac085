import type {CodeInText} from "./codesIn.js";
import {foldTerm} from "./term.js";
import type {KnownCode, TermIndex} from "./termIndex.js";

/** Whether the words beside a code are its own: by a name of it, by words in common, or not; or none that can be compared. */
export type Agreement = {is: "named" | "alike" | "nothing"} | {is: "other"; detail: string};

const longestName = 10;
const stop = new Set("a an and are as at by for from has have in is it of on or other the to unspecified was were with without not no due patient patients diagnosis diagnosed history code codes icd cm".split(" ")); // prettier-ignore

/**
 * Holds the words beside a code against the code's names. They agree where one of the names, or of its synonyms, is among
 * them. They do not where they end (or begin) with another code's exact name, or, where the way it is written ties them to
 * the code, have no word in common with any of its names. Words in common are compared by their first five letters; abbreviations of three or more initials of a
 * name count as that name; words of capitals alone that are no such abbreviation are not compared, since no list of
 * abbreviations is at hand.
 *
 * What it cannot see: a negation ("no diabetes (E11.9)"), a side or stage that is wrong while other words are right.
 */
export async function agreementOf(code: CodeInText, known: KnownCode, index: TermIndex): Promise<Agreement> {
  const sides = [
    {text: code.before, atEnd: true},
    {text: code.after, atEnd: false}
  ].filter(({text}) => /\p{L}{2,}/u.test(text));
  if (sides.length === 0) return {is: "nothing"};
  for (const {text} of sides) {
    const folded = ` ${foldTerm(text)} `;
    for (const name of known.names) if (folded.includes(` ${name} `)) return {is: "named"};
    if (text.split(/[^\p{L}\p{N}]+/u).some((word) => abbreviates(word, known.names))) return {is: "named"};
  }
  for (const {text, atEnd} of sides) {
    const words = foldTerm(text).split(" ");
    const near = Array.from({length: Math.min(longestName, words.length)}, (_, i) =>
      (atEnd ? words.slice(words.length - i - 1) : words.slice(0, i + 1)).join(" ")
    ).filter((name) => name.length >= 5);
    const named = await index.named(code.system, near);
    const longest = near.filter((name) => named.has(name)).at(-1);
    const codes = named.get(longest ?? "") ?? [];
    if (longest !== undefined && !codes.some((one) => akin(code, one)))
      return {
        is: "other",
        detail: `beside it stands ${JSON.stringify(longest)}, which is ${codes.slice(0, 3).join(", ")}`
      };
  }
  if (!code.tied || sides.length > 1) return {is: "alike"};
  const own = new Set([...known.names].flatMap((name) => name.split(" ")).map(stem));
  const said = sides[0].text.split(/[^\p{L}\p{N}]+/u).filter((word) => {
    const small = word.toLowerCase();
    return /^\p{L}{3,}$/u.test(word) && !stop.has(small) && !(word.length <= 6 && word === word.toUpperCase());
  });
  if (said.length === 0) return {is: "nothing"};
  if (said.some((word) => own.has(stem(word.toLowerCase())))) return {is: "alike"};
  return {is: "other", detail: `${JSON.stringify(sides[0].text.slice(0, 80))} has no word in common with it`};
}

/** One is above the other in ICD-10-CM, or they are the same. */
function akin({system, code}: CodeInText, other: string): boolean {
  return code === other || (system === "ICD10CM" && (code.startsWith(other) || other.startsWith(code)));
}

function stem(word: string): string {
  return word.slice(0, 5);
}

function abbreviates(word: string, names: ReadonlySet<string>): boolean {
  if (!/^\p{Lu}{3,}$/u.test(word)) return false;
  const wanted = word.toLowerCase();
  return [...names].some((name) => name.split(" ").map((part) => part[0]).join("").includes(wanted)); // prettier-ignore
}
