import type {Random} from "../../text/random.js";
import type {Shape} from "./operation.js";

const words = (
  "apple river stone cloud tiger maple lantern harbor silver winter pencil garden basket copper meadow falcon window " +
  "bridge candle forest saddle violin orange turtle needle pepper island rocket thunder blanket sea oak fox bee hill " +
  "moon lake rose tree"
).split(" ");
const names = "Ada Ben Cleo Dov Eve Finn Gus Hal Ida Jon Kim Leo".split(" ");

/** What a function may be given first. */
export const inputShapes: readonly Shape[] = ["numbers", "words", "text", "records"];

/** An input of a shape: small enough to read, with repeats, so that order and ties matter. */
export function drawInput(shape: Shape, random: Random): unknown {
  const some = <T>(least: number, most: number, draw: () => T): T[] =>
    Array.from({length: least + random.int(most - least + 1)}, draw);
  if (shape === "numbers") return some(4, 9, () => random.int(17));
  if (shape === "words") return some(4, 7, () => random.pick(words));
  if (shape === "records")
    return random
      .shuffle(names)
      .slice(0, 3 + random.int(3))
      .map((name) => ({name, team: random.pick(["red", "blue", "green"]), score: random.int(21)}));
  const capital = random.int(2) === 0;
  const glue = random.pick([" ", "-", "_"]);
  return some(2, 4, () => random.pick(words))
    .map((word) => (capital ? word[0].toUpperCase() + word.slice(1) : word))
    .join(glue);
}
