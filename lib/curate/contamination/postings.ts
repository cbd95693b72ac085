import {createShingleTable} from "../../dedup/shingleTable.js";

/** By shingle: the texts that hold it. Texts are added one after another, each by its number. */
export class Postings {
  readonly #table = createShingleTable();
  readonly #holders: (number | number[])[] = [];

  /** Whether this is the text's first of this shingle. */
  add(low: number, high: number, number: number): boolean {
    const shingle = this.#table.add(low, high);
    const holders = this.#holders[shingle];
    if (holders === undefined) this.#holders[shingle] = number;
    else if (typeof holders === "number") {
      if (holders === number) return false;
      this.#holders[shingle] = [holders, number];
    } else {
      if (holders.at(-1) === number) return false;
      holders.push(number);
    }
    return true;
  }

  /** The shingle's own number, −1 where no text holds it. */
  find(low: number, high: number): number {
    return this.#table.find(low, high);
  }

  /** The texts that hold a shingle, by the shingle's number, in the order they were added. */
  holders(shingle: number): readonly number[] {
    const holders = this.#holders[shingle];
    return typeof holders === "number" ? [holders] : holders;
  }
}
