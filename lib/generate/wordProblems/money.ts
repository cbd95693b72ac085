import {part, price, whole, type Family} from "./frame.js";

/** Buying, percentages, saving. */
export const money: readonly Family[] = [
  {
    id: "purchase",
    frames: [
      {
        text: "{X} [buys|picks up|orders] {n} {thing} at ${p} each and {m} {thing2} at ${q} each. [How much does {X} pay in all?|What is the total price?|What do they cost together?]",
        numbers: {n: whole(2, 19), p: price(1, 15), m: whole(2, 19), q: price(1, 15)},
        steps: [
          "[Price of the|Cost of all] {thing}: n * p",
          "[Price of the|Cost of all] {thing2}: m * q",
          "[Total|In all]: $1 + $2"
        ],
        decimal: true
      },
      {
        text: "At the {place}, a box of {thing} costs ${p} and a box of {thing2} costs ${q}. {X} [wants|takes] {n} boxes of {thing} and {m} boxes of {thing2}. [How much money does {X} need?|What does {X} pay altogether?]",
        numbers: {p: price(2, 30), q: price(2, 30), n: whole(2, 14), m: whole(2, 14)},
        steps: ["Boxes of {thing}: n * p", "Boxes of {thing2}: m * q", "[Together|Sum]: $1 + $2"],
        decimal: true
      },
      {
        text: "{X} [pays|settles the bill] for {n} {thing} at ${p} each with ${c}. [How much change does {X} get?|How much money does {X} get back?]",
        numbers: {n: whole(2, 25), p: price(1, 12), c: whole(10, 300, 10)},
        steps: ["Price of the {thing}: n * p", "[Change|Money back]: c - $1"],
        decimal: true
      }
    ]
  },
  {
    id: "percent",
    frames: [
      {
        text: "A {goods} costs ${p}. [In a sale|Today|In the spring] its price falls by {d}%, and then a tax of {t}% is added to the lower price. [What does it cost now?|What is the final price?]",
        numbers: {p: whole(20, 400, 10), d: whole(5, 60, 5), t: whole(2, 25)},
        steps: [
          "[Discount|Price cut] as a fraction: d / 100",
          "[Discount|Price cut]: p * $1",
          "Lower price: p - $2",
          "Tax as a fraction: t / 100",
          "Tax: $3 * $4",
          "[Final|New] price: $3 + $5"
        ],
        denominator: 1000000,
        decimal: true
      },
      {
        text: "The price of a {goods} [was|used to be] ${p}. It [rises|goes up] by {d}%. [What is the new price?|What does the {goods} cost now?]",
        numbers: {p: whole(15, 600), d: whole(2, 80)},
        steps: ["[One percent|A hundredth] of the price: p / 100", "[Rise|Increase]: $1 * d", "New price: p + $2"],
        denominator: 1000000,
        decimal: true
      },
      {
        text: "{X} [puts|pays] ${p} into an account with {d}% simple interest a year. [How much interest does {X} earn in {t} years?|How much interest is that after {t} years?]",
        numbers: {p: whole(100, 5000, 50), d: whole(2, 9), t: whole(2, 15)},
        steps: ["Percent over all years: d * t", "As a fraction: $1 / 100", "Interest: p * $2"],
        denominator: 1000000,
        decimal: true
      }
    ]
  },
  {
    id: "saving",
    frames: [
      {
        text: "{X} has ${a} and [saves|puts aside|earns] ${s} [a|every] week. After how many weeks does {X} have ${t}?",
        numbers: {a: whole(5, 200), s: whole(3, 40), t: whole(80, 900)},
        steps: ["[Still missing|Money to go]: t - a", "Weeks: $1 / s"],
        denominator: 1
      },
      {
        text: "A {vessel} holds {a} litres of {liquid} and loses {s} litres [an|every] hour. After how many hours are {t} litres left?",
        numbers: {a: whole(60, 900), s: whole(2, 25), t: whole(5, 400)},
        steps: ["Litres that [run out|leak away]: a - t", "Hours: $1 / s"],
        denominator: 6
      },
      {
        text: "{X} spends ${a} on {thing}, which is {f} of [the money {X} had|what {X} had]. How much money [did {X} have at first?|did {X} start with?]",
        numbers: {a: whole(4, 300), f: part(9)},
        steps: ["[At first|Money at the start]: a / f"],
        denominator: 4,
        decimal: true
      }
    ]
  }
];
