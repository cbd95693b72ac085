import type {Random} from "../../text/random.js";
import {operation, type Iteratee, type Operation, type Shape} from "./operation.js";

/** Makes an operation with its numbers drawn. */
export type Maker = (random: Random) => Operation;

const iteratee = (source: string, value: (...args: never[]) => unknown): Iteratee => ({source, value});
const range = (random: Random, a: number, b: number) => a + random.int(b - a + 1);
const lists: readonly Shape[] = ["numbers", "words", "records"];

/** What works on any list, whatever its items are. */
const onLists: readonly Maker[] = lists.flatMap((shape): Maker[] => {
  const make = (name: string, to: Shape = shape) => `${name} ${shape} > ${to}`;
  return [
    (r) => {
      const n = range(r, 2, 4);
      return operation(make("take"), `first${n}`, `keeps the first ${n} items`, [n], `x.slice(0, ${n})`, [n + 1]);
    },
    (r) => {
      const n = range(r, 2, 4);
      return operation(make("takeRight"), `last${n}`, `keeps the last ${n} items`, [n], `x.slice(-${n})`, [n + 1]);
    },
    (r) => {
      const n = range(r, 1, 3);
      return operation(make("drop"), `skip${n}`, `leaves out the first ${n} of the items`, [n], `x.slice(${n})`, [
        n + 1
      ]);
    },
    (r) => {
      const n = range(r, 1, 3);
      return operation(
        make("dropRight"),
        `cut${n}`,
        `leaves out the last ${n} of the items`,
        [n],
        `x.slice(0, -${n})`,
        [n + 1]
      );
    },
    (r) => {
      const a = range(r, 1, 2);
      const b = a + range(r, 2, 3);
      return operation(
        make("slice"),
        `from${a}to${b}`,
        `keeps the items from index ${a} up to, but without, index ${b}`,
        [a, b],
        `x.slice(${a}, ${b})`,
        [a, b + 1]
      );
    },
    () => operation(make("initial"), "allButLast", "leaves out the last item", [], "x.slice(0, -1)"),
    () => operation(make("tail"), "allButFirst", "leaves out the first item", [], "x.slice(1)"),
    () => operation(make("reverse"), "reversed", "turns the order around", [], "[...x].reverse()"),
    () => operation(make("size", "number"), "howMany", "counts the items", [], "x.length")
  ];
});

const onNumbers: readonly Maker[] = [
  () =>
    operation(
      "sortBy numbers > numbers",
      "ascending",
      "sorts the numbers from the smallest to the largest",
      [],
      "[...x].sort((a, b) => a - b)"
    ),
  () =>
    operation(
      "uniq numbers > numbers",
      "distinct",
      "keeps each number once, at its first place",
      [],
      "[...new Set(x)]"
    ),
  () => operation("compact numbers > numbers", "nonZero", "leaves out the zeros", [], "x.filter((n) => n !== 0)"),
  (r) => {
    const n = range(r, 2, 9);
    return operation(
      "map numbers > numbers",
      `times${n}`,
      `multiplies every number by ${n}`,
      [iteratee(`(n) => n * ${n}`, (x: number) => x * n)],
      `x.map((n) => n * ${n})`,
      [iteratee("", (x: number) => x * (n + 1))]
    );
  },
  (r) => {
    const n = range(r, 2, 9);
    return operation(
      "map numbers > numbers",
      `plus${n}`,
      `adds ${n} to every number`,
      [iteratee(`(n) => n + ${n}`, (x: number) => x + n)],
      `x.map((n) => n + ${n})`,
      [iteratee("", (x: number) => x + n + 1)]
    );
  },
  (r) => {
    const n = range(r, 2, 12);
    return operation(
      "filter numbers > numbers",
      `above${n}`,
      `keeps the numbers greater than ${n}`,
      [iteratee(`(n) => n > ${n}`, (x: number) => x > n)],
      `x.filter((n) => n > ${n})`,
      [iteratee("", (x: number) => x > n + 1)]
    );
  },
  () =>
    operation(
      "filter numbers > numbers",
      "even",
      "keeps the even numbers",
      [iteratee("(n) => n % 2 === 0", (x: number) => x % 2 === 0)],
      "x.filter((n) => n % 2 === 0)"
    ),
  (r) => {
    const n = range(r, 3, 5);
    return operation(
      "reject numbers > numbers",
      `notBy${n}`,
      `leaves out the multiples of ${n}`,
      [iteratee(`(n) => n % ${n} === 0`, (x: number) => x % n === 0)],
      `x.filter((n) => n % ${n} !== 0)`,
      [iteratee("", (x: number) => x % (n + 1) === 0)]
    );
  },
  (r) => {
    const n = range(r, 1, 9);
    return operation(
      "without numbers > numbers",
      `no${n}`,
      `leaves out every ${n}`,
      [n],
      `x.filter((n) => n !== ${n})`,
      [n + 1]
    );
  },
  (r) => {
    const values = r.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9]).slice(0, 3);
    return operation(
      "difference numbers > numbers",
      `minus${values.join("")}`,
      `leaves out the numbers ${values.join(", ")}`,
      [values],
      `x.filter((n) => ![${values.join(", ")}].includes(n))`,
      [values.slice(1)]
    );
  },
  (r) => {
    const values = r.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9]).slice(0, 5);
    return operation(
      "intersection numbers > numbers",
      `among${values.join("")}`,
      `keeps, once each, the numbers that are among ${values.join(", ")}`,
      [values],
      `[...new Set(x)].filter((n) => [${values.join(", ")}].includes(n))`,
      [values.slice(1)]
    );
  },
  (r) => {
    const values = r.shuffle([11, 12, 13, 14, 15, 3, 5, 7]).slice(0, 2);
    return operation(
      "union numbers > numbers",
      `with${values.join("and")}`,
      `keeps each number once and adds ${values.join(" and ")} where they are missing`,
      [values],
      `[...new Set([...x, ${values.join(", ")}])]`,
      [values.slice(1)]
    );
  },
  (r) => {
    const values = r.shuffle([11, 12, 13, 14, 15, 16]).slice(0, 2);
    return operation(
      "concat numbers > numbers",
      `then${values.join("and")}`,
      `puts ${values.join(" and ")} at the end`,
      [values],
      `[...x, ${values.join(", ")}]`,
      [values.slice(1)]
    );
  },
  (r) => {
    const n = range(r, 6, 14);
    return operation(
      "takeWhile numbers > numbers",
      `whileBelow${n}`,
      `keeps the numbers before the first one that is ${n} or more`,
      [iteratee(`(n) => n < ${n}`, (x: number) => x < n)],
      `x.filter((n, i) => x.slice(0, i + 1).every((before) => before < ${n}))`,
      [iteratee("", (x: number) => x < n + 1)]
    );
  },
  (r) => {
    const n = range(r, 4, 9);
    return operation(
      "dropWhile numbers > numbers",
      `fromFirst${n}`,
      `leaves out the numbers before the first one that is ${n} or more`,
      [iteratee(`(n) => n < ${n}`, (x: number) => x < n)],
      `x.filter((n, i) => x.slice(0, i + 1).some((before) => before >= ${n}))`,
      [iteratee("", (x: number) => x < n + 1)]
    );
  },
  (r) => {
    const n = range(r, 2, 3);
    return operation(
      "chunk numbers > groups",
      `groupsOf${n}`,
      `cuts the list into groups of ${n}, the last one perhaps shorter`,
      [n],
      `Array.from({ length: Math.ceil(x.length / ${n}) }, (value, i) => x.slice(i * ${n}, i * ${n} + ${n}))`,
      [n + 1]
    );
  },
  (r) => {
    const n = range(r, 4, 10);
    return operation(
      "partition numbers > groups",
      `splitAt${n}`,
      `makes two lists, the numbers below ${n} and the others`,
      [iteratee(`(n) => n < ${n}`, (x: number) => x < n)],
      `[x.filter((n) => n < ${n}), x.filter((n) => n >= ${n})]`,
      [iteratee("", (x: number) => x < n + 1)]
    );
  },
  () => operation("sum numbers > number", "total", "adds the numbers up", [], "x.reduce((sum, n) => sum + n, 0)"),
  (r) => {
    const n = range(r, 2, 5);
    return operation(
      "sumBy numbers > number",
      `sumTimes${n}`,
      `adds up ${n} times each number`,
      [iteratee(`(n) => n * ${n}`, (x: number) => x * n)],
      `x.reduce((sum, n) => sum + n * ${n}, 0)`,
      [iteratee("", (x: number) => x * (n + 1))]
    );
  },
  (r) => {
    const n = range(r, 3, 9);
    return operation(
      "indexOf numbers > number",
      `whereIs${n}`,
      `gives the index of the first ${n}, or -1`,
      [n],
      `x.indexOf(${n})`,
      [n + 1]
    );
  },
  (r) => {
    const n = range(r, 3, 9);
    return operation(
      "lastIndexOf numbers > number",
      `lastIndexOf${n}`,
      `gives the index of the last ${n}, or -1`,
      [n],
      `x.lastIndexOf(${n})`,
      [n + 1]
    );
  },
  (r) => {
    const n = range(r, 5, 11);
    return operation(
      "findIndex numbers > number",
      `firstAbove${n}`,
      `gives the index of the first number greater than ${n}, or -1`,
      [iteratee(`(n) => n > ${n}`, (x: number) => x > n)],
      `x.findIndex((n) => n > ${n})`,
      [iteratee("", (x: number) => x > n + 1)]
    );
  },
  (r) => {
    const n = range(r, 1, 9);
    return operation(
      "includes numbers > boolean",
      `has${n}`,
      `says whether ${n} is among them`,
      [n],
      `x.includes(${n})`,
      [n + 1]
    );
  },
  (r) => {
    const n = range(r, 6, 12);
    return operation(
      "every numbers > boolean",
      `allBelow${n}`,
      `says whether all of them are below ${n}`,
      [iteratee(`(n) => n < ${n}`, (x: number) => x < n)],
      `x.every((n) => n < ${n})`,
      [iteratee("", (x: number) => x < n + 1)]
    );
  },
  (r) => {
    const n = range(r, 8, 13);
    return operation(
      "some numbers > boolean",
      `anyAbove${n}`,
      `says whether any of them is above ${n}`,
      [iteratee(`(n) => n > ${n}`, (x: number) => x > n)],
      `x.some((n) => n > ${n})`,
      [iteratee("", (x: number) => x > n + 1)]
    );
  },
  (r) => {
    const n = range(r, 3, 5);
    return operation(
      "countBy numbers > counts",
      `remainders${n}`,
      `counts how many leave each remainder when divided by ${n}`,
      [iteratee(`(n) => n % ${n}`, (x: number) => x % n)],
      `x.reduce((counts, n) => ({ ...counts, [n % ${n}]: (counts[n % ${n}] ?? 0) + 1 }), {})`,
      [iteratee("", (x: number) => x % (n + 1))]
    );
  },
  () => operation("flatten groups > numbers", "joined", "joins the groups into one list", [], "x.flat()"),
  () =>
    operation(
      "map groups > numbers",
      "groupSums",
      "adds up each group",
      [iteratee("_.sum", (x: number[]) => x.reduce((a, b) => a + b, 0))],
      "x.map((group) => group.reduce((sum, n) => sum + n, 0))"
    ),
  (r) => {
    const a = range(r, 2, 4);
    const b = a + range(r, 3, 8);
    return operation(
      "map numbers > numbers",
      `clamp${a}to${b}`,
      `raises numbers below ${a} to ${a} and lowers those above ${b} to ${b}`,
      [iteratee(`(n) => _.clamp(n, ${a}, ${b})`, (x: number) => Math.min(Math.max(x, a), b))],
      `x.map((n) => Math.min(Math.max(n, ${a}), ${b}))`,
      [iteratee("", (x: number) => Math.min(Math.max(x, a), b + 1))]
    );
  }
];

const onWords: readonly Maker[] = [
  () => operation("sortBy words > words", "alphabetical", "sorts the words by their characters", [], "[...x].sort()"),
  () =>
    operation(
      "sortBy words > words",
      "byLength",
      "sorts the words by length, those of one length in their old order",
      [iteratee("(word) => word.length", (word: string) => word.length)],
      "[...x].sort((a, b) => a.length - b.length)"
    ),
  () => operation("uniq words > words", "onceEach", "keeps each word once, at its first place", [], "[...new Set(x)]"),
  () =>
    operation(
      "uniqBy words > words",
      "onePerLength",
      "keeps the first word of each length",
      ["length"],
      "x.filter((word, i) => x.findIndex((other) => other.length === word.length) === i)"
    ),
  (r) => {
    const n = range(r, 4, 6);
    return operation(
      "filter words > words",
      `longerThan${n}`,
      `keeps the words with more than ${n} letters`,
      [iteratee(`(word) => word.length > ${n}`, (word: string) => word.length > n)],
      `x.filter((word) => word.length > ${n})`,
      [iteratee("", (word: string) => word.length > n + 1)]
    );
  },
  (r) => {
    const letter = r.pick(["a", "e", "o", "r"]);
    return operation(
      "reject words > words",
      `without${letter.toUpperCase()}`,
      `leaves out the words that contain "${letter}"`,
      [iteratee(`(word) => word.includes("${letter}")`, (word: string) => word.includes(letter))],
      `x.filter((word) => !word.includes("${letter}"))`
    );
  },
  () =>
    operation(
      "map words > words",
      "capitalized",
      "makes the first letter of every word large",
      [iteratee("_.upperFirst", (word: string) => word[0].toUpperCase() + word.slice(1))],
      "x.map((word) => word[0].toUpperCase() + word.slice(1))"
    ),
  () =>
    operation(
      "map words > numbers",
      "lengths",
      "replaces every word by its length",
      ["length"],
      "x.map((word) => word.length)"
    ),
  (r) => {
    const [glue, name] = r.pick([
      ["-", "Hyphens"],
      ["+", "Plus"],
      ["/", "Slashes"],
      [", ", "Commas"]
    ] as const);
    return operation(
      "join words > text",
      `join${name}`,
      `joins the words with "${glue}"`,
      [glue],
      `x.join("${glue}")`,
      ["."]
    );
  },
  () =>
    operation(
      "countBy words > counts",
      "countLengths",
      "counts how many words there are of each length",
      ["length"],
      "x.reduce((counts, word) => ({ ...counts, [word.length]: (counts[word.length] ?? 0) + 1 }), {})"
    ),
  () =>
    operation(
      "maxBy words > text",
      "longest",
      "gives the longest word, the first of several",
      ["length"],
      "x.reduce((best, word) => (word.length > best.length ? word : best))"
    ),
  () =>
    operation(
      "minBy words > text",
      "shortest",
      "gives the shortest word, the first of several",
      ["length"],
      "x.reduce((best, word) => (word.length < best.length ? word : best))"
    ),
  () =>
    operation(
      "sumBy words > number",
      "letters",
      "counts the letters of all words",
      ["length"],
      "x.reduce((sum, word) => sum + word.length, 0)"
    ),
  () => operation("head words > text", "opening", "gives the first word", [], "x[0]"),
  () => operation("last words > text", "closing", "gives the last word", [], "x[x.length - 1]"),
  (r) => {
    const n = range(r, 1, 2);
    return operation("nth words > text", `at${n}`, `gives the word at index ${n}`, [n], `x[${n}]`, [n + 1]);
  },
  () =>
    operation(
      "invert counts > counts",
      "swapped",
      "swaps keys and values, where the later of two equal values wins",
      [],
      "Object.fromEntries(Object.entries(x).map(([key, value]) => [value, key]))"
    ),
  () => operation("keys counts > words", "keyList", "lists the keys", [], "Object.keys(x)"),
  () => operation("values counts > numbers", "valueList", "lists the values", [], "Object.values(x)"),
  (r) => {
    const n = range(r, 1, 2);
    return operation(
      "pickBy counts > counts",
      `moreThan${n}`,
      `keeps the entries whose value is greater than ${n}`,
      [iteratee(`(value) => value > ${n}`, (x: number) => x > n)],
      `Object.fromEntries(Object.entries(x).filter(([, value]) => value > ${n}))`,
      [iteratee("", (x: number) => x > n + 1)]
    );
  },
  (r) => {
    const n = range(r, 1, 2);
    return operation(
      "omitBy counts > counts",
      `atLeast${n + 1}`,
      `leaves out the entries whose value is ${n} or less`,
      [iteratee(`(value) => value <= ${n}`, (x: number) => x <= n)],
      `Object.fromEntries(Object.entries(x).filter(([, value]) => value > ${n}))`,
      [iteratee("", (x: number) => x <= n + 1)]
    );
  },
  (r) => {
    const n = range(r, 2, 5);
    return operation(
      "mapValues counts > counts",
      `each${n}fold`,
      `multiplies every value by ${n}`,
      [iteratee(`(value) => value * ${n}`, (x: number) => x * n)],
      `Object.fromEntries(Object.entries(x).map(([key, value]) => [key, value * ${n}]))`,
      [iteratee("", (x: number) => x * (n + 1))]
    );
  },
  (r) => {
    const mark = r.pick(["k", "n", "q"]);
    return operation(
      "mapKeys counts > counts",
      `mark${mark.toUpperCase()}`,
      `puts "${mark}" before every key`,
      [iteratee(`(value, key) => "${mark}" + key`, (_x: number, key: string) => mark + key)],
      `Object.fromEntries(Object.entries(x).map(([key, value]) => ["${mark}" + key, value]))`
    );
  }
];

const pieces = "(x.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [])";
const parts = `${pieces}.map((word) => word.toLowerCase())`;
const upperFirst = "word[0].toUpperCase() + word.slice(1)";

const onText: readonly Maker[] = [
  () =>
    operation(
      "kebabCase text > text",
      "toKebab",
      "writes its words in lower case with hyphens between them",
      [],
      `${parts}.join("-")`
    ),
  () =>
    operation(
      "snakeCase text > text",
      "toSnake",
      "writes its words in lower case with underscores between them",
      [],
      `${parts}.join("_")`
    ),
  () =>
    operation(
      "lowerCase text > text",
      "toSpaced",
      "writes its words in lower case with single spaces between them",
      [],
      `${parts}.join(" ")`
    ),
  () =>
    operation(
      "upperCase text > text",
      "toShout",
      "writes its words in upper case with single spaces between them",
      [],
      `${parts}.join(" ").toUpperCase()`
    ),
  () =>
    operation(
      "camelCase text > text",
      "toCamel",
      "joins its words, each but the first with a capital letter",
      [],
      `${parts}.map((word, i) => (i === 0 ? word : ${upperFirst})).join("")`
    ),
  () =>
    operation(
      "startCase text > text",
      "toTitle",
      "writes its words with capital letters and single spaces between them",
      [],
      `${pieces}.map((word) => ${upperFirst}).join(" ")`
    ),
  () => operation("toUpper text > text", "shout", "writes it in upper case", [], "x.toUpperCase()"),
  () => operation("toLower text > text", "whisper", "writes it in lower case", [], "x.toLowerCase()"),
  () =>
    operation(
      "capitalize text > text",
      "sentence",
      "makes the first character large and all others small",
      [],
      "x.charAt(0).toUpperCase() + x.slice(1).toLowerCase()"
    ),
  () =>
    operation(
      "upperFirst text > text",
      "startLarge",
      "makes the first character large and keeps the others",
      [],
      "x.charAt(0).toUpperCase() + x.slice(1)"
    ),
  () =>
    operation(
      "lowerFirst text > text",
      "startSmall",
      "makes the first character small and keeps the others",
      [],
      "x.charAt(0).toLowerCase() + x.slice(1)"
    ),
  () => operation("words text > words", "wordList", "lists its words", [], pieces),
  (r) => {
    const mark = r.pick(["-", "_", " "] as const);
    return operation(
      "split text > words",
      `splitAt${{"-": "Hyphen", _: "Underscore", " ": "Space"}[mark]}`,
      `cuts it at every "${mark}"`,
      [mark],
      `x.split("${mark}")`
    );
  },
  (r) => {
    const n = range(r, 2, 3);
    return operation("repeat text > text", `repeated${n}`, `writes it ${n} times in a row`, [n], `x.repeat(${n})`, [
      n + 1
    ]);
  },
  (r) => {
    const n = range(r, 18, 26);
    const mark = r.pick(["*", ".", "="]);
    return operation(
      "padStart text > text",
      `right${n}`,
      `fills it up with "${mark}" on the left to ${n} characters`,
      [n, mark],
      `x.padStart(${n}, "${mark}")`,
      [n + 1, mark]
    );
  },
  (r) => {
    const n = range(r, 18, 26);
    const mark = r.pick(["*", ".", "="]);
    return operation(
      "padEnd text > text",
      `left${n}`,
      `fills it up with "${mark}" on the right to ${n} characters`,
      [n, mark],
      `x.padEnd(${n}, "${mark}")`,
      [n + 1, mark]
    );
  },
  (r) => {
    const n = range(r, 8, 12);
    return operation(
      "truncate text > text",
      `short${n}`,
      `cuts it to at most ${n} characters, the last three of them dots where something was cut`,
      [{length: n}],
      `x.length > ${n} ? x.slice(0, ${n - 3}) + "..." : x`,
      [{length: n + 1}]
    );
  },
  (r) => {
    const letter = r.pick(["a", "e", "o"]);
    return operation(
      "replace text > text",
      `star${letter.toUpperCase()}`,
      `puts a star in place of the first "${letter}"`,
      [letter, "*"],
      `x.replace("${letter}", "*")`
    );
  },
  (r) => {
    const letter = r.pick(["r", "l", "s", "b"]);
    return operation(
      "startsWith text > boolean",
      `begins${letter.toUpperCase()}`,
      `says whether it starts with "${letter}"`,
      [letter],
      `x.startsWith("${letter}")`
    );
  },
  (r) => {
    const letter = r.pick(["r", "n", "e", "t"]);
    return operation(
      "endsWith text > boolean",
      `ends${letter.toUpperCase()}`,
      `says whether it ends with "${letter}"`,
      [letter],
      `x.endsWith("${letter}")`
    );
  }
];

const onRecords: readonly Maker[] = [
  (r) => {
    const team = r.pick(["red", "blue", "green"]);
    return operation(
      "filter records > records",
      `${team}Only`,
      `keeps the players of the ${team} team`,
      [{team}],
      `x.filter((player) => player.team === "${team}")`
    );
  },
  (r) => {
    const team = r.pick(["red", "blue", "green"]);
    return operation(
      "reject records > records",
      `not${team[0].toUpperCase()}${team.slice(1)}`,
      `leaves out the players of the ${team} team`,
      [["team", team]],
      `x.filter((player) => player.team !== "${team}")`
    );
  },
  () =>
    operation(
      "sortBy records > records",
      "byScore",
      "sorts the players from the lowest score to the highest",
      ["score"],
      "[...x].sort((a, b) => a.score - b.score)"
    ),
  () =>
    operation(
      "orderBy records > records",
      "bestFirst",
      "sorts the players from the highest score to the lowest",
      ["score", "desc"],
      "[...x].sort((a, b) => b.score - a.score)",
      ["score", "asc"]
    ),
  () =>
    operation(
      "uniqBy records > records",
      "onePerTeam",
      "keeps the first player of each team",
      ["team"],
      "x.filter((player, i) => x.findIndex((other) => other.team === player.team) === i)"
    ),
  () => operation("map records > words", "names", "lists the names", ["name"], "x.map((player) => player.name)"),
  () => operation("map records > numbers", "scores", "lists the scores", ["score"], "x.map((player) => player.score)"),
  () =>
    operation(
      "sumBy records > number",
      "points",
      "adds up the scores",
      ["score"],
      "x.reduce((sum, player) => sum + player.score, 0)"
    ),
  () =>
    operation(
      "countBy records > counts",
      "teamSizes",
      "counts the players of each team",
      ["team"],
      "x.reduce((counts, { team }) => ({ ...counts, [team]: (counts[team] ?? 0) + 1 }), {})"
    ),
  () =>
    operation(
      "maxBy records > record",
      "best",
      "gives the player with the highest score, the first of several",
      ["score"],
      "x.reduce((best, player) => (player.score > best.score ? player : best))"
    ),
  () =>
    operation(
      "minBy records > record",
      "worst",
      "gives the player with the lowest score, the first of several",
      ["score"],
      "x.reduce((worst, player) => (player.score < worst.score ? player : worst))"
    ),
  (r) => {
    const n = range(r, 8, 14);
    return operation(
      "findIndex records > number",
      `firstOver${n}`,
      `gives the index of the first player who scored more than ${n}, or -1`,
      [iteratee(`(player) => player.score > ${n}`, (p: {score: number}) => p.score > n)],
      `x.findIndex((player) => player.score > ${n})`,
      [iteratee("", (p: {score: number}) => p.score > n + 1)]
    );
  },
  (r) => {
    const n = range(r, 10, 16);
    return operation(
      "some records > boolean",
      `anyoneOver${n}`,
      `says whether anyone scored more than ${n}`,
      [iteratee(`(player) => player.score > ${n}`, (p: {score: number}) => p.score > n)],
      `x.some((player) => player.score > ${n})`,
      [iteratee("", (p: {score: number}) => p.score > n + 1)]
    );
  },
  () =>
    operation(
      "pick record > record",
      "nameAndScore",
      "keeps only the name and the score",
      [["name", "score"]],
      "({ name: x.name, score: x.score })"
    ),
  () =>
    operation(
      "omit record > record",
      "noTeam",
      "takes the team away",
      [["team"]],
      "(({ team, ...others }) => others)(x)"
    ),
  () => operation("head records > record", "leader", "gives the first player", [], "x[0]"),
  () => operation("last records > record", "trailer", "gives the last player", [], "x[x.length - 1]")
];

/** Every operation that tasks are made of. */
export const makers: readonly Maker[] = [...onLists, ...onNumbers, ...onWords, ...onText, ...onRecords];
