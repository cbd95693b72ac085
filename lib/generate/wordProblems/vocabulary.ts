const list = (words: string) => words.split(", ");

/** Words that a frame's slots are filled with. */
export const vocabulary: Readonly<Record<string, readonly string[]>> = {
  person: list(
    "Ada, Amir, Anja, Bashir, Bea, Carlos, Chen, Clara, Dana, Dmitri, Elif, Emil, Farah, Femi, Greta, Hana, Hugo, " +
      "Ines, Ivan, Jonas, Kofi, Lara, Leila, Luca, Maya, Mei, Mina, Nadia, Noor, Olga, Omar, Paulo, Priya, Quinn, " +
      "Rosa, Samir, Sofia, Tariq, Uma, Viktor, Wanda, Yara, Yusuf, Zoe"
  ),
  thing: list(
    "apples, pencils, notebooks, candles, marbles, stamps, buttons, oranges, postcards, eggs, lemons, bracelets, " +
      "stickers, shells, beads, cups, plates, spoons, tickets, rolls, peaches, ribbons, balloons, cookies, crayons, " +
      "erasers, envelopes, melons, muffins, tulips"
  ),
  vehicle: list("train, bus, truck, ferry, tram, van, lorry, cargo ship, motorcycle, delivery cart"),
  going: list("cycles, walks, runs, rides, skates, hikes"),
  go: list("walk, cycle, run, row, swim, ski"),
  vessel: list("tank, barrel, cistern, basin, drum, vat, pool"),
  liquid: list("water, milk, juice, oil, rainwater, lemonade, paint, cider"),
  goods: list(
    "lamp, coat, bicycle, guitar, kettle, chair, tent, radio, camera, backpack, desk, blender, watch, carpet"
  ),
  job: list(
    "paint a fence, clean the hall, mow the lawn, dig a trench, sort the mail, repair the roof, stack the wood, " +
      "harvest a field, wash the windows, set up the stage"
  ),
  solution: list("salt, sugar, acid, alcohol, syrup, vinegar, bleach"),
  bulk: list("rice, flour, oats, sugar, beans, lentils, coffee, raisins, almonds, barley, walnuts, cashews, corn"),
  machine: list("machines, presses, robots, looms, ovens, printers"),
  worker: list("workers, gardeners, painters, masons, volunteers, students"),
  plot: list("garden, meadow, yard, field, playground, orchard, paddock"),
  place: list("market, shop, fair, bazaar, kiosk, store"),
  ground: list("floor, terrace, hall, courtyard, stage, kitchen"),
  container: list("bags, sacks, boxes, jars, crates, bins")
};

/** Sentences without a number that may come first. */
export const openings = [
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
] as const;
