import {jaccard, shingleSet} from "../../dedup/jaccard.js";
import {createShingler} from "../../dedup/shingles.js";
import type {Seed} from "../../schema/seed.js";
import type {Span} from "../../schema/sample.js";
import type {Random} from "../../text/random.js";
import type {Tokenizer} from "../../text/tokenizer.js";
import {readCalls} from "./calls.js";
import {documentation, isPlain, writeLiteral} from "./literal.js";
import {isIteratee, perform, type Argument} from "./operation.js";
import {vary} from "./vary.js";

/** A human example with generated tests at its end. */
export interface Completion {
  text: string;
  spans: Span[];
  tests: string[];
}

const mostGenerated = 0.19;
// Below the 0.8 at which the purge would call a completion a copy of its seed, or of another completion.
const mostAlike = 0.76;
const maxTests = 8;
const heading = "\n\n@test\n\n";
const shingle = createShingler();

// These draw lots, look at the clock, or change lodash itself.
const unsuited = new Set(
  "random sample sampleSize shuffle now uniqueId template runInContext mixin noConflict defer delay".split(" ")
);

// After these, `_` is not what the other example expects.
const changing = new Set("runInContext noConflict mixin iteratee template memoize".split(" "));

/**
 * A documented example's prose, signature (@param and @returns) or both, and its code, completed with tests of new
 * arguments whose values real lodash computes; after that the example beside a second one, completed in the same way. At
 * least 80 % of the tokens are copied. Every completion differs enough from its seed not to be a near duplicate of it.
 *
 * @param wanted at most this many; fewer where there is no call with arguments that can be read
 * @param corpus where second examples come from
 */
export function complete(
  seed: Seed,
  wanted: number,
  {random, corpus, tokenizer}: {random: Random; corpus: readonly Seed[]; tokenizer: Tokenizer}
): Completion[] {
  const made: Completion[] = [];
  if (!seed.text.includes("@example\n")) return made;
  const own = drawTests(seed, random, tokenizer);
  const sets = [shingleSet(shingle(seed.text))];
  const others = corpus.filter(
    ({sha256, document, text}) => sha256 !== seed.sha256 && text.includes("@example\n") && !changing.has(document)
  );
  const partners =
    others.length === 0 || changing.has(seed.document) ? [] : Array.from({length: 3}, () => random.pick(others));
  for (const copy of [...(own.length === 0 ? [] : copies(seed)), ...partners.map((other) => beside(seed, other))]) {
    if (made.length >= wanted) break;
    const lines = copy.other === undefined ? own : [...own.slice(0, 3), ...drawTests(copy.other, random, tokenizer)];
    const tests = fitting(copy, lines, tokenizer);
    if (tests.length === 0) continue;
    const text = copy.text + heading + tests.join("\n");
    const set = shingleSet(shingle(text));
    if (sets.some((other) => jaccard(set, other) > mostAlike)) continue;
    sets.push(set);
    made.push({text, spans: copy.spans, tests});
  }
  return made;
}

// Shortest first: what a text may hold of generated tokens is little.
function drawTests(seed: Seed, random: Random, tokenizer: Tokenizer): string[] {
  const name = seed.document;
  const code = seed.text.slice(seed.text.indexOf("@example"));
  const calls = readCalls(code, name);
  if (calls.length === 0 || unsuited.has(name)) return [];
  const known = new Set(calls.map(written));
  const tests: string[] = [];
  for (let i = 0; i < 40 && tests.length < 2 * maxTests; i++) {
    const args = vary(random.pick(calls), random);
    const line = known.has(written(args)) ? null : writeTest(name, args);
    known.add(written(args));
    if (line !== null) tests.push(line);
  }
  const sizes = new Map(tests.map((line) => [line, tokenizer.count(line)]));
  return tests.sort((a, b) => sizes.get(a)! - sizes.get(b)!);
}

function fitting({text, spans}: Copy, lines: readonly string[], tokenizer: Tokenizer): string[] {
  // A copied run of under 16 code units counts as generated, and so may the token at either end of a longer one.
  const lengths = spans.map(({start, end}) => (end - start < 16 ? 0 : tokenizer.count(text.slice(start, end)) - 2));
  const before = lengths.reduce((sum, n) => sum + n, 0);
  const tests: string[] = [];
  for (const line of lines.slice(0, maxTests)) {
    const all = tokenizer.count(text + heading + [...tests, line].join("\n"));
    if (1 - before / all > mostGenerated) break;
    tests.push(line);
  }
  return tests;
}

function written(args: readonly Argument[]): string {
  return args.map((arg) => (isIteratee(arg) ? arg.source : writeLiteral(arg, documentation))).join(", ");
}

function writeTest(name: string, args: readonly Argument[]): string | null {
  try {
    const value = perform({name, rest: args.slice(1)}, args[0]);
    if (value === undefined || !isPlain(value)) return null;
    return `assert.deepEqual(_.${name}(${written(args)}), ${writeLiteral(value, documentation)});`;
  } catch {
    return null;
  }
}

interface Copy {
  text: string;
  spans: Span[];
  /** the second example, where there is one */
  other?: Seed;
}

/** Two examples side by side: what is said of both, then the code of both. */
function beside(seed: Seed, other: Seed): Copy {
  const mark = "@example\n";
  const spans: Span[] = [];
  let text = "";
  const copy = ({text: whole, sha256}: Seed, from: number, to: number) => {
    const piece = whole.slice(from, to).trimEnd();
    if (piece === "") return;
    if (text !== "") text += "\n\n";
    spans.push({start: text.length, end: text.length + piece.length, seed: sha256, from});
    text += piece;
  };
  const at = seed.text.indexOf(mark);
  const otherAt = other.text.indexOf(mark);
  copy(seed, 0, at);
  copy(other, 0, otherAt);
  copy(seed, at, seed.text.length);
  const code = otherAt + mark.length;
  copy(other, code + other.text.slice(code).search(/\S/), other.text.length);
  return {text, spans, other};
}

/** Copies of parts of a seed, from what holds most of it: two runs with a blank line between, or one. */
function copies(seed: Seed): Copy[] {
  const {text, sha256} = seed;
  const code = text.indexOf("@example");
  const tags = text.search(/^@(?:param|returns) /m);
  const signature = tags < 0 || tags > code ? code : tags;
  const blocks = text.slice(code).split("\n\n");
  const out: Copy[] = [];
  const heads: [number, number][] = [
    [0, code],
    [0, signature],
    [signature, code]
  ];
  for (let n = blocks.length; n >= 2; n--) {
    const end = code + blocks.slice(0, n).join("\n\n").length;
    if (!text.slice(code, end).includes("// => ")) continue;
    for (const [from, to] of heads) {
      if (text.slice(from, to).trim() === "") continue;
      const head = text.slice(from, to).trimEnd();
      if (to === code) {
        out.push({text: text.slice(from, end), spans: [{start: 0, end: end - from, seed: sha256, from}]});
        continue;
      }
      const start = head.length + 2;
      out.push({
        text: `${head}\n\n${text.slice(code, end)}`,
        spans: [
          {start: 0, end: head.length, seed: sha256, from},
          {start, end: start + end - code, seed: sha256, from: code}
        ]
      });
    }
  }
  return out;
}
