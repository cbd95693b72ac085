import {whole, type Family} from "./frame.js";

/** Distances, times, rates, work done together. */
export const motion: readonly Family[] = [
  {
    id: "distance",
    frames: [
      {
        text: "A {vehicle} [travels|goes|moves] at {s} km/h for {t} hours and then at {u} km/h for {w} hours. How far does it [travel|go] [in all|altogether], in km?",
        numbers: {s: whole(20, 110), t: whole(2, 9), u: whole(20, 110), w: whole(2, 9)},
        steps: [
          "[First stretch|First part]: s * t",
          "[Second stretch|Second part]: u * w",
          "[Whole way|Distance]: $1 + $2"
        ]
      },
      {
        text: "{X} {going} for {t} hours at {s} km/h [in the morning|before lunch] and for {w} hours at {u} km/h [in the afternoon|after lunch]. How many kilometres is that [in all|altogether]?",
        numbers: {t: whole(2, 7), s: whole(3, 24), w: whole(2, 7), u: whole(3, 24)},
        steps: ["[Early kilometres|First half]: t * s", "[Late kilometres|Second half]: w * u", "Sum: $1 + $2"]
      },
      {
        text: "{X} {going} {n} laps of {m} metres [every|each] day. How many kilometres is that in {d} days?",
        numbers: {n: whole(2, 18), m: whole(150, 900, 50), d: whole(3, 30)},
        steps: ["Metres a day: n * m", "Metres [in all|over all days]: $1 * d", "In kilometres: $2 / 1000"],
        denominator: 100,
        decimal: true
      }
    ]
  },
  {
    id: "travel-time",
    frames: [
      {
        text: "A {vehicle} covers {d} km in {t} hours. At the same speed, how many hours does it need for {e} km?",
        numbers: {d: whole(60, 600, 5), t: whole(2, 9), e: whole(40, 900, 5)},
        steps: ["[Speed|Kilometres an hour]: d / t", "[Time|Hours]: e / $1"]
      },
      {
        text: "{X} needs {t} minutes to {go} {d} km. [At this pace|At the same pace], how many minutes does {X} need for {e} km?",
        numbers: {t: whole(10, 90), d: whole(2, 12), e: whole(3, 30)},
        steps: ["Minutes for one kilometre: t / d", "Minutes for all: $1 * e"]
      },
      {
        text: "Two [cyclists|riders|runners] start towards each other from towns {d} km apart, one at {s} km/h and the other at {u} km/h. After how many hours do they meet?",
        numbers: {d: whole(20, 300), s: whole(6, 35), u: whole(6, 35)},
        steps: ["Speed at which they [approach|come closer]: s + u", "Hours until they meet: d / $1"]
      }
    ]
  },
  {
    id: "work-together",
    frames: [
      {
        text: "{X} can {job} in {a} hours, and {Y} can do it in {b} hours. How many hours do they need [together|if they work side by side]?",
        numbers: {a: whole(2, 15), b: whole(2, 15)},
        steps: [
          "Share of {X} in an hour: 1 / a",
          "Share of {Y} in an hour: 1 / b",
          "Both in an hour: $1 + $2",
          "Hours together: 1 / $3"
        ],
        denominator: 240
      },
      {
        text: "One pipe fills a {vessel} in {a} hours, and another pipe fills it in {b} hours. [Both pipes are open.|Both are opened at once.] In how many hours is the {vessel} full?",
        numbers: {a: whole(2, 18), b: whole(2, 18)},
        steps: ["Product of the times: a * b", "Sum of the times: a + b", "Hours: $1 / $2"],
        denominator: 40
      },
      {
        text: "A pipe fills a {vessel} in {a} hours, while a drain would empty it in {b} hours. [With both open|If both are open], how many hours does it take to fill the {vessel}?",
        numbers: {a: whole(2, 14), b: whole(4, 30)},
        steps: [
          "Filled in an hour: 1 / a",
          "Drained in an hour: 1 / b",
          "[Gain|Net gain] in an hour: $1 - $2",
          "Hours: 1 / $3"
        ],
        denominator: 420
      }
    ]
  },
  {
    id: "rate",
    frames: [
      {
        text: "{m} {machine} make {p} {thing} in {h} hours. How many {thing} do {k} such {machine} make in {g} hours?",
        numbers: {m: whole(2, 9), p: whole(24, 720, 6), h: whole(2, 8), k: whole(3, 15), g: whole(2, 12)},
        steps: [
          "One of the {machine}: p / m",
          "One in an hour: $1 / h",
          "All of them in an hour: $2 * k",
          "In the whole time: $3 * g"
        ],
        denominator: 1
      },
      {
        text: "{m} {worker} need {d} days to {job}. [At the same rate|Working just as fast], how many days do {k} {worker} need?",
        numbers: {m: whole(2, 12), d: whole(3, 24), k: whole(3, 18)},
        steps: ["Days of one person: m * d", "Days: $1 / k"]
      },
      {
        text: "A recipe for {n} people [needs|takes] {g} grams of {bulk}. {X} cooks for {m} people. How many grams of {bulk} does {X} need?",
        numbers: {n: whole(2, 9), g: whole(90, 900, 10), m: whole(3, 24)},
        steps: ["Grams for one person: g / n", "Grams for everyone: $1 * m"]
      }
    ]
  }
];
