import {createReadStream} from "node:fs";
import {createInterface} from "node:readline";
import type {Term} from "./term.js";

/**
 * The codes of an ICD-10-CM order file (icd10cm_order_YYYY.txt), in columns of fixed width, counted from 1: 1–5 number of
 * the line, 7–13 the code without its dot, 15 whether it is valid for submission (1) or heads others (0), 17–76 short
 * description, from 78 on the long one.
 *
 * @throws TypeError naming the line that has another form
 * Source: CMS and NCHS, "ICD-10-CM order file" description that comes with the yearly release.
 */
export async function* icdOrder(path: string): AsyncGenerator<Term> {
  let number = 0;
  for await (const line of createInterface({input: createReadStream(path), crlfDelay: Infinity})) {
    number++;
    if (line.trim() === "") continue;
    const [, code, flag, short, long] = orderLine.exec(line) ?? [];
    if (code === undefined)
      throw new TypeError(
        `${path}:${number}: expected columns of an ICD-10-CM order file, got ${JSON.stringify(line.slice(0, 60))}`
      );
    const base = {
      system: "ICD10CM",
      code,
      concept: `ICD10CM:${code}`,
      use: flag === "1" ? "billable" : "header"
    } as const;
    yield {...base, term: long.trim() === "" ? short.trim() : long.trim(), preferred: true};
    if (long.trim() !== "" && short.trim() !== long.trim()) yield {...base, term: short.trim(), preferred: false};
  }
}

/** A line of an order file; also tells such a file from others. */
export const orderLine = /^\d{5} ([A-Z]\d[0-9AB][0-9A-Z]{0,4}) {0,4} ([01]) (.{1,60})(?: (.*))?$/;
