import {price, whole, type Family} from "./frame.js";

/** Unknown numbers, ages, sequences, rectangles. */
export const algebra: readonly Family[] = [
  {
    id: "age",
    frames: [
      {
        text: "{X} is {k} times as old as {Y}. In {n} years, their ages will add up to {s}. How old is {Y} now?",
        numbers: {k: whole(2, 7), n: whole(2, 20), s: whole(20, 140)},
        steps: ["Years added for both: 2 * n", "Sum of the ages now: s - $1", "Parts: k + 1", "Age of {Y}: $2 / $3"],
        denominator: 1
      },
      {
        text: "{X} is {n} years older than {Y}. Together they are {s} years old. How old is {X}?",
        numbers: {n: whole(2, 40), s: whole(20, 150)},
        steps: ["Twice the age of {X}: s + n", "Age of {X}: $1 / 2"],
        denominator: 2
      },
      {
        text: "{k} years ago, {X} was {a} years old. How old will {X} be {n} years from now?",
        numbers: {k: whole(2, 30), a: whole(3, 50), n: whole(2, 40)},
        steps: ["Age now: a + k", "Age then: $1 + n"]
      }
    ]
  },
  {
    id: "linear",
    frames: [
      {
        text: "[{X} thinks of a number.|{X} has a number in mind.] {k} times the number plus {c} is {d}. What is the number?",
        numbers: {k: whole(2, 12), c: whole(2, 60), d: whole(15, 300)},
        steps: ["[Without the added part|Before adding]: d - c", "[Number|The number]: $1 / k"]
      },
      {
        text: "When {c} is taken away from {k} times a number, {d} is left. [What is the number?|Which number is it?|Find the number.]",
        numbers: {c: whole(2, 80), k: whole(2, 12), d: whole(3, 250)},
        steps: ["The multiple: d + c", "Number: $1 / k"]
      },
      {
        text: "{X} takes a number, adds {c}, multiplies the result by {k} and [gets|arrives at] {d}. [Which number did {X} take?|What was the number?]",
        numbers: {c: whole(2, 50), k: whole(2, 12), d: whole(30, 600)},
        steps: ["Before multiplying: d / k", "[Before adding|Number]: $1 - c"]
      },
      {
        text: "The sum of two numbers is {s} and their difference is {d}. What is the [larger|greater] number?",
        numbers: {s: whole(20, 400), d: whole(3, 150)},
        steps: ["Twice the [larger|greater] number: s + d", "[Larger|Greater] number: $1 / 2"]
      }
    ]
  },
  {
    id: "sequence",
    frames: [
      {
        text: "A sequence starts with {a}, and each term is {d} more than the one before. What is term number {n}?",
        numbers: {a: whole(2, 90), d: whole(2, 25), n: whole(5, 60)},
        steps: ["[Steps|Jumps] from the first term: n - 1", "[Growth|Rise]: $1 * d", "Term: a + $2"]
      },
      {
        text: "{X} saves ${a} in the first week and each week ${d} more than in the week before. How much does {X} save in {n} weeks altogether?",
        numbers: {a: whole(2, 40), d: whole(1, 12), n: whole(4, 30)},
        steps: [
          "Raises until the last week: n - 1",
          "Raised by: $1 * d",
          "Last week: a + $2",
          "First and last week: a + $3",
          "Times the weeks: $4 * n",
          "[Altogether|Saved]: $5 / 2"
        ]
      },
      {
        text: "The front row of a [theatre|cinema|stadium] has {a} seats, and every row has {d} seats more than the row before it. How many seats does row {n} have?",
        numbers: {a: whole(8, 60), d: whole(2, 9), n: whole(5, 45)},
        steps: ["Rows behind the first: n - 1", "Seats more: $1 * d", "Seats: a + $2"]
      }
    ]
  },
  {
    id: "rectangle",
    frames: [
      {
        text: "A rectangular {plot} is {l} m long and {w} m wide. A fence costs ${c} a metre. What does a fence [around it|all the way round] cost?",
        numbers: {l: whole(8, 90), w: whole(5, 70), c: price(3, 30)},
        steps: ["Length and width: l + w", "[Perimeter|Way round]: 2 * $1", "[Price|Cost]: $2 * c"],
        decimal: true
      },
      {
        text: "A rectangular {ground} of {l} m by {w} m is [covered|laid] with tiles at ${c} a square metre. What do the tiles cost?",
        numbers: {l: whole(3, 40), w: whole(3, 40), c: price(5, 60)},
        steps: ["Area: l * w", "[Price|Cost]: $1 * c"],
        decimal: true
      },
      {
        text: "A rectangular {plot} has a perimeter of {p} m and is {l} m long. How wide is it, in metres?",
        numbers: {p: whole(30, 400), l: whole(8, 120)},
        steps: ["Half of the perimeter: p / 2", "Width: $1 - l"],
        denominator: 2
      }
    ]
  }
];
