import {part, price, whole, type Family} from "./frame.js";

/** Fractions of a whole, mixtures, shares, comparisons, averages. */
export const parts: readonly Family[] = [
  {
    id: "fraction-left",
    frames: [
      {
        text: "A {vessel} holds {v} litres of {liquid}. {X} [uses|pours out|sells] {f} of it, and then {g} of [what is left|the rest]. How many litres [are left|remain]?",
        numbers: {v: whole(12, 360), f: part(7), g: part(7)},
        steps: [
          "[Taken first|First amount]: v * f",
          "Left after that: v - $1",
          "[Taken next|Second amount]: $2 * g",
          "[Left|Rest]: $2 - $3"
        ]
      },
      {
        text: "{X} has ${v}. {X} spends {f} of it on {thing} and {g} of the rest on {thing2}. How much money [is left|does {X} have left]?",
        numbers: {v: whole(12, 400), f: part(6), g: part(6)},
        steps: [
          "Spent on {thing}: v * f",
          "Then left: v - $1",
          "Spent on {thing2}: $2 * g",
          "Left in the end: $2 - $3"
        ],
        denominator: 100,
        decimal: true
      },
      {
        text: "{X} reads a book of {v} pages: {f} of the pages [on the first day|on Monday] and {g} of the remaining pages [on the second day|on Tuesday]. How many pages are still unread?",
        numbers: {v: whole(60, 480), f: part(6), g: part(6)},
        steps: [
          "Pages of the first day: v * f",
          "Remaining pages: v - $1",
          "Pages of the second day: $2 * g",
          "Unread: $2 - $3"
        ],
        denominator: 1
      }
    ]
  },
  {
    id: "mixture",
    frames: [
      {
        text: "{X} mixes {a} litres of a {x}% {solution} solution with {b} litres of a {y}% {solution} solution. What percentage of the mixture is {solution}?",
        numbers: {a: whole(2, 20), x: whole(3, 60), b: whole(2, 20), y: whole(5, 80)},
        steps: [
          "[From|In] the first: a * x",
          "[From|In] the second: b * y",
          "Sum: $1 + $2",
          "Litres: a + b",
          "Percentage: $3 / $4"
        ],
        denominator: 40
      },
      {
        text: "A grocer [mixes|blends] {a} kg of {bulk} at ${p} a kilogram with {b} kg of {bulk2} at ${q} a kilogram. What does one kilogram of the [mixture|blend] cost?",
        numbers: {a: whole(2, 20), p: price(2, 20), b: whole(2, 20), q: price(2, 20)},
        steps: [
          "Value of the {bulk}: a * p",
          "Value of the {bulk2}: b * q",
          "Value of all: $1 + $2",
          "Kilograms: a + b",
          "One kilogram: $3 / $4"
        ],
        denominator: 160,
        decimal: true
      }
    ]
  },
  {
    id: "share",
    frames: [
      {
        text: "{X} and {Y} [share|divide] {n} {thing} in the ratio {a} : {b}. How many {thing} does {Y} get?",
        numbers: {n: whole(12, 600), a: whole(2, 13), b: whole(2, 13)},
        steps: ["Parts: a + b", "One part: n / $1", "[Share|Part] of {Y}: $2 * b"],
        denominator: 1
      },
      {
        text: "In a [crate|hamper|drawer] there are {a} {thing} for every {b} {thing2}, and {n} pieces in all. How many of them are {thing}?",
        numbers: {a: whole(2, 12), b: whole(2, 12), n: whole(18, 500)},
        steps: ["Pieces in a group: a + b", "Groups: n / $1", "Number of {thing}: $2 * a"],
        denominator: 1
      },
      {
        text: "{n} kg of {bulk} are packed equally into {a} {container}. {X} takes {b} of the {container}. How many kilograms does {X} take?",
        numbers: {n: whole(10, 300), a: whole(6, 24), b: whole(2, 15)},
        steps: ["In each of the {container}: n / a", "Taken by {X}: $1 * b"],
        denominator: 24
      }
    ]
  },
  {
    id: "comparison",
    frames: [
      {
        text: "{X} has {m} {thing}. {Y} has {k} times as many as {X}, and {Z} has {n} more than {Y}. How many {thing} do the three have [together|in all]?",
        numbers: {m: whole(3, 60), k: whole(2, 9), n: whole(2, 50)},
        steps: ["{Y}: m * k", "{Z}: $1 + n", "{X} and {Y}: m + $1", "All three: $3 + $2"]
      },
      {
        text: "{X} [collects|finds|gathers] {m} {thing}, which is {n} fewer than {Y}. How many {thing} do the two have together?",
        numbers: {m: whole(4, 150), n: whole(2, 90)},
        steps: ["{Y}: m + n", "Together: m + $1"]
      },
      {
        text: "{X} has {m} {thing} and {Y} has {n}. {X} gives {k} of them to {Y}. How many more {thing} than {X} does {Y} have [now|then]?",
        numbers: {m: whole(10, 90), n: whole(40, 200), k: whole(2, 30)},
        steps: ["Left to {X}: m - k", "{Y} now: n + k", "Difference: $2 - $1"]
      }
    ]
  },
  {
    id: "average",
    frames: [
      {
        text: "{X} [scores|gets] {a}, {b} and {c} points in three [games|rounds|tests]. What is the average?",
        numbers: {a: whole(5, 99), b: whole(5, 99), c: whole(5, 99)},
        steps: ["First two: a + b", "All three: $1 + c", "Average: $2 / 3"]
      },
      {
        text: "The average of {n} numbers is {m}. The sum of {k} of them is {s}. What is the average of the others?",
        numbers: {n: whole(4, 16), m: whole(5, 60), k: whole(2, 12), s: whole(10, 400)},
        steps: [
          "Sum of all: n * m",
          "Sum of the others: $1 - s",
          "How many others: n - k",
          "Average of the others: $2 / $3"
        ]
      },
      {
        text: "After {n} [tests|rounds], {X} has an average of {m} points. What must {X} [score|get] in the next one to bring the average to {t}?",
        numbers: {n: whole(3, 12), m: whole(50, 90), t: whole(52, 96)},
        steps: [
          "Points so far: n * m",
          "[Tests|Rounds] with the next one: n + 1",
          "Points wanted: t * $2",
          "Next one: $3 - $1"
        ]
      }
    ]
  }
];
