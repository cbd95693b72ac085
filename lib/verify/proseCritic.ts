import type {Seed} from "../schema/seed.js";
import type {Verifier} from "./verifier.js";
import {verdict} from "./verifier.js";
import {type CharacterModel, wittenBell} from "./wittenBell.js";

const id = {id: "prose-critic", family: "witten-bell-characters", version: "1"};
const order = 6;
const background = 3;
const taught = 600_000;
const heldIn = 400;
const fewest = 40;

/**
 * A critic of another family than the teachers: a model of characters, taught on a slice of the human training passages of
 * the sample's domain. It measures how many bits a character the last five characters tell beyond what the last two tell
 * (words beyond sounds, a likelihood ratio against a background, from which easy and hard subjects drop out), and how
 * predictable the text is on the whole. Human passages of the same sources that it was not taught on set the bounds: a text
 * is "implausible" when it gains less than 95 % of them do, "monotonous" when it is more predictable than 97.5 % of them.
 * So some 7 % of unseen human passages would be refused. It keeps no memory of the text it reads: a rare sentence said
 * twice is not monotonous to it, which is why the quality rules count repetition.
 *
 * It tells how near a text is to human text in its spelling and its turns, and nothing about truth or sense: a text of
 * nonsense in good words passes. It may decide between T2 and T3, and nothing else. The score is the gain, in bits.
 */
export const proseCritic: Verifier = {
  ...id,
  async verify({text, domain}, {corpus}) {
    const critic = criticOf(corpus(domain));
    if (critic === null)
      return verdict(id, "no-human-text", {detail: `expected at least ${fewest} human passages of domain ${domain}`});
    const {gain, bits} = measure(critic.model, text);
    const score = Number(gain.toFixed(4));
    if (!(gain >= critic.leastGain))
      return verdict(id, "implausible", {
        score,
        detail: `expected a gain of at least ${critic.leastGain.toFixed(4)} bits`
      });
    if (bits < critic.leastBits)
      return verdict(id, "monotonous", {
        score,
        detail: `expected at least ${critic.leastBits.toFixed(4)} bits a character, got ${bits.toFixed(4)}`
      });
    return verdict(id, "", {score});
  }
};

interface Critic {
  model: CharacterModel;
  /** 5 % quantile of the gain of human passages, bits a character */
  leastGain: number;
  /** 2.5 % quantile of the surprise of human passages, bits a character */
  leastBits: number;
}

const critics = new WeakMap<readonly Seed[], Critic | null>();

function criticOf(corpus: readonly Seed[]): Critic | null {
  const known = critics.get(corpus);
  if (known !== undefined) return known;
  const made = teach(corpus);
  critics.set(corpus, made);
  return made;
}

// In the order of their hashes, which is that of a random sample: three passages to learn from, one to be measured by.
function teach(corpus: readonly Seed[]): Critic | null {
  const texts = corpus
    .filter(({kind}) => kind !== "simulator")
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
    .map(({text}) => text);
  if (texts.length < fewest) return null;
  const lessons: string[] = [];
  let length = 0;
  for (let i = 0; i < texts.length && length < taught; i++) {
    if (i % 4 === 3) continue;
    lessons.push(texts[i]);
    length += texts[i].length;
  }
  const model = wittenBell(lessons, {order});
  const measures = texts
    .filter((_, i) => i % 4 === 3)
    .slice(0, heldIn)
    .map((text) => measure(model, text));
  return {
    model,
    leastGain: quantile(
      measures.map(({gain}) => gain),
      0.05
    ),
    leastBits: quantile(
      measures.map(({bits}) => bits),
      0.025
    )
  };
}

function measure(model: CharacterModel, text: string): {gain: number; bits: number} {
  const bits = model.bits(text);
  return {gain: bits[background - 1] - bits[order - 1], bits: bits[order - 1]};
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(q * (sorted.length - 1))];
}
