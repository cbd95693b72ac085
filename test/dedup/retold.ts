import type {Random} from "../../lib/text/random.js";

const swaps: Record<string, string[]> = {
  bought: ["purchased", "acquired", "picked up"],
  buys: ["purchases", "gets"],
  buy: ["purchase", "get"],
  sold: ["parted with", "found buyers for"],
  sells: ["offers for sale", "trades"],
  money: ["cash", "funds"],
  total: ["sum", "overall amount"],
  altogether: ["in sum", "combined"],
  makes: ["produces", "earns"],
  make: ["earn", "produce"],
  gives: ["hands", "passes"],
  gave: ["handed", "passed"],
  needs: ["requires", "has to have"],
  wants: ["would like", "intends"],
  each: ["every", "apiece"],
  every: ["each"],
  day: ["date"],
  week: ["seven-day period"],
  children: ["kids", "youngsters"],
  friends: ["pals", "mates"],
  friend: ["pal", "companion"],
  house: ["home", "residence"],
  store: ["shop", "market"],
  car: ["vehicle", "automobile"],
  spends: ["uses up", "pays out"],
  spent: ["used up", "paid out"],
  left: ["remaining", "still there"],
  many: ["large a number of"],
  much: ["great an amount"],
  price: ["cost"],
  cost: ["price", "come to"],
  costs: ["is priced at", "goes for"],
  two: ["2", "a pair of"],
  three: ["3"],
  four: ["4"],
  five: ["5"],
  twice: ["two times", "double"],
  half: ["50% of", "one half"],
  has: ["owns", "possesses"],
  had: ["owned", "held"],
  eats: ["consumes"],
  ate: ["consumed"],
  takes: ["uses", "requires"],
  went: ["headed", "travelled"],
  goes: ["heads", "travels"],
  people: ["persons", "individuals"],
  big: ["large"],
  small: ["little", "tiny"],
  hours: ["hrs"],
  minutes: ["mins"],
  more: ["additional", "extra"],
  then: ["afterwards", "next"],
  how: ["what number", "what count"]
};
const fillers = ["indeed", "in fact", "it turns out that", "we know that", "suppose", "overall", "so", "here"];

/**
 * A text told anew by rules: most words that have another word for them change, half of the little words go, three in ten
 * of the others, and the sentences before the last are shuffled; numbers and most names stay.
 */
export function retold(text: string, random: Random): string {
  const sentences = text.split(/(?<=[.?!])\s+/);
  const last = sentences.pop() ?? "";
  return [...random.shuffle(sentences), last]
    .map((sentence) => {
      const words = sentence.split(/\s+/).flatMap((word) => {
        const bare = word.toLowerCase().replace(/[^a-z]/g, "");
        if (Object.hasOwn(swaps, bare) && random() < 0.8) return [random.pick(swaps[bare])];
        if (/\d/.test(word) || /^[A-Z]/.test(word)) return random() < 0.9 ? [word] : [];
        if (bare.length <= 3) return random() < 0.5 ? [word] : [];
        return random() < 0.7 ? [word] : [];
      });
      return `${random.pick(fillers)} ${words.join(" ")}`;
    })
    .join(" ");
}
