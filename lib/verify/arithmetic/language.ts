/**
 * The questions that can be read: a pattern of the whole question, what it asks for as a formula over its numbers, and
 * the constants that working it out may use beside them.
 *
 * In a pattern `<n>` is a number, `<X>` a person and `<thing>` one to four words in lower case; the same name stands for
 * the same words everywhere, and comes first outside brackets. `(a|b)` is either, everything else is itself.
 */
export interface Reading {
  pattern: string;
  answer: string;
  constants?: readonly number[];
}

const money: Reading[] = [
  {
    pattern:
      "<X> (buys|picks up|orders) <n> <thing> at $<p> each and <m> <other> at $<q> each. " +
      "(How much does <X> pay in all?|What is the total price?|What do they cost together?)",
    answer: "n * p + m * q"
  },
  {
    pattern:
      "At the <place>, a box of <thing> costs $<p> and a box of <other> costs $<q>. " +
      "<X> (wants|takes) <n> boxes of <thing> and <m> boxes of <other>. " +
      "(How much money does <X> need?|What does <X> pay altogether?)",
    answer: "n * p + m * q"
  },
  {
    pattern:
      "<X> (pays|settles the bill) for <n> <thing> at $<p> each with $<c>. " +
      "(How much change does <X> get?|How much money does <X> get back?)",
    answer: "c - n * p"
  },
  {
    pattern:
      "A <goods> costs $<p>. (In a sale|Today|In the spring) its price falls by <d>%, " +
      "and then a tax of <t>% is added to the lower price. (What does it cost now?|What is the final price?)",
    answer: "p * (100 - d) * (100 + t) / 10000",
    constants: [100, 1]
  },
  {
    pattern:
      "The price of a <goods> (was|used to be) $<p>. It (rises|goes up) by <d>%. " +
      "(What is the new price?|What does the <goods> cost now?)",
    answer: "p * (100 + d) / 100",
    constants: [100, 1]
  },
  {
    pattern:
      "<X> (puts|pays) $<p> into an account with <d>% simple interest a year. " +
      "How much interest (does <X> earn in|is that after) <t> years?",
    answer: "p * d * t / 100",
    constants: [100]
  },
  {
    pattern: "<X> has $<a> and (saves|puts aside|earns) $<s> (a|every) week. After how many weeks does <X> have $<t>?",
    answer: "(t - a) / s"
  },
  {
    pattern:
      "A <vessel> holds <a> litres of <liquid> and loses <s> litres (an|every) hour. " +
      "After how many hours are <t> litres left?",
    answer: "(a - t) / s"
  },
  {
    pattern:
      "<X> spends $<a> on <thing>, which is <f> of (the money <X> had|what <X> had). " +
      "How much money (did <X> have at first?|did <X> start with?)",
    answer: "a / f"
  }
];

const motion: Reading[] = [
  {
    pattern:
      "A <vehicle> (travels|goes|moves) at <s> km/h for <t> hours and then at <u> km/h for <w> hours. " +
      "How far does it (travel|go) (in all|altogether), in km?",
    answer: "s * t + u * w"
  },
  {
    pattern:
      "<X> <going> for <t> hours at <s> km/h (in the morning|before lunch) and for <w> hours at <u> km/h " +
      "(in the afternoon|after lunch). How many kilometres is that (in all|altogether)?",
    answer: "s * t + u * w"
  },
  {
    pattern: "<X> <going> <n> laps of <m> metres (every|each) day. How many kilometres is that in <d> days?",
    answer: "n * m * d / 1000",
    constants: [1000]
  },
  {
    pattern: "A <vehicle> covers <d> km in <t> hours. At the same speed, how many hours does it need for <e> km?",
    answer: "t * e / d"
  },
  {
    pattern:
      "<X> needs <t> minutes to <go> <d> km. (At this pace|At the same pace), " +
      "how many minutes does <X> need for <e> km?",
    answer: "t * e / d"
  },
  {
    pattern:
      "Two <riders> start towards each other from towns <d> km apart, one at <s> km/h and the other at <u> km/h. " +
      "After how many hours do they meet?",
    answer: "d / (s + u)"
  },
  {
    pattern:
      "<X> can <job> in <a> hours, and <Y> can do it in <b> hours. " +
      "How many hours do they need (together|if they work side by side)?",
    answer: "a * b / (a + b)",
    constants: [1]
  },
  {
    pattern:
      "One pipe fills a <vessel> in <a> hours, and another pipe fills it in <b> hours. " +
      "(Both pipes are open.|Both are opened at once.) In how many hours is the <vessel> full?",
    answer: "1 / (1 / a + 1 / b)",
    constants: [1]
  },
  {
    pattern:
      "A pipe fills a <vessel> in <a> hours, while a drain would empty it in <b> hours. " +
      "(With both open|If both are open), how many hours does it take to fill the <vessel>?",
    answer: "a * b / (b - a)",
    constants: [1]
  },
  {
    pattern: "<m> <machines> make <p> <thing> in <h> hours. How many <thing> do <k> such <machines> make in <g> hours?",
    answer: "p * k * g / (m * h)"
  },
  {
    pattern:
      "<m> <workers> need <d> days to <job>. (At the same rate|Working just as fast), " +
      "how many days do <k> <workers> need?",
    answer: "d * m / k"
  },
  {
    pattern:
      "A recipe for <n> people (needs|takes) <g> grams of <bulk>. <X> cooks for <m> people. " +
      "How many grams of <bulk> does <X> need?",
    answer: "m * g / n"
  }
];

const parts: Reading[] = [
  {
    pattern:
      "A <vessel> holds <v> litres of <liquid>. <X> (uses|pours out|sells) <f> of it, " +
      "and then <g> of (what is left|the rest). How many litres (are left|remain)?",
    answer: "v * (1 - f) * (1 - g)",
    constants: [1]
  },
  {
    pattern:
      "<X> has $<v>. <X> spends <f> of it on <thing> and <g> of the rest on <other>. " +
      "How much money (is left|does <X> have left)?",
    answer: "v * (1 - f) * (1 - g)",
    constants: [1]
  },
  {
    pattern:
      "<X> reads a book of <v> pages: <f> of the pages (on the first day|on Monday) and <g> of the remaining pages " +
      "(on the second day|on Tuesday). How many pages are still unread?",
    answer: "v * (1 - f) * (1 - g)",
    constants: [1]
  },
  {
    pattern:
      "<X> mixes <a> litres of a <x>% <stuff> solution with <b> litres of a <y>% <stuff> solution. " +
      "What percentage of the mixture is <stuff>?",
    answer: "(a * x + b * y) / (a + b)",
    constants: [100]
  },
  {
    pattern:
      "A grocer (mixes|blends) <a> kg of <bulk> at $<p> a kilogram with <b> kg of <other> at $<q> a kilogram. " +
      "What does one kilogram of the (mixture|blend) cost?",
    answer: "(a * p + b * q) / (a + b)"
  },
  {
    pattern: "<X> and <Y> (share|divide) <n> <thing> in the ratio <a> : <b>. How many <thing> does <Y> get?",
    answer: "n * b / (a + b)"
  },
  {
    pattern: "<X> and <Y> (share|divide) <n> <thing> in the ratio <a> : <b>. How many <thing> does <X> get?",
    answer: "n * a / (a + b)"
  },
  {
    pattern:
      "In a (crate|hamper|drawer) there are <a> <thing> for every <b> <other>, and <n> pieces in all. " +
      "How many of them are <thing>?",
    answer: "n * a / (a + b)"
  },
  {
    pattern:
      "<n> kg of <bulk> are packed equally into <a> <bags>. <X> takes <b> of the <bags>. " +
      "How many kilograms does <X> take?",
    answer: "n * b / a"
  },
  {
    pattern:
      "<X> has <m> <thing>. <Y> has <k> times as many as <X>, and <Z> has <n> more than <Y>. " +
      "How many <thing> do the three have (together|in all)?",
    answer: "m + 2 * m * k + n",
    constants: [2]
  },
  {
    pattern:
      "<X> (collects|finds|gathers) <m> <thing>, which is <n> fewer than <Y>. " +
      "How many <thing> do the two have together?",
    answer: "2 * m + n",
    constants: [2]
  },
  {
    pattern:
      "<X> has <m> <thing> and <Y> has <n>. <X> gives <k> of them to <Y>. " +
      "How many more <thing> than <X> does <Y> have (now|then)?",
    answer: "n - m + 2 * k",
    constants: [2]
  },
  {
    pattern: "<X> (scores|gets) <a>, <b> and <c> points in three (games|rounds|tests). What is the average?",
    answer: "(a + b + c) / 3",
    constants: [3]
  },
  {
    pattern: "The average of <n> numbers is <m>. The sum of <k> of them is <s>. What is the average of the others?",
    answer: "(n * m - s) / (n - k)"
  },
  {
    pattern:
      "After <n> (tests|rounds), <X> has an average of <m> points. " +
      "What must <X> (score|get) in the next one to bring the average to <t>?",
    answer: "t + n * (t - m)",
    constants: [1]
  }
];

const algebra: Reading[] = [
  {
    pattern: "<X> is <k> times as old as <Y>. In <n> years, their ages will add up to <s>. How old is <Y> now?",
    answer: "(s - 2 * n) / (k + 1)",
    constants: [1, 2]
  },
  {
    pattern: "<X> is <n> years older than <Y>. Together they are <s> years old. How old is <X>?",
    answer: "(s + n) / 2",
    constants: [2]
  },
  {
    pattern: "<X> is <n> years older than <Y>. Together they are <s> years old. How old is <Y>?",
    answer: "(s - n) / 2",
    constants: [2]
  },
  {
    pattern: "<k> years ago, <X> was <a> years old. How old will <X> be <n> years from now?",
    answer: "a + k + n"
  },
  {
    pattern:
      "<X> (thinks of a number.|has a number in mind.) <k> times the number plus <c> is <d>. What is the number?",
    answer: "(d - c) / k"
  },
  {
    pattern:
      "When <c> is taken away from <k> times a number, <d> is left. " +
      "(What is the number?|Which number is it?|Find the number.)",
    answer: "(d + c) / k"
  },
  {
    pattern:
      "<X> takes a number, adds <c>, multiplies the result by <k> and (gets|arrives at) <d>. " +
      "(Which number did <X> take?|What was the number?)",
    answer: "d / k - c"
  },
  {
    pattern: "The sum of two numbers is <s> and their difference is <d>. What is the (larger|greater) number?",
    answer: "(s + d) / 2",
    constants: [2]
  },
  {
    pattern: "The sum of two numbers is <s> and their difference is <d>. What is the smaller number?",
    answer: "(s - d) / 2",
    constants: [2]
  },
  {
    pattern: "A sequence starts with <a>, and each term is <d> more than the one before. What is term number <n>?",
    answer: "a + (n - 1) * d",
    constants: [1]
  },
  {
    pattern:
      "<X> saves $<a> in the first week and each week $<d> more than in the week before. " +
      "How much does <X> save in <n> weeks altogether?",
    answer: "n * a + d * n * (n - 1) / 2",
    constants: [1, 2]
  },
  {
    pattern:
      "The front row of a (theatre|cinema|stadium) has <a> seats, and every row has <d> seats more than the row " +
      "before it. How many seats does row <n> have?",
    answer: "a + (n - 1) * d",
    constants: [1]
  },
  {
    pattern:
      "A rectangular <plot> is <l> m long and <w> m wide. A fence costs $<c> a metre. " +
      "What does a fence (around it|all the way round) cost?",
    answer: "(l + l + w + w) * c",
    constants: [2]
  },
  {
    pattern:
      "A rectangular <ground> of <l> m by <w> m is (covered|laid) with tiles at $<c> a square metre. " +
      "What do the tiles cost?",
    answer: "c * l * w"
  },
  {
    pattern: "A rectangular <plot> has a perimeter of <p> m and is <l> m long. How wide is it, in metres?",
    answer: "(p - l - l) / 2",
    constants: [2]
  }
];

/** Every question that can be read. */
export const language: readonly Reading[] = [...money, ...motion, ...parts, ...algebra];

/** Sentences that may come before a question and say nothing about it. */
export const openings: readonly string[] = [
  "Here is a problem to think about.",
  "Read carefully.",
  "This is from a notebook of exercises.",
  "It is a busy morning.",
  "Take a moment to picture this.",
  "The next question needs no calculator.",
  "Consider the following situation.",
  "Work this out step by step.",
  "A friend asks for help with this one.",
  "The teacher writes this on the board."
];
