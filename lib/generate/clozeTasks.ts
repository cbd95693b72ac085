import type {Random} from "../text/random.js";

/** A reading task about a passage, in words, whose answer can be found by looking at the passage. */
export interface ClozeTask {
  id: string;
  text: string;
  answer: string;
}

type Maker = (passage: string, random: Random) => ClozeTask | null;

interface Word {
  text: string;
  start: number;
  end: number;
}

/** Every form of task, each in several wordings; null where the passage offers no material for it. */
export const taskMakers: readonly Maker[] = [blank, next, previous, count, present];

function blank(passage: string, random: Random): ClozeTask | null {
  const found = uniqueRun(passage, random, 7);
  if (found === null) return null;
  const answer = found[3].text;
  if (answer.length < 3) return null;
  const gapped = `${passage.slice(found[0].start, found[3].start)}____${passage.slice(found[3].end, found[6].end)}`;
  const text = random.pick([
    `Fill in the blank from the passage: "${gapped}"\nAnswer: ${answer}`,
    `Which word is missing here: "${gapped}"?\nMissing word: ${answer}`,
    `The passage says "${gapped}", with one word left out.\nThe word is: ${answer}`
  ]);
  return {id: "blank", text, answer};
}

function next(passage: string, random: Random): ClozeTask | null {
  const found = uniqueRun(passage, random, 5);
  if (found === null) return null;
  const phrase = passage.slice(found[0].start, found[3].end);
  const answer = found[4].text;
  const text = random.pick([
    `Question: Which word follows "${phrase}" in the passage?\nAnswer: ${answer}`,
    `In the text above, "${phrase}" is followed by which word?\nAnswer: ${answer}`,
    `Read on from "${phrase}". The next word is: ${answer}`
  ]);
  return {id: "next", text, answer};
}

function previous(passage: string, random: Random): ClozeTask | null {
  const found = uniqueRun(passage, random, 5);
  if (found === null) return null;
  const phrase = passage.slice(found[1].start, found[4].end);
  const answer = found[0].text;
  const text = random.pick([
    `Question: Which word comes just before "${phrase}" in the passage?\nAnswer: ${answer}`,
    `In the text above, "${phrase}" is preceded by which word?\nAnswer: ${answer}`,
    `Look back from "${phrase}". The word before it is: ${answer}`
  ]);
  return {id: "previous", text, answer};
}

function count(passage: string, random: Random): ClozeTask | null {
  const words = wordsOf(passage);
  const {text: word} = random.pick(words);
  const answer = String(words.filter(({text}) => text === word).length);
  const text = random.pick([
    `Question: How many times does the word "${word}" occur in the passage, spelt exactly so?\nAnswer: ${answer}`,
    `Count the word "${word}" in the text above, with its capitals as written: ${answer}`
  ]);
  return {id: "count", text, answer};
}

function present(passage: string, random: Random): ClozeTask | null {
  const words = wordsOf(passage).filter(({text}) => text.length >= 5);
  if (words.length === 0) return null;
  const {text: answer} = random.pick(words);
  const lower = passage.toLowerCase();
  const others = random.shuffle(distractors.filter((word) => !lower.includes(word))).slice(0, 2);
  if (others.length < 2) return null;
  const [a, b, c] = random.shuffle([answer, ...others]);
  const text = random.pick([
    `Question: Which of these words occurs in the passage: "${a}", "${b}" or "${c}"?\nAnswer: ${answer}`,
    `Only one of "${a}", "${b}" and "${c}" stands in the text above. It is: ${answer}`
  ]);
  return {id: "present", text, answer};
}

const distractors =
  "asteroid bamboo cinnamon dolphin enzyme falcon glacier hammock igloo jasmine kettle lantern magnet nectar origami puzzle quartz raccoon saffron teapot umbrella velvet walnut xylophone yogurt zeppelin".split(
    " "
  );

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu), ({0: word, index}) => ({
    text: word,
    start: index,
    end: index + word.length
  }));
}

/** `length` successive words, joined by single spaces or by a comma and one, that occur once in the passage. */
function uniqueRun(passage: string, random: Random, length: number): Word[] | null {
  const words = wordsOf(passage);
  for (let attempt = 0; attempt < 12 && words.length >= length; attempt++) {
    const at = random.int(words.length - length + 1);
    const run = words.slice(at, at + length);
    if (run.some(({end}, i) => i + 1 < length && !/^,? $/.test(passage.slice(end, run[i + 1].start)))) continue;
    // Each part that a task may quote must be there once: the rule is simply that every 3 of its words are.
    const once = run.slice(2).every((word, i) => {
      const phrase = passage.slice(run[i].start, word.end);
      return passage.indexOf(phrase) === passage.lastIndexOf(phrase);
    });
    if (once) return run;
  }
  return null;
}
