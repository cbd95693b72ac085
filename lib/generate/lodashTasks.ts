import {z} from "zod";
import type {Generator} from "./generator.js";
import {complete} from "./lodashTasks/completion.js";
import {compose, makersOf} from "./lodashTasks/composition.js";
import {optionsOf} from "./options.js";

const Options = z.strictObject({
  /** human examples completed with tests, wanted from each seed: T1 */
  completions: z.int().min(0).max(2).default(2)
});

/**
 * JavaScript tasks from lodash's documented functions.
 *
 * A seed's own text, passed on by `human`, is an `example`:
 *
 *     Creates an array of elements split into groups the length of `size`. …
 *     @param {Array} array The array to process.
 *     @example
 *
 *     _.chunk(['a', 'b', 'c', 'd'], 2);
 *     // => [['a', 'b'], ['c', 'd']]
 *
 * A completed example (T1, kind `task`) is runs of one or two such texts, recorded as spans, and tests of new arguments;
 * at least 80 % of its tokens are copied:
 *
 *     @test
 *
 *     assert.deepEqual(_.chunk(['b', 'a', 'd'], 2), [['b', 'a'], ['d']]);
 *
 * A derived task (T2, kind `task`) is new: a statement, `@solution` with a function in plain JavaScript or by calls of
 * `_`, and `@test` with such lines for the function. The expected values are real lodash's.
 */
export const lodashTasks: Generator = {
  id: "lodash-tasks",
  family: "template-js",
  version: "1",
  ceiling: "T1",
  kinds: ["task"],
  async *generate(seed, {random, count, options, corpus, tokenizer}) {
    const {completions} = optionsOf("lodash-tasks", options, Options);
    let left = count;
    for (const {text, spans, tests} of complete(seed, Math.min(completions, count), {random, corpus, tokenizer})) {
      left--;
      yield {
        text,
        payload: {function: seed.document, tests: tests.length, derived: false},
        domain: "code",
        kind: "task",
        ceiling: "T1",
        spans
      };
    }
    const makers = makersOf(seed.document);
    if (makers.length === 0) return;
    for (; left > 0; left--) {
      const composition = compose(random.pick(makers), random);
      if (composition === null) continue;
      yield {
        text: composition.text,
        payload: {function: seed.document, steps: composition.operations.map(({name}) => name), derived: true},
        domain: "code",
        kind: "task",
        ceiling: "T2",
        spans: []
      };
    }
  }
};
